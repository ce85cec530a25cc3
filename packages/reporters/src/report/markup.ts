/** Text that is safe to put into a page as it is. */
export interface Markup {
  readonly html: string;
}

/** What may stand in a template: text and numbers are escaped, markup is not, `undefined` is nothing. */
export type Content = string | number | undefined | Markup | readonly Content[];

/**
 * Template for HTML that cannot forget to escape: whatever is put in is escaped, unless it is markup itself. It is
 * safe in elements and in quoted attributes, and nowhere else.
 *
 * @example
 * markup`<p title="${hostile}">${rows.map((row) => markup`<b>${row}</b>`)}</p>`.html;
 */
export function markup(parts: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return { html: parts.reduce((text, part, i) => text + render(contents[i - 1]) + part) };
}

/** Takes text for markup. Only for what this package has made itself, such as figures and style sheets. */
export function trusted(html: string): Markup {
  return { html };
}

function render(content: Content): string {
  if (content === undefined) return '';
  if (typeof content === 'object') return 'html' in content ? content.html : content.map(render).join('');
  return escape(String(content));
}

/** Control characters are not allowed in HTML, however they are written. */
function escape(text: string): string {
  return text
    .replace(/[^\P{Cc}\n\t]/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
