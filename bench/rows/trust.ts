import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { quickMeasures, roadPercentages } from '../../src/faithfulness/trust/trust-measures';
import { resizeBilinear, seededRandom } from '../../src/semiotics';
import { type EnginePage, openEngine, openNetwork } from '../harness/engine';
import { photographs, studySettings, timeStudy, writePictures } from '../harness/headless-study';
import type { Bench, Part } from '../harness/part';
import { noPeer, type Peer, peerPython, startPeer } from '../harness/peer';
import { type Measured, skipped } from '../harness/row';
import { benchFiles } from '../harness/servers';
import { interleaved, median, medianRatio } from '../harness/statistics';

/** Six methods of one pass. */
const methods = ['grad-cam', 'grad-cam++', 'hires-cam', 'layer-cam', 'xgrad-cam', 'eigen-cam'] as const;

const reach = { overPlain: 12, imputation: 50, overPeer: 0.3 };
const side = 224;
const network = 'resnet18';
const [mapFile, pictureFile] = ['road-map.bin', 'road-picture.bin'];

/** Shares of the pixels that go, in percent: a peer takes seconds for each of them. */
const percentagesIn = ({ quick }: Bench): number[] => (quick ? [30, 70] : [...roadPercentages]);

const what = {
  study: `time a picture of a trust study of photos10 over the plain study: ${methods.length} methods, all layers, the fast measures`,
  imputation: `ROAD's imputation at ${side} x ${side}, three channels, mean over the shares of the pixels that go`,
  road: `ROAD of one map at ${side} x ${side}, ResNet-18`,
};

const overPeers = {
  imputeGradCam: `${what.imputation}, over pytorch-grad-cam`,
  imputeQuantus: `${what.imputation}, over Quantus`,
  roadGradCam: `${what.road}, over pytorch-grad-cam`,
  roadQuantus: `${what.road}, over Quantus' imputation and PyTorch's answers`,
};

/** What a study pays for trust; ROAD beside pytorch-grad-cam and Quantus. */
export const trustPart: Part = {
  id: 'trust',
  run: async (bench) => ({ rows: [...(await roadRows(bench)), await overPlainStudy(bench)] }),
};

async function overPlainStudy(bench: Bench): Promise<Measured> {
  if (!existsSync(photographs)) {
    return skipped(what.study, 'the photographs are not at ../shared/data', reach.overPlain);
  }
  const pictures = await writePictures(bench, bench.quick ? 8 : 48);
  const trust = { methods: [...methods], measures: [...quickMeasures], percentages: percentagesIn(bench) };
  const runs = bench.quick ? 1 : 3;
  const times = await interleaved(runs, {
    plain: async () => (await timeStudy(bench, pictures)).ms,
    trusted: async () => (await timeStudy(bench, pictures, { ...studySettings, trust })).ms,
  });
  const each = (ms: readonly number[]) => (median(ms) / pictures.length).toFixed(0);
  return {
    what: what.study,
    result: medianRatio(times.trusted, times.plain),
    unit: 'ratio',
    reach: reach.overPlain,
    runs,
    note: `${each(times.trusted)} ms a picture, and ${each(times.plain)} without, ${pictures.length} of them`,
  };
}

