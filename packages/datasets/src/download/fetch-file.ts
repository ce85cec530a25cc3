import { checkedByHash } from './checked-file.js';
import { fetchChecked, type FetchFileOptions } from './fetch-checked.js';
import type { RemoteFile } from './remote-file.js';

/**
 * Gives the path of a verified copy of a file: in the mirror where that is a folder, else in the cache, downloaded
 * first where it is not there. Of several processes one downloads and the others wait, with the progress stage
 * `waiting`. Other stages: `download`.
 *
 * @throws DatasetError `download-failed` where no address gave the file, `mirror-file-missing` or `wrong-hash` for a
 * mirror folder, `bad-mirror`, `unreadable-file`, `disk-full`, `cache-not-writable`; the signal's reason when it fires.
 */
export async function fetchFile(file: RemoteFile, options: FetchFileOptions = {}): Promise<string> {
  return (await fetchChecked(checkedByHash(file), options)).path;
}
