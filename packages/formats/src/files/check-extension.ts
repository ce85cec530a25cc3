import { extname } from 'node:path';
import { FormatError } from '../format-error.js';

/**
 * Refuses a file name that Keras would not open, as it goes by the extension.
 *
 * @throws FormatError `bad-name`.
 */
export function checkExtension(path: string, allowed: readonly string[]): void {
  if (allowed.includes(extname(path))) return;
  const message = `Keras would not open ${path}: the name of the file must end in ${allowed.join(' or ')}.`;
  throw new FormatError('bad-name', message);
}
