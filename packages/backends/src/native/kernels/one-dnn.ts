import type { Handle, NativeHost, OpAttribute, Operand } from './native-host.js';

/**
 * Calls operations of oneDNN by their own names. TensorFlow puts them in the place of its own where it rewrites a whole
 * graph; where it is called operation by operation, as here, it leaves out those that do the work of several.
 */
export class OneDnn {
  constructor(private readonly host: NativeHost) {}

  /**
   * Runs an operation.
   *
   * @param name That of TensorFlow's own operation, without `_MklNative`.
   * @throws Error of TensorFlow.
   */
  run(name: string, operands: readonly Operand[], attributes: readonly OpAttribute[], outputs = 1): Handle[] {
    // Without this label TensorFlow does not find them: they are not meant to be called by hand.
    const label = this.host.string('_kernel', 'MklNameChangeOp');
    return this.host.run(`_MklNative${name}`, operands, [...attributes, label], outputs);
  }

  /**
   * Whether an operation is there and right: whether `compute` gives the expected numbers. TensorFlow says nowhere for
   * which processors it was built, and another version may want other attributes. Never where `TF_ENABLE_ONEDNN_OPTS` is 0.
   */
  gives(expected: readonly number[], compute: () => Handle): boolean {
    if (/^(0|false)$/i.test(process.env.TF_ENABLE_ONEDNN_OPTS ?? '')) return false;
    let output: Handle;
    try {
      output = compute();
    } catch {
      return false;
    }
    const values = this.host.read(output);
    this.host.free([output]);
    return expected.length === values.length && expected.every((value, i) => value === values[i]);
  }
}
