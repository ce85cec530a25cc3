import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Handle, NativeData, NativeHost, OpAttribute, Operand } from './native-host.js';

/** With this name TensorFlow makes a variable that ends with the last handle to it. */
const ANONYMOUS = 'cd2c89b7-88b7-44c8-ad83-06c2a9158347';

/**
 * Data of a tensor that live in a variable of TensorFlow, so that optimizers of TensorFlow change them in place.
 *
 * It takes the place of the data in the backend's list. A tensor of them is only made when somebody wants to read, and
 * given up before the next change: TensorFlow would copy data that are still held.
 */
export class ResidentVariable implements NativeData {
  readonly values = null;
  readonly shape: number[];
  readonly dtype: number;
  readonly variable: Handle;
  readonly #host: NativeHost;
  #refCount: number;
  #reading: number | undefined;
  #scratch: Handle | undefined;

  private constructor(host: NativeHost, data: NativeData, tensor: TensorInfo) {
    this.#host = host;
    this.shape = data.shape;
    this.dtype = host.binding.TF_FLOAT;
    this.#refCount = data.refCount;
    this.variable = this.#newVariable(tensor);
    // The variable holds them since.
    host.binding.deleteTensor(data.id);
  }

  /** The variable of a float32 tensor whose data nobody shares, made at the first time. */
  static of(host: NativeHost, tensor: TensorInfo): ResidentVariable {
    const { tensorMap } = host.backend;
    const data = tensorMap.get(tensor.dataId);
    if (data instanceof ResidentVariable) return data;
    const made = new ResidentVariable(host, data, tensor);
    tensorMap.set(tensor.dataId, made);
    return made;
  }

  /** Number of a tensor with the values of now. */
  get id(): number {
    this.#reading ??= this.#host.one('ReadVariableOp', [this.variable], [this.#type()]).id;
    return this.#reading;
  }

  get refCount(): number {
    return this.#refCount;
  }

  set refCount(count: number) {
    this.#refCount = count;
    // The backend deletes what was read, but knows nothing of the variable.
    if (count === 0) this.#host.free([this.variable, ...(this.#scratch ? [this.#scratch] : [])]);
  }

  /** A variable of the same shape that starts at 0, for operations that want one more. */
  get scratch(): Handle {
    if (!this.#scratch) {
      const zeros = this.#host.handle(new Float32Array(sizeOf(this.shape)), this.shape);
      this.#scratch = this.#newVariable(zeros);
      this.#host.free([zeros]);
    }
    return this.#scratch;
  }

  /** To be called before each change. */
  giveUpReading(): void {
    if (this.#reading !== undefined) this.#host.binding.deleteTensor(this.#reading);
    this.#reading = undefined;
  }

  /** Sets the values to those of a handle, which is freed. */
  assign(values: Handle): void {
    this.giveUpReading();
    this.#host.run('AssignVariableOp', [this.variable, values], [this.#type()], 0);
    this.#host.free([values]);
  }

  #newVariable(start: Operand): Handle {
    const { binding } = this.#host;
    const shape = { name: 'shape', type: binding.TF_ATTR_SHAPE, value: this.shape };
    const attributes = [this.#type(), shape, this.#host.string('shared_name', ANONYMOUS)];
    const variable = this.#host.one('VarHandleOp', [], attributes);
    this.#host.run('AssignVariableOp', [variable, start], [this.#type()], 0);
    return variable;
  }

  #type(): OpAttribute {
    return this.#host.type('dtype', this.dtype);
  }
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}
