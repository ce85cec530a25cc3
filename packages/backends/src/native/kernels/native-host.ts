import { engine, registerKernel, type KernelBackend, type TensorInfo } from '@tensorflow/tfjs-core';

/** A tensor of TensorFlow that only its number keeps: free it, or make it an output. */
export interface Handle {
  readonly id: number;
  readonly shape: number[];
  /** As TensorFlow numbers types. */
  readonly dtype: number;
}

/** What an operation reads: a tensor of TensorFlow.js or a handle. */
export type Operand = TensorInfo | Handle;

/** An attribute of an operation; the types of operands need none, as TensorFlow sees them. */
export interface OpAttribute {
  readonly name: string;
  /** As TensorFlow numbers the types of attributes. */
  readonly type: number;
  readonly value: unknown;
}

/** What the backend keeps of a tensor's data. */
export interface NativeData {
  readonly shape: number[];
  readonly dtype: number;
  id: number;
  /** What was not handed over to TensorFlow yet. */
  values: ArrayLike<number> | null;
  refCount: number;
}

interface Binding {
  readonly TF_FLOAT: number;
  readonly TF_INT32: number;
  readonly TF_ATTR_STRING: number;
  readonly TF_ATTR_INT: number;
  readonly TF_ATTR_FLOAT: number;
  readonly TF_ATTR_BOOL: number;
  readonly TF_ATTR_TYPE: number;
  readonly TF_ATTR_SHAPE: number;
  executeOp(
    name: string,
    attributes: readonly OpAttribute[],
    ids: readonly number[],
    outputs: number,
  ): Handle[];
  createTensor(shape: readonly number[], dtype: number, values: Float32Array | Int32Array): number;
  deleteTensor(id: number): void;
  tensorDataSync(id: number): Float32Array | Int32Array;
  getNumOfTensors(): number;
}

interface NativeBackend extends KernelBackend {
  readonly binding: Binding;
  readonly tensorMap: { get(dataId: object): NativeData; set(dataId: object, data: NativeData): void };
  getInputTensorIds(tensors: readonly TensorInfo[]): number[];
}

/** Name of the backend of tfjs-node within TensorFlow.js. */
const BACKEND = 'tensorflow';

/**
 * Runs operations of TensorFlow itself. What TensorFlow.js does around an operation takes several times as long as most of
 * them, so a kernel of several keeps what lies between as handles.
 */
export class NativeHost {
  readonly backend: NativeBackend;
  readonly binding: Binding;
  readonly #scalars = new Map<number, Handle>();

  /** For the backend of tfjs-node, which must be registered. */
  constructor() {
    this.backend = engine().findBackend(BACKEND) as NativeBackend;
    this.binding = this.backend.binding;
  }

  /**
   * Runs an operation.
   *
   * @throws Error of TensorFlow.
   */
  run(
    name: string,
    operands: readonly Operand[],
    attributes: readonly OpAttribute[] = [],
    outputs = 1,
  ): Handle[] {
    return this.binding.executeOp(
      name,
      attributes,
      operands.map((operand) => this.#idOf(operand)),
      outputs,
    );
  }

  /** Runs an operation of one output; `spent` are freed afterwards. */
  one(
    name: string,
    operands: readonly Operand[],
    attributes: readonly OpAttribute[] = [],
    spent: readonly Handle[] = [],
  ): Handle {
    const [output] = this.run(name, operands, attributes);
    this.free(spent);
    return output;
  }

  /** Copies values to TensorFlow; their type is that of the array. */
  handle(values: Float32Array | Int32Array, shape: number[] = [values.length]): Handle {
    const { TF_FLOAT, TF_INT32 } = this.binding;
    const dtype = values instanceof Float32Array ? TF_FLOAT : TF_INT32;
    return { id: this.binding.createTensor(shape, dtype, values), shape, dtype };
  }

  /** A float that stays, for numbers of which there are few. Not to be freed. */
  constant(value: number): Handle {
    let found = this.#scalars.get(value);
    if (!found) this.#scalars.set(value, (found = this.handle(Float32Array.of(value), [])));
    return found;
  }

  /** Makes a float32 handle a kernel's output. */
  output(handle: Handle): TensorInfo {
    const { id, shape, dtype } = handle;
    const dataId = {};
    this.backend.tensorMap.set(dataId, { id, shape, dtype, values: null, refCount: 1 });
    return { dataId, shape, dtype: 'float32' };
  }

  /** The values, which are not to be changed. TensorFlow has computed them already: nothing waits. */
  read(operand: Operand): Float32Array {
    const values = isHandle(operand)
      ? this.binding.tensorDataSync(operand.id)
      : this.backend.readSync(operand.dataId);
    return values as Float32Array;
  }

  free(handles: readonly Handle[]): void {
    for (const { id } of handles) this.binding.deleteTensor(id);
  }

  bool(name: string, value: boolean): OpAttribute {
    return { name, type: this.binding.TF_ATTR_BOOL, value };
  }

  float(name: string, value: number): OpAttribute {
    return { name, type: this.binding.TF_ATTR_FLOAT, value };
  }

  int(name: string, value: number): OpAttribute {
    return { name, type: this.binding.TF_ATTR_INT, value };
  }

  ints(name: string, value: number[]): OpAttribute {
    return { name, type: this.binding.TF_ATTR_INT, value };
  }

  string(name: string, value: string): OpAttribute {
    return { name, type: this.binding.TF_ATTR_STRING, value };
  }

  /**
   * Lets an operation of one output run while others do, as whoever uses the output waits for it. Must be its last attribute.
   * Without an addon of `native build` it does nothing.
   *
   * @param shape That of the output.
   */
  inBackground(shape: readonly number[]): OpAttribute {
    return this.ints('_wellfit_background', [...shape]);
  }

  /** @param value As TensorFlow numbers types. Most operations see it by their operands. */
  type(name: string, value: number): OpAttribute {
    return { name, type: this.binding.TF_ATTR_TYPE, value };
  }

  #idOf(operand: Operand): number {
    return isHandle(operand) ? operand.id : this.backend.getInputTensorIds([operand])[0];
  }
}

/** Tensors of TensorFlow.js have an `id` too. */
function isHandle(operand: Operand): operand is Handle {
  return !('dataId' in operand);
}

/** Registers a kernel of the native backend. */
export function registerNative<Inputs extends object, Attrs extends object>(
  kernelName: string,
  compute: (inputs: Inputs, attrs: Attrs) => TensorInfo | TensorInfo[],
): void {
  registerKernel({
    kernelName,
    backendName: BACKEND,
    kernelFunc: ({ inputs, attrs }) => compute(inputs as unknown as Inputs, attrs as unknown as Attrs),
  });
}