async function roadRows(bench: Bench): Promise<Measured[]> {
  const absent = bench.network(network);
  if (absent) return [skipped(what.road, absent)];
  writeRoadFiles(bench);
  const engine = await openEngine(bench);
  const peer = peerPython ? startPeer('trust.py') : null;
  try {
    await openNetwork(bench, engine, network, 'wasm');
    const own = ownWork(bench, engine);
    const runs = bench.quick ? 1 : 5;
    if (!peer) {
      const times = await interleaved(runs, own);
      return [
        ...ownRows(bench, times, runs),
        ...Object.values(overPeers).map((title) => skipped(title, noPeer, reach.overPeer)),
      ];
    }
    await openPeer(bench, peer);
    const times = await interleaved(runs, {
      ...own,
      imputeGradCam: () => peer.time('impute-grad-cam'),
      imputeQuantus: () => peer.time('impute-quantus'),
      roadGradCam: () => peer.time('road-grad-cam'),
      roadQuantus: () => peer.time('road-quantus'),
    });
    const over = (title: string, ours: number[], theirs: number[]): Measured => ({
      what: title,
      result: medianRatio(ours, theirs),
      unit: 'ratio',
      reach: reach.overPeer,
      ours: median(ours),
      peer: median(theirs),
      runs,
    });
    return [
      ...ownRows(bench, times, runs),
      over(overPeers.imputeGradCam, times.impute, times.imputeGradCam),
      over(overPeers.imputeQuantus, times.impute, times.imputeQuantus),
      over(overPeers.roadGradCam, times.road, times.roadGradCam),
      over(overPeers.roadQuantus, times.road, times.roadQuantus),
      await agreement(bench, engine, peer),
    ];
  } finally {
    peer?.end();
    await engine.close();
  }
}

function ownRows(
  bench: Bench,
  { impute, road }: { impute: number[]; road: number[] },
  runs: number,
): Measured[] {
  const pictures = 2 * percentagesIn(bench).length;
  return [
    { what: what.imputation, result: median(impute) / pictures, unit: 'ms', reach: reach.imputation, runs },
    { what: what.road, result: median(road), unit: 'ms', runs, note: `${pictures} pictures` },
  ];
}

const addressOf = ({ servers }: Bench, file: string) => `${servers.engine}${benchFiles}/${file}`;

const impute = (bench: Bench, engine: EnginePage) =>
  engine.call('impute', {
    picture: addressOf(bench, pictureFile),
    map: addressOf(bench, mapFile),
    ...{ side, percentages: percentagesIn(bench) },
  });

const ownWork = (bench: Bench, engine: EnginePage) => ({
  impute: async () => (await impute(bench, engine)).ms,
  road: async () => {
    const percentages = percentagesIn(bench);
    return (await engine.call('road', { map: addressOf(bench, mapFile), percentages })).ms;
  },
});

async function openPeer(bench: Bench, peer: Peer): Promise<void> {
  const { files, versions } = bench;
  const opened = await peer.ask<{ versions: Record<string, string> }>({
    do: 'open',
    folder: path.join(files, network),
    map: path.join(files, mapFile),
    picture: path.join(files, pictureFile),
    ...{ side, percentages: percentagesIn(bench) },
  });
  Object.assign(versions, opened.versions);
}

/** Both sides must have filled in the same: without noise, the same picture. */
async function agreement(bench: Bench, engine: EnginePage, peer: Peer): Promise<Measured> {
  const ours = (await impute(bench, engine)).filled;
  const { filled } = await peer.ask<{ filled: number[] }>({ do: 'filled' });
  return {
    what: "difference of an imputed value from Quantus' sparse solver, the greatest",
    result: ours.reduce((worst, value, i) => Math.max(worst, Math.abs(value - filled[i])), 0),
    unit: 'of values within -1 and 1',
    // A tenth of the noise that goes on top.
    reach: 1e-3,
  };
}

/** A map of 14 x 14 cells on the picture's grid, as one of a late layer, and a picture of soft shapes with a little noise. */
function writeRoadFiles({ files }: Bench): void {
  const random = seededRandom(7);
  const soft = (cells: number) =>
    resizeBilinear(
      Float32Array.from({ length: cells * cells }, () => random.next()),
      ...([cells, cells, side, side] as const),
    );
  const map = soft(14);
  const channels = [soft(20), soft(40), soft(90)];
  const picture = Float32Array.from(
    { length: 3 * side * side },
    (_, i) => 0.95 * (2 * channels[i % 3][Math.floor(i / 3)] - 1) + 0.1 * (random.next() - 0.5),
  );
  writeFileSync(path.join(files, mapFile), Buffer.from(map.buffer));
  writeFileSync(path.join(files, pictureFile), Buffer.from(picture.buffer));
}
