import { NetworkError } from './network-errors';
import type { Weight } from './network-graph';

/** The tensors of a file by name, with account of those that were taken: what nothing takes would silently be left out. */
export class StoredTensors {
  private readonly taken = new Set<string>();

  /** @param others names of tensors whose numbers cannot be read: whole numbers of 64 bits, texts */
  constructor(
    private readonly byName: ReadonlyMap<string, Weight>,
    private readonly others: readonly string[] = [],
  ) {}

  get names(): string[] {
    return [...this.byName.keys(), ...this.others];
  }

  /** A tensor that is computed with, or known to be of no matter; null where the file has none of this name. */
  take(name: string): Weight | null {
    this.taken.add(name);
    return this.byName.get(name) ?? null;
  }

  /** Names of those that nothing has taken. */
  untaken(): string[] {
    return this.names.filter((name) => !this.taken.has(name));
  }
}

/**
 * What files hold beside the weights of a network, by the parts of its name: states of optimisers, of random generators and of
 * metrics, which only training has a use for.
 */
export const isForTraining = (name: string): boolean =>
  name
    .split('/')
    .some((part) =>
      /^(optimizer(_weights)?|seed_generator(_\d+)?|_?random_generator|_?metrics|compile_metrics|compile_loss|_?loss_tracker|seed_generator_state|StateVar)(:\d+)?$/.test(
        part,
      ),
    );

/**
 * @param unreached names of tensors of layers that lead to no output
 * @throws NetworkError naming a tensor that nothing has taken
 */
export function assertAllTaken(tensors: StoredTensors, unreached: ReadonlySet<string> = new Set()): void {
  const left = tensors.untaken().filter((name) => !isForTraining(name) && !unreached.has(name));
  if (left.length === 0) return;
  const others = left.length > 1 ? ` and ${left.length - 1} other${left.length > 2 ? 's' : ''}` : '';
  throw new NetworkError(
    `This file holds the weights "${left[0]}"${others}, with which nothing here computes: a layer is not what its class says, and every number would be wrong. Put a layer of the framework in its place and save the whole model again.`,
  );
}
