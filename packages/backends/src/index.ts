import { cpu } from './cpu.js';
import { native } from './native.js';
import { wasm } from './wasm.js';

export { nativeFrom, nativePays, type StepWork } from './auto-rule.js';
export { chooseBackend, type BackendChoice, type BackendName, type ChoiceOptions } from './choose-backend.js';
export { BackendError } from './errors.js';
export { buildAddon, type BuildOptions, type BuildResult, type BuildStage } from './native/build-addon.js';
export { proveNative } from './native/prove-native.js';
export { planBuild, type BuildPlan, type BuildRequest } from './native/build-plan.js';
export type { TensorflowInstallation } from './native/tensorflow-installation.js';
export type { InstalledPackage } from './installed-package.js';
export { startBackend, type StartedBackend } from './start-backend.js';
export { cpu, native, wasm };

/** All backends by name, in the order in which `auto` tries them. */
export const backends = { wasm, native, cpu };
