/**
 * What is wrong with a text as JSON, and where; undefined for valid JSON. The engine's own message is kept, without
 * its position, which it counts in characters from the start.
 */
export function jsonSyntaxError(
  text: string,
):
  | { readonly message: string; readonly place: { readonly line: number; readonly column: number } }
  | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    const full = error instanceof Error ? error.message : String(error);
    const position = /at position (\d+)/.exec(full)?.[1];
    const before = text.slice(0, position === undefined ? text.length : Number(position)).split('\n');
    const message = full
      .replace(/,? in JSON at position.*$| at position.*$/s, '')
      .replace(/, (\.\.\.)?".*is not valid JSON$/s, '');
    return {
      message: position === undefined && before.length > 0 ? atEnd(message) : message,
      place: { line: before.length, column: before[before.length - 1].length + 1 },
    };
  }
}

function atEnd(message: string): string {
  return /end of JSON/.test(message) ? 'the file ends too early: a } or ] is missing' : message;
}
