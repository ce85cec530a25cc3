import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Handle, NativeData, NativeHost } from './native-host.js';

/**
 * Data that a pooling returned, with the places that its gradient needs. It takes the place of the data in the backend's
 * list, so that the places are freed with it.
 */
export class PooledData implements NativeData {
  readonly values = null;
  readonly shape: number[];
  readonly dtype: number;
  readonly id: number;
  #refCount = 1;

  private constructor(
    private readonly host: NativeHost,
    pooled: Handle,
    /** Where the largest value of each window lies, as oneDNN writes it. */
    readonly places: Handle,
    /** Size, strides and padding: what the places are right for. */
    readonly window: string,
  ) {
    this.id = pooled.id;
    this.shape = pooled.shape;
    this.dtype = pooled.dtype;
  }

  /** Makes what was pooled a kernel's output. */
  static output(host: NativeHost, pooled: Handle, places: Handle, window: string): TensorInfo {
    const dataId = {};
    host.backend.tensorMap.set(dataId, new PooledData(host, pooled, places, window));
    return { dataId, shape: pooled.shape, dtype: 'float32' };
  }

  get refCount(): number {
    return this.#refCount;
  }

  set refCount(count: number) {
    this.#refCount = count;
    // The backend deletes what was pooled, but knows nothing of the places.
    if (count === 0) this.host.free([this.places]);
  }
}
