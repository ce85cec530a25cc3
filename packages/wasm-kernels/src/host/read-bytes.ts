import { builtin } from './builtin.js';

/**
 * Reads a file: from disk in Node, over the network where it has an address.
 *
 * @throws Error where it cannot be read.
 */
export async function readBytes(place: string | URL): Promise<Uint8Array> {
  const files = builtin('node:fs/promises');
  const onDisk = place instanceof URL ? place.protocol === 'file:' : !/^[a-z]{2,}:/i.test(place);
  if (files && onDisk) return files.readFile(place);
  const response = await fetch(place);
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
