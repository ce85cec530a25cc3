import { createHash } from 'node:crypto';
import { fill, scalar, tensor1d } from '@tensorflow/tfjs-core';
import { useBackend } from '@wellfit/testing';
import { digestNamed, digestTensors } from './digest.js';

useBackend();

const sha256 = (data: Uint8Array): Buffer => createHash('sha256').update(data).digest();

test('a digest is the hash of the hashes of tensors, and the short ones are their beginnings', async () => {
  const weights = tensor1d([1, -2, 3.5]);
  const steps = scalar(7, 'int32');
  const hashes = [
    sha256(new Uint8Array(Float32Array.of(1, -2, 3.5).buffer)),
    sha256(new Uint8Array(Int32Array.of(7).buffer)),
  ];
  const digest = sha256(Buffer.concat(hashes)).toString('hex');
  expect(await digestTensors([weights, steps])).toBe(digest);
  expect(
    await digestNamed([
      ['a', weights],
      ['b', steps],
    ]),
  ).toEqual({
    digest,
    tensors: { a: hashes[0].toString('hex').slice(0, 8), b: hashes[1].toString('hex').slice(0, 8) },
  });
  weights.dispose();
  steps.dispose();
});

test('so many values that they are hashed in several goes', async () => {
  const large = [1, 2, 3].map((value) => fill([2 ** 22 + 1], value));
  const alone = await Promise.all(large.map((one) => digestNamed([['', one]])));
  const together = await digestNamed(large.map((one, i) => [`${i}`, one]));
  expect(Object.values(together.tensors)).toEqual(alone.map(({ tensors }) => tensors['']));
  expect(new Set(Object.values(together.tensors)).size).toBe(3);
  large.forEach((one) => one.dispose());
});
