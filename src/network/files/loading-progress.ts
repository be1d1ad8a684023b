import type { EngineProgress } from '../../rpc/engine-progress';
import type { ReadOptions } from './network-files';

const MEGABYTE = 1e6;

/**
 * Tells how far the reading of files is: at every hundredth of them, or at every megabyte where nobody knows how much is to come. Bytes come in
 * thousands of chunks, and the page draws itself for each telling.
 */
export function loadingProgress(report: (progress: EngineProgress) => void): ReadOptions['onBytes'] {
  let told = 0;
  return (read, total) => {
    const isFirst = told === 0;
    if (!isFirst && read !== total && read - told < (total === null ? MEGABYTE : total / 100)) return;
    told = read;
    report({
      text: `Loading the network, ${megabytes(read)}${total === null ? '' : ` of ${megabytes(total)}`} MB`,
      fraction: total === null ? null : read / total,
    });
  };
}

const megabytes = (bytes: number) => (bytes / MEGABYTE).toFixed(1);
