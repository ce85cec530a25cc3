import type { Finding } from './examine.js';

const MARKS: Readonly<Record<Finding['status'], string>> = { good: 'ok', note: '-', bad: 'NO' };

/** The findings as a table, and below it whether experiments can run. */
export function renderFindings(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ what }) => what.length));
  const lines = findings.map(
    ({ what, status, detail }) => `${MARKS[status].padEnd(2)}  ${what.padEnd(width)}  ${detail}`,
  );
  const bad = findings.filter(({ status }) => status === 'bad').length;
  const verdict =
    bad === 0 ? 'Experiments can run here.' : `Experiments cannot run here: see the ${bad} marked NO.`;
  return [...lines, '', verdict, ''].join('\n');
}
