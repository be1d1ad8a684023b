import { NetworkError } from '../network-errors';
import type { Graph } from '../network-graph';
import { sizeOf } from '../ops/operation';
import { weightsOf } from '../weights';

/** Bytes a backend can hold: all weights together, and one of them. */
export interface Room {
  total: number;
  largest: number;
}

/** WebAssembly addresses 4 GiB; half of it is left to what the kernels keep beside the weights. */
export const wasmRoom: Room = { total: 2 ** 31, largest: 2 ** 31 };

/**
 * Looks at the sizes of the weights alone, before anything is read into a backend or freed on it.
 * @param on the backend in words
 * @throws NetworkError where the weights, as float32, cannot fit
 */
export function assertFits({ graph, title }: { graph: Graph; title: string }, room: Room, on: string): void {
  const sizes = graph.nodes.flatMap(({ spec }) => weightsOf(spec).map(({ shape }) => 4 * sizeOf(shape)));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const largest = Math.max(0, ...sizes);
  if (total > room.total) {
    throw new NetworkError(
      `${title} takes ${megabytes(total)} MB of weights, and at most ${megabytes(room.total)} MB fit on ${on}.`,
    );
  }
  if (largest > room.largest) {
    throw new NetworkError(
      `${title} has a weight of ${megabytes(largest)} MB, and at most ${megabytes(room.largest)} MB fit on ${on}.`,
    );
  }
}

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(0);
