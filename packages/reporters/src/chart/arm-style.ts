import type { Colors } from '../terminal-text.js';

const names = [
  'cyan',
  'yellow',
  'green',
  'magenta',
  'blue',
  'red',
  'white',
  'cyanBright',
  'yellowBright',
  'greenBright',
  'magentaBright',
  'blueBright',
] as const;

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/** The color of an arm on a terminal, by its place in the experiment. */
export function armPaint(index: number, colors: Colors): (text: string) => string {
  return colors[names[index % names.length]];
}

/** The letter of an arm where colors alone do not tell arms apart: in a pipe, or where there are too many. */
export function armMark(index: number, arms: number, colors: Colors): string | undefined {
  if (arms === 1 || (colors.isColorSupported && arms <= names.length)) return undefined;
  return letters[index % letters.length];
}
