import { BackendError } from './errors.js';

/**
 * Makes a registered TensorFlow.js backend the current one.
 *
 * @param tfName Its name within TensorFlow.js, which for the native backend is `tensorflow`.
 * @throws BackendError `backend-failed` when it does not start, or registered itself with another copy of tfjs-core;
 *   `unsupported`, see {@link refuseMixing}.
 */
export async function makeCurrent(tfName: string, advice: string): Promise<void> {
  const { findBackendFactory, setBackend, ready } = await import('@tensorflow/tfjs-core');
  if (!findBackendFactory(tfName)) {
    throw new BackendError(
      'backend-failed',
      `The backend ${tfName} was loaded but is not known to @tensorflow/tfjs-core: two copies of tfjs-core are installed. ` +
        'See `npm ls @tensorflow/tfjs-core` and install one version (4.22).',
    );
  }
  await refuseMixing(tfName);
  if (!(await setBackend(tfName))) {
    throw new BackendError('backend-failed', `The backend ${tfName} did not start. ${advice}`);
  }
  await ready();
}

/**
 * Refuses to go over to another backend while tensors live on the current one: TensorFlow.js would move them silently,
 * and a model would be trained partly here, partly there.
 *
 * @throws BackendError `unsupported` with the number of tensors.
 */
export async function refuseMixing(tfName: string): Promise<void> {
  const { engine } = await import('@tensorflow/tfjs-core');
  const { backendName, state } = engine();
  if (!backendName || backendName === tfName || state.numTensors === 0) return;
  throw new BackendError(
    'unsupported',
    `The backend ${tfName} cannot take over while ${state.numTensors} tensors live on ${backendName}, as the two ` +
      'would be mixed. Dispose of them first, or use a process of its own.',
  );
}
