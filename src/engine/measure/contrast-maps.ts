import type { Task } from '../../rpc/serve';
import { type EvidenceDifference, evidenceDifference } from '../../semiotics';
import type { ContrastRequest } from './measure-methods';

/** How the evidence of two maps differs, pair by pair. */
export async function contrastMaps(
  { pairs }: ContrastRequest,
  task: Task<never>,
): Promise<EvidenceDifference[]> {
  const differences: EvidenceDifference[] = [];
  for (const { a, b } of pairs) {
    differences.push(evidenceDifference(a, b));
    await task.checkpoint();
  }
  return differences;
}
