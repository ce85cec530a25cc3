import type { Dataset, DatasetSource, ShareLoad } from '@wellfit/core';
import type { Host } from '../host.js';

/** Loads a dataset; on a terminal, shows how far it is on one line of stderr, which is cleared at the end. */
export async function loadDataset(
  source: DatasetSource,
  { stderr }: Pick<Host, 'stderr'>,
  { signal, share }: { readonly signal?: AbortSignal; readonly share?: ShareLoad } = {},
): Promise<Dataset> {
  let shown = '';
  const show = (text: string): void => {
    if (!stderr.isTTY || text === shown) return;
    stderr.write(`${'\b \b'.repeat(shown.length)}${text}`);
    shown = text;
  };
  try {
    return await source.load({
      signal,
      share,
      onProgress: ({ stage, file, done, total }) => {
        const share = total ? ` ${Math.floor((100 * done) / total)} %` : '';
        show(`${source.name}: ${stage} ${file}${share}`.slice(0, (stderr.columns ?? 80) - 1));
      },
    });
  } finally {
    show('');
  }
}
