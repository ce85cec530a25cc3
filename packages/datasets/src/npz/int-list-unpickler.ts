import { DatasetError } from '../dataset-error.js';
import type { PickleBytes } from './pickle-bytes.js';
import {
  allowedGlobals,
  PickleGlobal,
  PickleList,
  PickleObject,
  PickleTuple,
  type PickleValue,
} from './pickle-values.js';

const bad = (message: string): DatasetError => new DatasetError('bad-pickle', message);

const APPENDS = 0x65;

const OTHER_ITEM = 'The pickle holds a list of something else than integers';

/** An array takes about ten values besides its lists; one byte of a pickle must not become an object without limit. */
const MOST_OTHERS = 100;

/**
 * Runs the opcodes that a pickled array of integer lists consists of (protocols 2 to 5), and refuses every other.
 * Integers of lists go straight into one large array: 3 million of them as a graph of objects would need ten times
 * the memory.
 */
export class IntListUnpickler {
  /** The integers of all lists. */
  readonly values: Int32Array;
  #used = 0;
  readonly #stack: PickleValue[] = [];
  readonly #marks: number[] = [];
  readonly #memo = new Map<number, PickleValue>();
  #lists = 0;
  #others = 0;

  /** @param maxLists Lists that the array declares, itself included. */
  constructor(
    readonly input: PickleBytes,
    readonly maxLists: number,
  ) {
    // Every integer takes at least two bytes. Pages that are not touched cost no memory.
    this.values = new Int32Array(input.bytes.length >>> 1);
  }

  /** Reads up to the end of the pickle and returns what it holds. */
  run(): PickleValue {
    const { input } = this;
    for (;;) {
      const opcode = input.uint8();
      if (opcode === 0x4b) this.#stack.push(input.uint8());
      else if (opcode === 0x4d) this.#stack.push(input.uint16());
      else if (opcode === 0x4a) this.#stack.push(input.int32());
      else if (opcode === 0x2e) return this.#finish();
      else this.#step(opcode);
    }
  }

  #finish(): PickleValue {
    const value = this.#pop();
    if (this.#stack.length > 0) throw bad('The pickle holds more than one value');
    if (this.input.position < this.input.bytes.length) throw bad('The pickle is followed by other data');
    return value;
  }

  #step(opcode: number): void {
    const { input } = this;
    switch (opcode) {
      case 0x80: // PROTO
        return this.#protocol(input.uint8());
      case 0x95: // FRAME: only a hint for buffering
        return input.skip(8);
      case 0x28: // MARK
        this.#marks.push(this.#stack.length);
        return this.#integers();
      case 0x5d: // EMPTY_LIST
        if (++this.#lists > this.maxLists) throw bad(`The pickle holds more than ${this.maxLists} lists`);
        return this.#push(new PickleList());
      case APPENDS:
        return this.#append(this.#popToMark());
      case 0x61: // APPEND
        return this.#append([this.#pop()]);
      case 0x74: // TUPLE
        return this.#pushTuple(this.#popToMark());
      case 0x29: // EMPTY_TUPLE
        return this.#pushTuple([]);
      case 0x85: // TUPLE1
      case 0x86: // TUPLE2
      case 0x87: // TUPLE3
        return this.#tuple(opcode - 0x84);
      case 0x71: // BINPUT
        return this.#remember(input.uint8());
      case 0x72: // LONG_BINPUT
        return this.#remember(input.uint32());
      case 0x94: // MEMOIZE
        return this.#remember(this.#memo.size);
      case 0x68: // BINGET
        return this.#recall(input.uint8());
      case 0x6a: // LONG_BINGET
        return this.#recall(input.uint32());
      case 0x4e: // NONE
        return this.#push(null);
      case 0x88: // NEWTRUE
      case 0x89: // NEWFALSE
        return this.#push(opcode === 0x88);
      case 0x55: // SHORT_BINSTRING
      case 0x43: // SHORT_BINBYTES
      case 0x8c: // SHORT_BINUNICODE
        return this.#push(input.text(input.uint8()));
      case 0x58: // BINUNICODE
        return this.#push(input.text(input.uint32()));
      case 0x63: // GLOBAL
        return this.#global(input.line(), input.line());
      case 0x93: // STACK_GLOBAL
        return this.#stackGlobal();
      case 0x52: // REDUCE
        return this.#reduce();
      case 0x62: // BUILD
        return this.#build();
      default:
        throw bad(
          `The pickle contains opcode 0x${opcode.toString(16)} at byte ${input.position - 1}, which an array of ` +
            `integer lists does not need. It is not executed`,
        );
    }
  }

