import { WellfitError } from '@wellfit/core';

/**
 * Errors of `@wellfit/datasets`. Codes:
 *
 * - files: `download-failed`, `wrong-hash`, `mirror-file-missing`, `unreadable-file`, `disk-full`,
 *   `cache-not-writable`, `lock-lost`, `bad-mirror`; from a single download, or as cause of `download-failed`:
 *   `http-status`, `connection-failed`, `stalled`, `unexpected-size`
 * - formats: `bad-zip`, `bad-gzip`, `bad-tar`, `bad-npy`, `bad-pickle`, `bad-idx`, `too-large`
 * - what they hold: `bad-data`, `no-reviews`
 * - what was asked for: `bad-split`, `bad-request`, `bad-option`
 */
export class DatasetError extends WellfitError {}
