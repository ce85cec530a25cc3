export { exitCodes } from './exit-codes.js';
export { processHost, type Host, type HostEvent, type StopSignal } from './host.js';
export { main } from './main.js';
