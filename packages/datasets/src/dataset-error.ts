import { WellfitError } from '@wellfit/core';

/**
 * Errors of `@wellfit/datasets`. Codes:
 * `download-failed`, `wrong-hash`, `mirror-file-missing`, `unreadable-file`, `disk-full`, `cache-not-writable`,
 * `lock-lost`; `bad-zip`, `bad-npy`, `bad-pickle`, `too-large`, `bad-data`; `no-reviews`, `bad-split`,
 * `bad-request`, `bad-option`, `bad-mirror`; and, from a single download or as cause of `download-failed`, `http-status`, `connection-failed`,
 * `stalled`, `unexpected-size`.
 */
export class DatasetError extends WellfitError {}
