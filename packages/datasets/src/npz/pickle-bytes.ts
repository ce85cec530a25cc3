import { DatasetError } from '../dataset-error.js';

/** Reads a pickle's bytes in order and never beyond their end. */
export class PickleBytes {
  /** Bytes read. */
  position = 0;
  readonly #view: DataView;

  constructor(readonly bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  uint8(): number {
    return this.bytes[this.#advance(1)];
  }

  uint16(): number {
    const at = this.#advance(2);
    return this.bytes[at] | (this.bytes[at + 1] << 8);
  }

  int32(): number {
    return this.#view.getInt32(this.#advance(4), true);
  }

  uint32(): number {
    return this.#view.getUint32(this.#advance(4), true);
  }

  /** The byte that comes next, without reading it; undefined at the end. */
  get next(): number | undefined {
    return this.bytes[this.position];
  }

  /**
   * Reads the integers that follow (BININT1, BININT2, BININT) into `out`, from `at` on, up to another opcode: nearly all
   * of a file, in about a third of the time that reading them one by one takes. The last bytes are left.
   *
   * @returns How many they are.
   */
  integers(out: Int32Array, at: number): number {
    const { bytes } = this;
    // The longest one still fits here.
    const last = bytes.length - 5;
    let { position } = this;
    let used = at;
    while (position <= last) {
      const opcode = bytes[position];
      if (opcode === 0x4b) {
        out[used++] = bytes[position + 1];
        position += 2;
      } else if (opcode === 0x4d) {
        out[used++] = bytes[position + 1] | (bytes[position + 2] << 8);
        position += 3;
      } else if (opcode === 0x4a) {
        out[used++] = this.#view.getInt32(position + 1, true);
        position += 5;
      } else break;
    }
    this.position = position;
    return used - at;
  }

  /** Skips `size` bytes. */
  skip(size: number): void {
    this.#advance(size);
  }

  /** A text of `size` bytes; names and type strings are short, so at most 256. */
  text(size: number): string {
    if (size > 256)
      throw new DatasetError('bad-pickle', `The pickle holds a text of ${size} bytes, which no array has`);
    const at = this.#advance(size);
    return new TextDecoder('latin1').decode(this.bytes.subarray(at, at + size));
  }

  /** A text that ends with a line feed. */
  line(): string {
    const length = this.bytes.subarray(this.position, this.position + 257).indexOf(10);
    if (length < 0) throw new DatasetError('bad-pickle', 'The pickle holds a name that does not end');
    const text = this.text(length);
    this.skip(1);
    return text;
  }

  #advance(size: number): number {
    const at = this.position;
    if (at + size > this.bytes.length) {
      throw new DatasetError('bad-pickle', `The pickle ends in the middle, after ${this.bytes.length} bytes`);
    }
    this.position = at + size;
    return at;
  }
}
