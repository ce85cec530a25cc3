/** What is wrong with a text as JSON; places are counted from 1. */
export interface JsonSyntaxError {
  readonly message: string;
  readonly place: { readonly line: number; readonly column: number };
}

/** The first syntax error of a text as JSON, in the engine's words; undefined for valid JSON. */
export function jsonSyntaxError(text: string): JsonSyntaxError | undefined {
  const failure = failureOf(text);
  if (failure === undefined) return undefined;
  // The engine gives no position for most errors. A text is right up to a place and wrong from there on, whatever
  // follows, so the shortest wrong beginning is found by halving.
  let [right, wrong] = [0, text.length + 1];
  while (wrong - right > 1) {
    const length = (right + wrong) >> 1;
    if (isCutShort(text.slice(0, length))) right = length;
    else wrong = length;
  }
  const before = text.slice(0, right).split('\n');
  return {
    message:
      right === text.length
        ? 'the file ends too early'
        : plainMessage(failureOf(text.slice(0, wrong)) ?? failure),
    place: { line: before.length, column: before[before.length - 1].length + 1 },
  };
}

function failureOf(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Whether the text could be the beginning of valid JSON. */
function isCutShort(text: string): boolean {
  const failure = failureOf(text);
  if (failure === undefined || /end of JSON|Unterminated string/.test(failure)) return true;
  return /at position (\d+)/.exec(failure)?.[1] === String(text.length);
}

function plainMessage(message: string): string {
  return message.replace(/ in JSON at position .*$/s, '').replace(/, (\.\.\.)?".*is not valid JSON$/s, '');
}
