import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { pack, type Header } from 'tar-stream';

/** A member to be packed. */
export type PackedMember = readonly [
  header: Partial<Header> & { readonly name: string },
  content?: Uint8Array,
];

/** A gzipped tar archive. */
export async function tarArchive(members: readonly PackedMember[]): Promise<Uint8Array> {
  const archive = pack();
  for (const [header, content] of members) archive.entry(header, Buffer.from(content ?? []));
  archive.finalize();
  return gzipSync(await buffer(archive as AsyncIterable<Uint8Array>));
}
