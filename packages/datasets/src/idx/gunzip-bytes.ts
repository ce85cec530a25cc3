import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { DatasetError } from '../dataset-error.js';
import { messageOf, systemCode } from '../download/file-errors.js';

const inflate = promisify(gunzip);

/**
 * Unpacks gzip data.
 *
 * @param name Of the file, for errors.
 * @param mostBytes More are not unpacked, whatever the data declares.
 * @throws DatasetError `bad-gzip` where the data is damaged, cut off or not gzip; `too-large`.
 */
export async function gunzipBytes(packed: Uint8Array, name: string, mostBytes: number): Promise<Uint8Array> {
  try {
    return await inflate(packed, { maxOutputLength: mostBytes });
  } catch (error) {
    if (systemCode(error) === 'ERR_BUFFER_TOO_LARGE') {
      throw new DatasetError('too-large', `${name} unpacks to more than the ${mostBytes} bytes allowed`, {
        cause: error,
      });
    }
    throw new DatasetError('bad-gzip', `${name} is no intact gzip file: ${messageOf(error)}`, {
      cause: error,
    });
  }
}
