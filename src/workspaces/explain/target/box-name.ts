import type { Detection } from '../../../network/targets/detections';
import type { AnalyseResult } from '../../../saliency/analysis';
import { say } from '../../../text/say';

/** Where a network has given each box a class already, the name is known only if the file tells it. */
export function boxName({ index }: Detection, { network: { labels, things } }: AnalyseResult): string {
  const known = things ?? (labels.length > 1 || index === 0 ? labels : []);
  return known[index] ?? say('class {index}', { index });
}
