import type { TensorInfo } from '@tensorflow/tfjs-core';
import { activate, type ActivationAttrs } from './activate.js';
import { placeMultiHot, type MultiHotAttrs } from './place-multi-hot.js';
import { registerFused } from './register-fused.js';

/** Units that the kernel of the gradient takes at a time: `UNITS_A_GRAIN` of `assembly/multi-hot-gradient.ts`. */
const UNITS_A_GRAIN = 16;

/**
 * `WellfitMultiHotDense`: `activation(x . kernel + bias)` of `kernel` `[width, units]`, where row `r` of `x` is 1 at
 * `indices[offsets[r]]` up to, not including, `indices[offsets[r + 1]]`, and 0 elsewhere.
 *
 * `WellfitMultiHotGradient`: `transpose(x) . dz`, `[width, units]`.
 *
 * Both throw KernelError `bad-index`, `bad-offsets` or `bad-row` where the rows do not fit.
 */
export function registerMultiHot(): void {
  registerFused<MultiHotDenseInputs, MultiHotAttrs & ActivationAttrs>(
    'WellfitMultiHotDense',
    (host, { kernel, bias }, { activation, ...attrs }) => {
      const [, units] = kernel.shape;
      const { addresses, rows, ones } = placeMultiHot(host, attrs);
      const out = host.output([rows, units]);
      const weights = [host.address(kernel), host.addressOf(bias), host.address(out)];
      const args = [...addresses, ...weights, units, activation === 'relu' ? 1 : 0];
      host.run('multiHotDense', args, rows, ones * units);
      activate(host, out, { activation });
      return out;
    },
  );
  registerFused<{ dz: TensorInfo }, MultiHotAttrs>('WellfitMultiHotGradient', (host, { dz }, attrs) => {
    const [, units] = dz.shape;
    const { addresses, rows, ones } = placeMultiHot(host, attrs);
    const out = host.output([attrs.width, units]);
    const args = [...addresses, host.address(dz), host.address(out), rows, units, attrs.width];
    host.run('multiHotGradient', args, Math.ceil(units / UNITS_A_GRAIN), ones * units);
    return out;
  });
}

interface MultiHotDenseInputs {
  readonly kernel: TensorInfo;
  readonly bias?: TensorInfo;
}
