import { BackendError } from './errors.js';

/**
 * Makes a registered TensorFlow.js backend the current one.
 *
 * @param tfName Its name within TensorFlow.js, which for the native backend is `tensorflow`.
 * @throws BackendError `backend-failed` when it does not start, or registered itself with another copy of tfjs-core.
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
  if (!(await setBackend(tfName))) {
    throw new BackendError('backend-failed', `The backend ${tfName} did not start. ${advice}`);
  }
  await ready();
}
