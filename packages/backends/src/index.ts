import { cpu } from './cpu.js';
import { native } from './native.js';
import { wasm } from './wasm.js';

export { chooseBackend, type BackendChoice, type BackendName, type ChoiceOptions } from './choose-backend.js';
export { BackendError } from './errors.js';
export { startBackend, type StartedBackend } from './start-backend.js';
export { cpu, native, wasm };

/** All backends by name, in the order in which `auto` tries them. */
export const backends = { wasm, native, cpu };
