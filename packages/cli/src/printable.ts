/**
 * Text that cannot steer a terminal: control characters are shown by their code (`\x1b`), other than line feeds and
 * tabs. Messages repeat what stands in files, and must not move the cursor or set the window's title.
 */
export function printable(text: string): string {
  return text.replace(
    /[^\P{Cc}\n\t]/gu,
    (control) => `\\x${control.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}
