import { Respite } from './respite.js';

test('a wait longer than the work starts one of 20 ms; a short wait, or one for a long job, does not', () => {
  const respite = new Respite();
  respite.note(1000, 0.1, 0.4);
  respite.note(1000, 5, 4);
  expect(respite.isOn(1000)).toBe(false);
  respite.note(1000, 0.2, 3);
  expect([1000, 1019.9, 1020].map((now) => respite.isOn(now))).toEqual([true, true, false]);
});

test('it doubles each time that the next chunk is late again, up to 640 ms, and is short after a good time', () => {
  const respite = new Respite();
  const lengths: number[] = [];
  let now = 1000;
  for (let time = 0; time < 7; time++) {
    respite.note(now, 0.1, 4);
    const start = now;
    while (respite.isOn(now)) now += 1;
    lengths.push(now - start);
    now += 5;
  }
  expect(lengths).toEqual([20, 40, 80, 160, 320, 640, 640]);
  now += 1000;
  respite.note(now, 0.1, 4);
  expect(respite.isOn(now + 20)).toBe(false);
});
