export { expectNoLeak } from './expect-no-leak.js';
export { useBackend } from './use-backend.js';
