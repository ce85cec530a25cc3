import { checkedByHash } from './checked-file.js';
import { downloadChecked, type DownloadOptions } from './download-checked.js';
import type { RemoteFile } from './remote-file.js';

/**
 * Downloads a file to `target`, which appears whole and verified or not at all. Continues in `<target>.part` what an
 * earlier attempt left, in this process or another.
 *
 * The part is kept when the download is aborted or the connection fails, and removed when its hash is wrong or the
 * disk is full.
 *
 * @throws DatasetError `http-status`, `connection-failed`, `stalled`, `unexpected-size`, `disk-full`,
 * `cache-not-writable`, `wrong-hash`; the signal's reason when it fires.
 */
export async function download(
  file: RemoteFile,
  url: string,
  target: string,
  options: DownloadOptions = {},
): Promise<void> {
  await downloadChecked(checkedByHash(file), { url, bytes: file.bytes }, target, options);
}
