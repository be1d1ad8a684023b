import * as tf from '@tensorflow/tfjs-core';
import type { Network } from '../../network/network';
import type { Checkpoint } from '../../network/run-network';
import type { Kept } from '../../network/targets/explained';
import type { Target } from '../../network/targets/target';
import type { AttentionChoice } from '../../saliency/attention/raw-attention';
import type { SaliencyMethod } from '../../saliency/method-names';
import type { MapSmoothing } from '../../saliency/smoothing/map-smoothing';
import { rankCorrelation, resizeBilinear, seededRandom } from '../../semiotics';
import type { MapData } from '../../semiotics/map-data';
import { maskOnGrid } from '../../semiotics/trust/region-mask';
import { structuralSimilarity } from '../../semiotics/trust/structural-similarity';
import { blurred } from '../blur-picture';
import type { RandomisationOrder, Randomiser } from '../randomisation-steps';
import { type AskedNetwork, askNetwork } from './asked-network';
import { efficientMprt } from './efficient-mprt';
import { faithfulnessCorrelation } from './faithfulness-correlation';
import { infidelity } from './infidelity';
import { mapMeasures } from './map-measures';
import { mapSensitivity } from './map-sensitivity';
import { mapsByDraw } from './maps-by-draw';
import { mapsOfPictures, type PicturesMaps } from './maps-of-pictures';
import { meanLikeness, mprtOf, ordersAsked } from './parameter-randomisation';
import { ownPasses, passMeasures, passReplacements } from './pass-measures';
import { sensitivityN } from './sensitivity-n';
import { heldBySubsets, randomSubsets, type SubsetLosses, subsetLosses } from './subset-losses';
import type { TrustMeasure } from './trust-measures';
import type { TrustMask, TrustResult, TrustValues } from './trust-questions';

/** Noise of max-sensitivity: 10 of 255 grey levels, as a share of the range of the picture's values. */
const NOISE = 10 / 255;
const NOISY_PICTURES = 8;
/** Cells along a side that subsets are made of. */
const CELLS = 14;
/** Share of the cells in a subset, and how many subsets: faithfulness correlation and infidelity, and sensitivity-n for each share. */
const CORRELATION = { shares: [0.2], count: 48 };
const SENSITIVITY_N = { shares: [0.1, 0.3, 0.5, 0.7, 0.9], count: 16 };

export interface TrustOptions {
  methods: readonly SaliencyMethod[];
  /** Nodes whose maps are measured, in order. */
  layers: readonly number[];
  measures: readonly TrustMeasure[];
  mask: TrustMask | null;
  percentages?: readonly number[];
  /** Randomised twins whose maps are wanted beside the network's own; left out for none. */
  draws?: number;
  seed: number;
  target: Target;
  /** How maps are smoothed; left out, they are not. */
  smooth?: MapSmoothing;
  /** Whose attention is shown, where a method shows attention. */
  attention?: AttentionChoice;
  checkpoint: Checkpoint;
  /** The network with all its weights randomised; asked for once, where a measure needs it. */
  randomised(): Promise<Network>;
  /** What randomises it layer by layer; asked for once, where a measure needs it. */
  randomiser(): Promise<Randomiser>;
  /** Told the share of the work that is done. */
  onProgress(share: number): void;
}

/**
 * How far the maps of one picture can be trusted: every measure asked for, of every layer, by every method. Masks of a picture
 * run in batches; what no map decides (noisy pictures, another class, randomised weights, random subsets) runs once for all
 * layers and methods.
 * @param input the preprocessed picture, [1, h, w, c]; stays the caller's
 */
