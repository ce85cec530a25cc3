import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { wellfit } from '../test-support/command.js';

test('shows images with their labels, in the terminal and as a picture', async () => {
  const { code, out, err, cwd } = await wellfit('data show synthetic-digits --out digits.png');
  expect([code, err()]).toEqual([0, '']);
  expect(out()).toMatch(/^synthetic-digits\n {2}rows +[\d,]+ train/);
  expect(out()).toContain('28 x 28 x 1');
  expect(readFileSync(join(cwd, 'digits.png')).subarray(1, 4).toString()).toBe('PNG');
});

test('shows which columns of a multi-hot row are on', async () => {
  const { code, out, cwd } = await wellfit(
    'data show synthetic-reviews --set numWords=100 --rows 2 --split test --out row.svg',
  );
  expect(code).toBe(0);
  expect(out()).toMatch(/synthetic-reviews, row 2: (0|1|negative|positive) \(\d+ of 100 columns are 1\)/);
  expect(readFileSync(join(cwd, 'row.svg'), 'utf8')).toMatch(/^<svg /);
});

test('says how many of the images fit on the screen', async () => {
  const { out } = await wellfit('data show synthetic-digits --rows 4-9');
  expect(out()).toMatch(/\nThe first \d of 6 rows; --out draws all of them\.\n$/);
  expect((await wellfit('data show synthetic-digits --rows 4')).out()).not.toContain('The first');
});

test('shows several multi-hot rows one below the other, and refuses to put them into one figure', async () => {
  const { out } = await wellfit('data show synthetic-reviews --rows 3,1');
  expect(out().match(/row \d+/g)).toEqual(['row 3', 'row 1']);
  const refused = await wellfit('data show synthetic-reviews --rows 3,1 --out rows.svg');
  expect([refused.code, refused.out(), refused.err()]).toEqual([
    2,
    '',
    expect.stringContaining('draws one row'),
  ]);
});

test.each([
  ['data show mnits', /Did you mean mnist\?/],
  ['data show synthetic-digits --out digits.gif', /must end in \.png or \.svg/],
  ['data show synthetic-reviews --rows 99999999', /there is no row 99999999/],
  ['data show synthetic-reviews --set numWords=1', /numWords/],
])('%s: exit code 2 and what to do', async (args, message) => {
  const { code, err } = await wellfit(args);
  expect(err()).toMatch(message);
  expect(code).toBe(2);
});
