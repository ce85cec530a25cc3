import { inSharedMemory, sharedLoads } from './shared-memory.js';

test('moves typed arrays of plain data, of every kind, with their values', () => {
  const value = {
    pixels: Buffer.from([1, 2, 3]),
    nested: [{ offsets: Int32Array.of(-1, 5) }, Float64Array.of(0.5)],
    width: 7,
    none: undefined,
    name: 'x',
  };
  const moved = inSharedMemory(value) as typeof value;
  expect([...moved.pixels]).toEqual([1, 2, 3]);
  expect(Buffer.isBuffer(moved.pixels)).toBe(false);
  expect(moved.nested).toEqual(value.nested);
  expect([moved.width, moved.none, moved.name]).toEqual([7, undefined, 'x']);
  const { offsets } = moved.nested[0] as { offsets: Int32Array };
  for (const array of [moved.pixels, offsets, moved.nested[1] as Float64Array]) {
    expect(array.buffer).toBeInstanceOf(SharedArrayBuffer);
  }
  // What is shared already stays where it is.
  expect((inSharedMemory(moved) as typeof value).pixels).toBe(moved.pixels);
});

test('leaves alone what threads cannot share', () => {
  expect(inSharedMemory(new Map())).toBeUndefined();
  expect(inSharedMemory({ call: () => 1 })).toBeUndefined();
  expect(inSharedMemory([new Date()])).toBeUndefined();
  expect(inSharedMemory(new DataView(new ArrayBuffer(4)))).toBeUndefined();
});

test('what datasets share is decoded once, and known by its key', async () => {
  const { share, decoded } = sharedLoads();
  let times = 0;
  const make = () => Promise.resolve({ pixels: Uint8Array.of((times += 1)) });
  const [first, second] = [await share('a', make), await share('a', make)];
  expect(second).toBe(first);
  expect(times).toBe(1);
  expect(decoded.get('a')).toBe(first);
  const own = new Map();
  expect(await share('b', () => Promise.resolve(own))).toBe(own);
  expect([...decoded.keys()]).toEqual(['a']);
});