export async function measureTrust(
  network: Network,
  input: tf.Tensor4D,
  options: TrustOptions,
): Promise<TrustResult> {
  const { methods, layers, measures, checkpoint, seed } = options;
  const [, height, width] = input.shape;
  const wants = (...ids: TrustMeasure[]) => ids.some((id) => measures.includes(id));
  const orders = ordersAsked(measures);
  const draws = options.draws ?? 0;
  const randomiser = orders.length > 0 || draws > 0 ? await options.randomiser() : null;
  const steps = new Map(orders.map((order) => [order, randomiser?.steps(order) ?? []]));
  const networks = [...steps.values()].reduce((sum, { length }) => sum + length, 0);
  const progress = progressOf(options, input.shape, networks + draws);
  const asked = await askNetwork(network, input, options.target, {
    checkpoint,
    onDone: (variants) => progress.add(variants),
  });
  const mapsOf = (pictures: tf.Tensor4D, targets: readonly (Target | Kept)[], by = network) =>
    mapsOfPictures(by, pictures, {
      ...{ methods, layers, targets, smooth: options.smooth, attention: options.attention, checkpoint },
      onDone: (done) => progress.add(done * MAP_PASSES),
    });

  const own = await mapsOf(input, [asked.target]);
  const sensitive = wants('max-sensitivity', 'average-sensitivity')
    ? await withTensor(await noisyPictures(input, seed), (noisy) =>
        mapsOf(noisy, new Array(NOISY_PICTURES).fill(asked.target)),
      )
    : null;
  const otherClass = wants('random-logit') ? anotherClass(asked, seed) : null;
  const ofOther = otherClass === null ? null : await mapsOf(input, [otherClass]);
  const random = wants('efficient-mprt')
    ? await mapsOf(input, [asked.target], await options.randomised())
    : null;
  const likeness: [RandomisationOrder, Likeness][] = [];
  for (const order of orders) {
    const networksOf = (steps.get(order) ?? []).map(
      ({ parts }) =>
        () =>
          (randomiser as Randomiser).build(parts, seed),
    );
    likeness.push([order, await likenessAlong(own, networksOf, (by) => mapsOf(input, [asked.target], by))]);
  }
  const maps =
    randomiser && draws > 0
      ? await mapsByDraw(own, randomiser, { draws, seed }, (by) => mapsOf(input, [asked.target], by))
      : null;
  const subsets = await lossesOf(asked, measures, seed);
  const replacements = await passReplacements(input, measures, seed);
  const mask = options.mask && maskOnGrid(options.mask.inside, options.mask, { width, height });
  const onGrid = (map: MapData) => resizeBilinear(map.values, map.width, map.height, width, height);
  const otherMap = (maps: PicturesMaps | null, method: SaliencyMethod, layer: number, picture = 0) =>
    maps && onGrid((maps.get(method) as MapData[][])[picture][layer]);

  try {
    const result: TrustResult = { methods: [], ...(maps && { maps }) };
    for (const method of methods) {
      const ofMethod: TrustResult['methods'][number]['layers'] = [];
      for (const [layer, node] of layers.entries()) {
        await checkpoint();
        const { name } = network.nodes[node];
        const map = otherMap(own, method, layer) as Float32Array;
        if (map.every((value) => value === 0)) {
          // A map without evidence has nothing to be trusted.
          progress.add(ownPasses(measures, options.percentages, input.shape));
          ofMethod.push({ name, values: Object.fromEntries(measures.map((id) => [id, null])) });
          continue;
        }
        const values: TrustValues = mapMeasures(map, mask, measures);
        if (sensitive) {
          const beside = Array.from(
            { length: NOISY_PICTURES },
            (_, picture) => otherMap(sensitive, method, layer, picture) as Float32Array,
          );
          const { max, average } = mapSensitivity(map, beside) ?? { max: null, average: null };
          Object.assign(values, { 'max-sensitivity': max, 'average-sensitivity': average });
        }
        const other = otherMap(ofOther, method, layer);
        if (wants('random-logit')) {
          values['random-logit'] = other && structuralSimilarity(map, other, width, height);
        }
        const randomised = otherMap(random, method, layer);
        if (randomised) values['efficient-mprt'] = efficientMprt(map, randomised);
        for (const [order, of] of likeness)
          values[mprtOf(order)] = meanLikeness(of.get(method)?.[layer] ?? []);
        Object.assign(values, subsetMeasures(map, width, height, subsets));
        const passes = await passMeasures(asked, map, measures, replacements, options);
        ofMethod.push({ name, values: onlyAsked({ ...values, ...passes }, measures) });
      }
      result.methods.push({ method, layers: ofMethod });
    }
    return result;
  } finally {
    for (const picture of Object.values(replacements)) picture?.dispose();
  }
}

/** By method and layer: the rank correlation with the trained network's map at every step. */
type Likeness = Map<SaliencyMethod, (number | null)[][]>;

/** How like the trained network's maps those of other networks are, which are made, asked and freed one after the other. */
async function likenessAlong(
  trained: PicturesMaps,
  networks: readonly (() => Network)[],
  mapsBy: (network: Network) => Promise<PicturesMaps>,
): Promise<Likeness> {
  const likeness: Likeness = new Map(
    [...trained].map(([method, [ofLayers]]) => [method, ofLayers.map((): (number | null)[] => [])]),
  );
  for (const make of networks) {
    const network = make();
    try {
      for (const [method, [maps]] of await mapsBy(network)) {
        const own = trained.get(method)?.[0] as MapData[];
        maps.forEach(({ values }, layer) => {
          likeness.get(method)?.[layer].push(rankCorrelation(own[layer].values, values));
        });
      }
    } finally {
      network.dispose();
    }
  }
  return likeness;
}

const onlyAsked = (values: TrustValues, measures: readonly TrustMeasure[]): TrustValues =>
  Object.fromEntries(measures.map((id) => [id, values[id] ?? null]));

