import { KernelError } from '../errors.js';

/** Sections of a binary, numbered as in the WebAssembly core specification, section 5.5.2. */
const IMPORT_SECTION = 2;
const MEMORY_SECTION = 5;

/** Bits of the flag byte before the limits of a memory: a maximum follows (core specification), it is shared (threads). */
const HAS_MAXIMUM = 1;
const SHARED = 2;

/** Kinds of what is imported (core specification, section 5.5.5). */
const FUNCTION = 0;
const TABLE = 1;
const MEMORY = 2;

/**
 * A module whose memory, own or imported, threads can share: the same bytes but for one bit.
 *
 * Nothing else need change, since the code of a module is the same for both kinds of memory.
 *
 * @param binary A module with one memory that has a maximum; it stays as it is.
 * @throws KernelError `unknown-binary` where no such memory is found.
 */
export function withSharedMemory(binary: Uint8Array): Uint8Array {
  const flag = findMemoryFlag(new Reader(binary));
  if (flag === undefined || binary[flag] !== HAS_MAXIMUM) {
    throw new KernelError('unknown-binary', 'The module has no memory of a known form that could be shared.');
  }
  // Not `slice`, which for a Buffer of Node gives the same bytes again.
  const shared = new Uint8Array(binary);
  shared[flag] |= SHARED;
  return shared;
}

function findMemoryFlag(reader: Reader): number | undefined {
  reader.at = 8; // behind magic and version
  while (reader.at < reader.bytes.length) {
    const section = reader.byte();
    const end = reader.number() + reader.at;
    if (section === MEMORY_SECTION && reader.number() > 0) return reader.at;
    if (section === IMPORT_SECTION) {
      const flag = findImportedMemory(reader);
      if (flag !== undefined) return flag;
    }
    reader.at = end;
  }
  return undefined;
}

function findImportedMemory(reader: Reader): number | undefined {
  for (let left = reader.number(); left > 0; left--) {
    reader.skip(reader.number()); // module
    reader.skip(reader.number()); // name
    const kind = reader.byte();
    if (kind === MEMORY) return reader.at;
    // A function has a type, a table a type and limits, a global a type and whether it changes.
    if (kind === TABLE) {
      reader.skip(1);
      if (reader.byte() & HAS_MAXIMUM) reader.number();
      reader.number();
    } else if (kind === FUNCTION) reader.number();
    else reader.skip(2);
  }
  return undefined;
}

class Reader {
  at = 0;

  constructor(readonly bytes: Uint8Array) {}

  byte(): number {
    return this.bytes[this.at++];
  }

  skip(count: number): void {
    this.at += count;
  }

  /** An unsigned number of 7 bits a byte, the lowest first (LEB128). */
  number(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value |= (byte & 0x7f) << shift;
      if (!(byte & 0x80)) return value >>> 0;
    }
  }
}
