import path from 'node:path';
import { openEngine } from '../harness/engine';
import type { Part } from '../harness/part';
import { noPeer, peerPython, startPeer } from '../harness/peer';
import { type Measured, skipped } from '../harness/row';
import { benchFiles } from '../harness/servers';
import { interleaved, median, medianRatio, relativeDifference } from '../harness/statistics';
import { mapCount, mapSide, writeMaps } from '../networks/maps';

const file = 'maps.bin';
const size = `${mapCount} maps of ${mapSide} x ${mapSide}, 256 levels`;

const measures = [
  { id: 'aura-matrix', what: `aura matrix entropy of ${size}`, reach: 0.1 },
  { id: 'glcm', what: `GLCM entropy, four angles, of ${size}`, reach: undefined },
] as const;

/** Entropy of thirteen maps, in the browser's worker and by scikit-image, one thread each. */
export const entropyPart: Part = {
  id: 'entropy',
  async run(bench) {
    const maps = path.join(bench.files, file);
    writeMaps(maps);
    const engine = await openEngine(bench);
    const peer = peerPython ? startPeer('entropy.py') : null;
    const runs = bench.quick ? 5 : 41;
    const rows: Measured[] = [];
    try {
      if (peer) {
        const { versions } = await peer.ask<{ versions: Record<string, string> }>({
          do: 'open',
          file: maps,
          count: mapCount,
          side: mapSide,
        });
        Object.assign(bench.versions, versions);
      }
      for (const { id, what, reach } of measures) {
        const measure = () =>
          engine.call('entropy', {
            measure: id,
            maps: `${bench.servers.engine}${benchFiles}/${file}`,
            side: mapSide,
          });
        const ours = async () => (await measure()).ms;
        // Compiled in full only after some calls.
        for (let call = 0; call < 10; call++) await ours();
        if (!peer) {
          const times = await interleaved(runs, { ours });
          rows.push({ what, result: median(times.ours), unit: 'ms', runs });
          rows.push(skipped(`${what}, over scikit-image`, noPeer, reach));
          continue;
        }
        const theirs = () => peer.ask<{ ms: number; values: number[] }>({ do: 'measure', measure: id });
        const times = await interleaved(runs, { ours, peer: async () => (await theirs()).ms });
        rows.push(
          { what, result: median(times.ours), unit: 'ms', runs },
          {
            what: `${what}, over scikit-image`,
            result: medianRatio(times.ours, times.peer),
            unit: 'ratio',
            reach,
            ours: median(times.ours),
            peer: median(times.peer),
            runs,
          },
          {
            what: `difference of the ${id} entropies from scikit-image's`,
            result: relativeDifference((await measure()).values, (await theirs()).values),
            unit: 'of the largest',
            reach: 1e-6,
          },
        );
      }
      return { rows };
    } finally {
      peer?.end();
      await engine.close();
    }
  },
};
