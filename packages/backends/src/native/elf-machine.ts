import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** Names as in `process.arch`, by e_machine of the ELF header (System V ABI, chapter 4). */
const MACHINES: Readonly<Record<number, string>> = {
  3: 'ia32',
  21: 'ppc64',
  22: 's390x',
  40: 'arm',
  62: 'x64',
  183: 'arm64',
  243: 'riscv64',
  258: 'loong64',
};

/**
 * The processor that a Linux library or addon is made for.
 *
 * @returns A name as in `process.arch`, or `unknown (<number>)`; undefined where the file is no ELF file or was cut off,
 *   as by a full disk: to load such a one ends the process.
 */
export function elfMachine(path: string): string | undefined {
  const header = Buffer.alloc(64);
  const file = openSync(path, 'r');
  try {
    readSync(file, header, 0, header.length, 0);
    if (header.toString('latin1', 0, 4) !== '\x7fELF' || fstatSync(file).size < sizeBy(header))
      return undefined;
  } finally {
    closeSync(file);
  }
  const machine = bigEnd(header) ? header.readUInt16BE(18) : header.readUInt16LE(18);
  return MACHINES[machine] ?? `unknown (${machine})`;
}

/** The size at which the table of sections ends, which linkers put last. Read of 64 bit only, as Node.js is today. */
function sizeBy(header: Buffer): number {
  if (header[4] !== 2) return 0;
  const [offset, entry, entries] = bigEnd(header)
    ? [header.readBigUInt64BE(40), header.readUInt16BE(58), header.readUInt16BE(60)]
    : [header.readBigUInt64LE(40), header.readUInt16LE(58), header.readUInt16LE(60)];
  return Number(offset) + entry * entries;
}

/** Byte 5 says which end of a number comes first. */
function bigEnd(header: Buffer): boolean {
  return header[5] === 2;
}