  #push(value: PickleValue): void {
    this.#stack.push(value);
  }

  #pop(): PickleValue {
    const lowest = this.#marks.at(-1) ?? 0;
    const value = this.#stack.length > lowest ? this.#stack.pop() : undefined;
    if (value === undefined) throw bad('The pickle takes a value that is not there');
    return value;
  }

  #popToMark(): PickleValue[] {
    const mark = this.#marks.pop();
    if (mark === undefined) throw bad('The pickle ends a sequence that it did not begin');
    return this.#stack.splice(mark);
  }

  #tuple(size: number): void {
    const items = Array.from({ length: size }, () => this.#pop());
    this.#pushTuple(items.reverse());
  }

  #pushTuple(items: readonly PickleValue[]): void {
    if (++this.#others > MOST_OTHERS) throw bad('The pickle holds more tuples than an array has');
    this.#push(new PickleTuple(items));
  }

  #protocol(version: number): void {
    if (version > 5) throw bad(`The pickle has protocol ${version}; protocols up to 5 are known`);
  }

  #remember(index: number): void {
    const value = this.#pop();
    this.#memo.set(index, value);
    if (this.#memo.size > this.maxLists + MOST_OTHERS)
      throw bad('The pickle remembers more values than an array has');
    this.#push(value);
  }

  #recall(index: number): void {
    const value = this.#memo.get(index);
    if (value === undefined) throw bad(`The pickle refers to value ${index}, which it has not defined`);
    this.#push(value);
  }

  /** What follows a mark: mostly the integers of a list, for which there is a way around the stack. */
  #integers(): void {
    const { input, values } = this;
    const count = input.integers(values, this.#used);
    if (count > 0 && input.next === APPENDS) {
      input.skip(1);
      this.#marks.pop();
      const list = this.#popList();
      this.#extend(list, count);
      this.#push(list);
    } else {
      for (let i = 0; i < count; i++) this.#push(values[this.#used + i]);
    }
  }

  #popList(): PickleList {
    const list = this.#pop();
    if (!(list instanceof PickleList)) throw bad('The pickle appends to something that is not a list');
    return list;
  }

  /** Gives a list the next integers of the large array. */
  #extend(list: PickleList, count: number): void {
    if (list.rows.length > 0) throw bad(OTHER_ITEM);
    if (list.length === 0) list.start = this.#used;
    if (list.start + list.length !== this.#used) throw bad('The pickle fills two lists by turns');
    list.length += count;
    this.#used += count;
  }

  #append(items: readonly PickleValue[]): void {
    const list = this.#popList();
    for (const item of items) {
      if (typeof item === 'number') {
        this.values[this.#used] = item;
        this.#extend(list, 1);
      } else if (item instanceof PickleList && list.length === 0) {
        list.add(item);
      } else {
        throw bad(OTHER_ITEM);
      }
    }
    this.#push(list);
  }

  #global(module: string, name: string): void {
    const global = allowedGlobals.get(`${module} ${name}`);
    if (global === undefined) {
      throw bad(
        `The pickle asks for ${module}.${name}, which no array of integer lists needs. It is not executed`,
      );
    }
    this.#push(new PickleGlobal(global));
  }

  #stackGlobal(): void {
    const name = this.#pop();
    const module = this.#pop();
    if (typeof module !== 'string' || typeof name !== 'string')
      throw bad('The pickle names a module by no text');
    this.#global(module, name);
  }

  #reduce(): void {
    const args = this.#pop();
    const callee = this.#pop();
    const first = args instanceof PickleTuple ? args.items[0] : undefined;
    if (!(callee instanceof PickleGlobal) || first === undefined)
      throw bad('The pickle calls something unknown');
    if (callee.name === 'reconstruct' && first instanceof PickleGlobal && first.name === 'ndarray') {
      return this.#push(new PickleObject('array'));
    }
    if (callee.name === 'dtype' && (first === 'O8' || first === 'O'))
      return this.#push(new PickleObject('dtype'));
    throw bad('The pickle builds something else than an array of objects');
  }

  #build(): void {
    const state = this.#pop();
    const target = this.#pop();
    if (!(target instanceof PickleObject) || !(state instanceof PickleTuple) || target.state !== undefined) {
      throw bad('The pickle restores something else than an array');
    }
    target.state = state;
    this.#push(target);
  }
}
