import type { Detection } from '../../../network/targets/detections';
import type { AnalyseResult } from '../../../saliency/analysis';
import { say } from '../../../text/say';

/** Where a network has given each box a class already, the name is known only if the file or a list tells it. */
export function boxName({ index }: Detection, { network: { labels, things } }: AnalyseResult): string {
  return (things ?? labels)[index] ?? say('class {index}', { index });
}
