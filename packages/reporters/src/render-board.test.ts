import pc from 'picocolors';
import stringWidth from 'string-width';
import { emptyBoard, updateBoard } from './progress-board.js';
import { renderBoard } from './render-board.js';
import { scriptedExperiment } from './test-support/scripted-experiment.js';

const plain = pc.createColors(false);
const events = scriptedExperiment();
const middle =
  events.findIndex((event) => event.type === 'epoch:end' && event.seed === 2 && event.epoch === 7) + 1;
const render = (count: number, columns: number, rows: number) =>
  renderBoard(events.slice(0, count).reduce(updateBoard, emptyBoard), { columns, rows }, plain);

test('shows each run with its bar, losses, curve and time', () => {
  const [head, titles, ...runs] = render(middle, 120, 23);
  expect(head).toBe('imdb-capacity on wasm · 3/6 runs · 1:06 to go');
  expect(titles).toMatch(/^ {2}arm +seed +epoch +loss +val_loss +val_accuracy +val_loss curve +time$/);
  expect(runs).toHaveLength(6);
  expect(runs[0]).toMatch(/^✓ 4-4 +1 +20\/20 +█{10} +0\.\d{4} +0\.\d{4} +0\.\d{4} +[▁-█]{14} +25s$/);
  expect(runs[3]).toMatch(/^▸ 4-4 +2 +7\/20 +████░░░░░░ .* 16s left$/);
  expect(runs[5]).toMatch(/^· 512-512 +2$/);
});

test.each([
  [80, 23],
  [40, 9],
  [20, 4],
  [5, 2],
  [1, 1],
])('stays within %d x %d at every event', (columns, rows) => {
  for (let count = 0; count <= events.length; count += 7) {
    const lines = render(count, columns, rows);
    expect(lines.length).toBeLessThanOrEqual(rows);
    for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(columns);
  }
});

test('in a tiny terminal, keeps the run that goes on, the last one and the next one', () => {
  expect(render(middle, 20, 4)).toEqual(
    ['imdb-capacity on wa…', '✓ 512-512  20/20', '▸ 4-4       7/20', '· 16-16'].map(
      (line) => expect.stringContaining(line) as string,
    ),
  );
});

test('shows a file on its way, with a bar where there is room', () => {
  expect(render(3, 80, 10)[1]).toMatch(/^download imdb\.npz █+░+ {2}25% of 17\.5 MB$/);
  expect(render(3, 20, 10)[1]).toBe(' 25% download imdb.…');
});
