import path from 'node:path';
import { openEngine, openNetwork } from '../harness/engine';
import type { Part } from '../harness/part';
import { noPeer, peerPython, startPeer } from '../harness/peer';
import { type Measured, skipped } from '../harness/row';
import { interleaved, median, medianRatio } from '../harness/statistics';

const batch = 32;
const reach = 2.5;
/** Rows and columns of the network's own pictures. */
const ownSide = 112;

/** As it was trained, and as the small networks of a search are. */
const forms = [
  { side: ownSide, normalised: false },
  { side: ownSide, normalised: true },
  { side: 32, normalised: true },
];

/** One step of training the bundled network: forward pass, cross-entropy, backward pass, Adam. */
export const trainingPart: Part = {
  id: 'training',
  async run(bench) {
    bench.network('photos10');
    const engine = await openEngine(bench);
    const peer = peerPython ? startPeer('networks.py') : null;
    const runs = bench.quick ? 2 : 7;
    const rows: Measured[] = [];
    try {
      const { backend } = await openNetwork(bench, engine, 'photos10', 'wasm');
      await peer?.ask({ do: 'open', folder: path.join(bench.files, 'photos10') });
      for (const { side, normalised } of forms) {
        const form = normalised ? 'with batch normalisation' : 'its normalisation folded';
        const pictures = side === ownSide ? '' : `, pictures of ${side} x ${side}`;
        const what = `training step of photos10, ${form}${pictures}, batch of ${batch}, on ${backend}`;
        const options = { batch, side, classes: 10, normalised };
        const own = { ours: () => engine.call('train', options) };
        if (!peer) {
          const { ours } = await interleaved(runs, own);
          rows.push({ what, result: median(ours), unit: 'ms', runs });
          rows.push(skipped(`${what}, over PyTorch`, noPeer, reach));
          continue;
        }
        await peer.ask({ do: 'open-training', batch, side, normalise: normalised });
        const times = await interleaved(runs, { ...own, peer: () => peer.time('train') });
        rows.push(
          { what, result: median(times.ours), unit: 'ms', runs },
          {
            what: `${what}, over PyTorch`,
            result: medianRatio(times.ours, times.peer),
            unit: 'ratio',
            reach,
            ours: median(times.ours),
            peer: median(times.peer),
            runs,
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