/** What one map of a picture costs, in forward passes. */
const MAP_PASSES = 3;

/** Counts passes, and tells the share of all that will be made. */
function progressOf(
  { methods, layers, measures, percentages, onProgress }: TrustOptions,
  shape: readonly number[],
  networks: number,
) {
  const wants = (...ids: TrustMeasure[]) => ids.some((id) => measures.includes(id));
  const pictures =
    1 +
    (wants('max-sensitivity', 'average-sensitivity') ? NOISY_PICTURES : 0) +
    (wants('random-logit') ? 1 : 0) +
    (wants('efficient-mprt') ? 1 : 0) +
    networks;
  const subsets =
    (wants('faithfulness-correlation', 'infidelity') ? CORRELATION.count : 0) +
    (wants('sensitivity-n') ? SENSITIVITY_N.count * SENSITIVITY_N.shares.length : 0);
  const of =
    pictures * MAP_PASSES +
    subsets +
    methods.length * layers.length * ownPasses(measures, percentages, shape);
  let done = 0;
  return {
    add(passes: number) {
      done += passes;
      onProgress(Math.min(1, done / of));
    },
  };
}

async function withTensor<Result>(
  tensor: tf.Tensor4D,
  work: (tensor: tf.Tensor4D) => Promise<Result>,
): Promise<Result> {
  try {
    return await work(tensor);
  } finally {
    tensor.dispose();
  }
}

/** The picture with noise on every value, again and again: evenly distributed, up to 10 grey levels to either side. */
async function noisyPictures(input: tf.Tensor4D, seed: number): Promise<tf.Tensor4D> {
  const values = (await input.data()) as Float32Array;
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const radius = NOISE * (high - low);
  const random = seededRandom(seed);
  const noisy = new Float32Array(values.length * NOISY_PICTURES);
  for (let i = 0; i < noisy.length; i++) {
    noisy[i] = values[i % values.length] + radius * (2 * random.next() - 1);
  }
  const [, height, width, channels] = input.shape;
  return tf.tensor4d(noisy, [NOISY_PICTURES, height, width, channels]);
}

/** Another class than the one that is explained, drawn by chance; null where none is explained or there is no other. */
function anotherClass({ network, target }: AskedNetwork, seed: number): number | null {
  if (typeof target !== 'number') return null;
  const classes = network.nodes[network.output].shape.reduce((a, b) => a * b, 1);
  if (classes < 2) return null;
  const drawn = seededRandom(seed).below(classes - 1);
  return drawn < target ? drawn : drawn + 1;
}

/** What random subsets of cells are worth to the picture, for the measures that ask. */
interface Losses {
  correlation: SubsetLosses | null;
  sensitivityN: (SubsetLosses & { sizes: number[] }) | null;
  infidelity: boolean;
}

async function lossesOf(
  asked: AskedNetwork,
  measures: readonly TrustMeasure[],
  seed: number,
): Promise<Losses> {
  const wantsCorrelation = measures.includes('faithfulness-correlation') || measures.includes('infidelity');
  const wantsN = measures.includes('sensitivity-n');
  const none: Losses = { correlation: null, sensitivityN: null, infidelity: false };
  if (!wantsCorrelation && !wantsN) return none;
  const [, height, width] = asked.input.shape;
  const [columns, rows] = [Math.min(CELLS, width), Math.min(CELLS, height)];
  const drawn = ({ shares, count }: typeof CORRELATION) =>
    randomSubsets(
      columns * rows,
      shares.map((share) => Math.max(1, Math.round(share * columns * rows))),
      count,
      seed,
    );
  return withTensor(await blurred(asked.input), async (to) => {
    const lossesWithout = (how: typeof CORRELATION) =>
      subsetLosses(asked, { columns, rows, subsets: drawn(how), to });
    const byN = wantsN ? await lossesWithout(SENSITIVITY_N) : null;
    return {
      correlation: wantsCorrelation ? await lossesWithout(CORRELATION) : null,
      sensitivityN: byN && { ...byN, sizes: byN.subsets.map(({ length }) => length) },
      infidelity: measures.includes('infidelity'),
    };
  });
}

function subsetMeasures(
  map: Float32Array,
  width: number,
  height: number,
  { correlation, sensitivityN: byN, infidelity: wantsInfidelity }: Losses,
): TrustValues {
  const values: TrustValues = {};
  if (correlation) {
    const held = heldBySubsets(map, width, height, correlation);
    values['faithfulness-correlation'] = faithfulnessCorrelation(held, correlation.losses);
    if (wantsInfidelity) values.infidelity = infidelity(held, correlation.losses);
  }
  if (byN) {
    values['sensitivity-n'] = sensitivityN(heldBySubsets(map, width, height, byN), byN.losses, byN.sizes);
  }
  return values;
}
