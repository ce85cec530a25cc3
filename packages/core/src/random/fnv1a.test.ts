import { fnv1a64 } from './fnv1a.js';

// Test vectors published with the FNV hash (Landon Curt Noll's list).
test.each([
  ['', 0xcbf29ce4, 0x84222325],
  ['a', 0xaf63dc4c, 0x8601ec8c],
  ['foobar', 0x85944171, 0xf73967e8],
])('hashes %j as published', (text, high, low) => {
  expect(fnv1a64(text)).toEqual([low, high]);
});
