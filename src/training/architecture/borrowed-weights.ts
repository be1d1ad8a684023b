import { loadingProgress } from '../../network/files/loading-progress';
import { prepareNetwork } from '../../network/load-network-files';
import type { NetworkSource } from '../../network/network-request';
import type { Task } from '../../rpc/serve';
import type { Architecture } from './architecture';
import { type FoundWeights, weightsFromGraph } from './graph-weights';

/**
 * What the weights of a network give an architecture to start from. Needs no backend.
 * @throws NetworkError where its files cannot be read
 */
export async function borrowedWeights(
  { architecture, network }: { architecture: Architecture; network: NetworkSource },
  task: Task<{ text: string; fraction: number | null }>,
): Promise<FoundWeights> {
  const { graph } = await prepareNetwork(network, {
    signal: task.signal,
    onBytes: loadingProgress(({ fraction }) =>
      task.report({ text: 'Loading the weights to start from', fraction }),
    ),
  });
  return weightsFromGraph(architecture, graph);
}
