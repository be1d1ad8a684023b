import type { CallOptions } from '../../rpc/worker-client';
import { compareMaps } from './compare-maps';
import { contrastMaps } from './contrast-maps';
import { measure } from './measure-maps';
import type { MeasureMethods } from './measure-methods';
import { nullSignCounts, signs } from './measure-signs';

/** What the measuring worker does, without a worker: in tests of components it stands for `measures` and its like. */
export const measuresHere = {
  async call<Name extends keyof MeasureMethods>(
    name: Name,
    request: MeasureMethods[Name]['request'],
    { signal, onProgress }: CallOptions<MeasureMethods[Name]['progress']> = {},
  ): Promise<MeasureMethods[Name]['result']> {
    const task = {
      signal: signal ?? new AbortController().signal,
      report: (progress: never) => signal?.aborted || onProgress?.(progress),
      checkpoint: async () => signal?.throwIfAborted(),
    };
    const work = {
      measure,
      compare: compareMaps,
      contrast: contrastMaps,
      signs: async (asked: never) => signs(asked),
      nullSigns: nullSignCounts,
    };
    return (work[name] as (asked: unknown, task: unknown) => Promise<never>)(request, task);
  },
};

/** What components have of `engine-client` where an analysis is at hand: it is measured here, and no network is ever run. */
export const measuringEngine = {
  engine: { call: () => new Promise<never>(() => {}) },
  measures: measuresHere,
  signFinder: measuresHere,
};
