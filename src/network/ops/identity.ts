import { type Operation, readsNothing, type Shape } from './operation';

/** What does nothing while a network is only used: dropout, noise, masks of training. */
export interface IdentitySpec {
  readonly type: 'identity';
}

export const identityShape = (_: IdentitySpec, [input]: readonly Shape[]): Shape => input;

export const identity = (_: IdentitySpec): Operation => ({
  forward: ([x]) => x.clone(),
  backwardReads: readsNothing,
  backward: (dy) => [dy.clone()],
});
