import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { HeadlessData } from '../src/headless/headless-training';
import { layersModelGraph } from '../src/network/layers-model';
import { pictographClasses } from '../src/pictographs';
import { beginSearch } from '../src/search/begin-search';
import { type CutCost, cutCosts } from '../src/search/filters/shrunk-groups';
import { type SearchFile, type SearchWeights, sameDesign } from '../src/search/search-file';
import {
  GIVEN,
  type SearchOptions,
  type SearchOrder,
  type SearchState,
  type SearchUnit,
  searchOrders,
  searchUnits,
} from '../src/search/search-state';
import type { Architecture } from '../src/training/architecture/architecture';
import { weightsFromGraph } from '../src/training/architecture/graph-weights';
import type { NamedWeight } from '../src/training/architecture/named-weight';
import { LOGITS } from '../src/training/architecture/parameter-layout';
import type { Recipe } from '../src/training/training-methods';
import { networksIn } from './bundled';
import { type Arguments, shardOf, UsageError } from './command-line';
import {
  filterDesign,
  filterScenes,
  searchDesign,
  searchedArchitecture,
  searchRecipe,
  searchScenes,
} from './search-design';
import { type BundledNetwork, bundledNetworks } from './train-recipes';

/** A search as a command line asks for it. */
export interface SearchPlan {
  state: SearchState;
  /** Those that a reference is given with; empty where it is trained. */
  weights: SearchWeights;
  data: HeadlessData;
  /** The archive of pictures, where it is not Pictographs. */
  archive: string | null;
}

/** Options that take a value, and those that take none. */
export const searchArguments = {
  valued: [
    ...['out', 'data', 'seeds', 'minutes', 'trainings', 'unit', 'order', 'orders', 'tolerance', 'epochs'],
    ...['reference-epochs', 'final-epochs', 'rate', 'cut', 'most', 'distil', 'temperature', 'train'],
    ...['held-out', 'pictures', 'shard', 'networks', 'cost'],
  ],
  switches: ['bundled', 'grow', 'cold', 'no-null', 'fresh', 'no-build'],
};

/**
 * @param root of the clone or the package, where the bundled networks lie
 * @throws UsageError, SearchError
 */
export function planOf(root: string, given: Arguments): SearchPlan {
  const [id] = given.words;
  const bundled = bundledNetworks.find((each) => each.id === id);
  const isGiven = given.isSet('bundled') || id !== 'pictographs';
  const subject =
    isGiven && bundled
      ? { architecture: bundled.architecture, recipe: bundled.recipe }
      : { architecture: searchedArchitecture, recipe: searchRecipe };
  if (!bundled) throw new UsageError(`There is no world ${id}; there are ${names.join(', ')}.`);
  const pictures = picturesOf(given, bundled, subject.architecture, subject.recipe);
  const state = beginSearch({
    options: optionsOf(given, isGiven),
    ...subject,
    labels: pictures.labels,
    source: pictures.source,
    scenes: pictures.data.kind === 'pictographs' ? pictures.data : null,
  });
  const shard = given.value('shard');
  return {
    state: { ...state, shard: shard === null ? null : shardOf(shard) },
    weights: isGiven ? new Map([[GIVEN, bundledWeights(root, bundled, pictures.labels)]]) : new Map(),
    data: pictures.data,
    archive: pictures.archive,
  };
}

/**
 * A search that was found where another one is asked for, as it is gone on with; null where they are not the same. The first files did not
 * hold their scenes; what they say of their source tells these.
 */
export function goneOnWith(found: SearchFile, asked: SearchState): SearchFile | null {
  const state = { ...found.state, scenes: found.state.scenes ?? asked.scenes };
  if (!sameDesign(state, asked) || !isDeepStrictEqual(state.shard, asked.shard)) return null;
  return { ...found, state };
}

const names = bundledNetworks.map(({ id }) => id);

interface Pictures extends Pick<SearchPlan, 'data' | 'archive'> {
  labels: string[];
  source: string;
}

function picturesOf(
  given: Arguments,
  { id, data, labels }: BundledNetwork,
  { side }: Architecture,
  { seed }: Recipe,
): Pictures {
  if (data.kind === 'pictographs') {
    const design = unitOf(given) === 'filters' ? filterScenes : searchScenes;
    const scenes = {
      train: given.number('train') ?? design.train,
      heldOut: given.number('held-out') ?? design.heldOut,
    };
    return {
      data: { kind: 'pictographs', seed: 1, ...scenes, endless: true },
      archive: null,
      labels: [...pictographClasses],
      source: `Pictographs of ${side} pixels, ${scenes.train} new ones an epoch, ${scenes.heldOut} held out`,
    };
  }
  if (given.number('train') !== null || given.number('held-out') !== null) {
    throw new UsageError('--train and --held-out are for Pictographs: photographs are as many as there are.');
  }
  const archive = given.value('data');
  if (archive === null)
    throw new UsageError(`${id} reads photographs: say where they are with --data ARCHIVE.`);
  const file = path.resolve(archive);
  if (!existsSync(file)) throw new UsageError(`There is no ${file}.`);
  const name = path.basename(file);
  const address = `/pictures/${encodeURIComponent(name)}`;
  return {
    data: { kind: 'images', archive: { name, address }, heldOutShare: data.heldOutShare, seed },
    archive: file,
    // Classes are in the order of their folders.
    labels: Object.keys(labels).sort(),
    source: `Photographs of ${name}, ${side} pixels`,
  };
}

/** @throws UsageError */
function unitOf(given: Arguments): SearchUnit {
  const unit = given.value('unit') ?? 'blocks';
  if (!searchUnits.includes(unit as SearchUnit))
    throw new UsageError(`There is no unit ${unit}; there are ${searchUnits.join(', ')}.`);
  return unit as SearchUnit;
}

function optionsOf(given: Arguments, isGiven: boolean): SearchOptions {
  const unit = unitOf(given);
  const design = unit === 'filters' ? filterDesign : searchDesign;
  const [minutes, trainings] = [given.number('minutes'), given.number('trainings')];
  const count = given.number('seeds') ?? (isGiven ? 1 : design.seeds.length);
  const share = (name: string, otherwise: number) => (given.number(name) ?? 100 * otherwise) / 100;
  return {
    ...design,
    direction: given.isSet('grow') ? 'grow' : 'prune',
    warmStart: !given.isSet('cold'),
    warmLearningRate: given.number('rate') ?? design.warmLearningRate,
    beyondNull: !given.isSet('no-null'),
    seeds: Array.from({ length: count }, (_, i) => i + 1),
    orders: ordersOf(given) ?? design.orders,
    tolerance: toleranceOf(given) ?? design.tolerance,
    epochs: given.number('epochs') ?? design.epochs,
    referenceEpochs: isGiven ? 0 : (given.number('reference-epochs') ?? design.referenceEpochs),
    finalEpochs: wholeOf(given, 'final-epochs') ?? design.finalEpochs,
    distillation: distillationOf(given, design),
    shrink: {
      cut: share('cut', design.shrink.cut),
      most: share('most', design.shrink.most),
      ...costOf(given, design),
    },
    budget:
      trainings !== null
        ? { kind: 'trainings', trainings }
        : minutes !== null
          ? { kind: 'minutes', minutes }
          : design.budget,
    profile: { ...design.profile, pictures: given.number('pictures') ?? design.profile.pictures },
  };
}

function ordersOf(given: Arguments): SearchOrder[] | null {
  const orders = (given.value('orders') ?? given.value('order'))?.split(',') ?? null;
  const unknown = (orders ?? []).filter((order) => !searchOrders.includes(order as SearchOrder));
  if (unknown.length > 0)
    throw new UsageError(`There is no order ${unknown.join()}; there are ${searchOrders.join(', ')}.`);
  return orders as SearchOrder[] | null;
}

function costOf(given: Arguments, { shrink }: SearchOptions): Pick<SearchOptions['shrink'], 'of'> {
  const of = given.value('cost') ?? shrink.of ?? 'both';
  if (!cutCosts.includes(of as CutCost))
    throw new UsageError(`There is no cost ${of}; there are ${cutCosts.join(', ')}.`);
  return of === 'both' ? {} : { of: of as CutCost };
}

/** 0 is a tolerance too: nothing may be lost. */
function toleranceOf(given: Arguments): number | null {
  const text = given.value('tolerance');
  if (text === null) return null;
  const points = Number(text);
  if (text.trim() !== '' && points >= 0 && points <= 100) return points / 100;
  throw new UsageError(`--tolerance must be a number of points from 0 to 100, not "${text}".`);
}

function wholeOf(given: Arguments, name: string): number | null {
  const text = given.value(name);
  if (text === null) return null;
  if (/^\d+$/.test(text)) return Number(text);
  throw new UsageError(`--${name} must be a whole number, 0 for none, not "${text}".`);
}

function distillationOf(given: Arguments, { distillation }: SearchOptions): SearchOptions['distillation'] {
  const text = given.value('distil');
  const weight = text === null ? (distillation?.weight ?? 0) : Number(text);
  if (!(weight >= 0 && weight <= 1))
    throw new UsageError(`--distil must be a share from 0 to 1, not "${text}".`);
  const temperature = given.number('temperature') ?? distillation?.temperature ?? 4;
  return weight === 0 ? null : { weight, temperature };
}

/** The weights of a bundled network, its classes in the order of `folders`. @throws UsageError where they do not fit */
function bundledWeights(root: string, network: BundledNetwork, folders: readonly string[]): NamedWeight[] {
  const folder = path.join(networksIn(root), network.id);
  const model = JSON.parse(readFileSync(path.join(folder, 'model.json'), 'utf8'));
  const { labels } = JSON.parse(readFileSync(path.join(folder, 'manifest.json'), 'utf8')) as {
    labels: string[];
  };
  const { buffer, byteOffset, byteLength } = readFileSync(path.join(folder, 'weights.bin'));
  const bytes = buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
  const { weights, missing } = weightsFromGraph(network.architecture, layersModelGraph(model, bytes));
  if (missing.length > 0) {
    throw new UsageError(
      `The bundled ${network.id} has another architecture: nothing in it for ${missing.join(', ')}.`,
    );
  }
  const order = folders.map((name) => labels.indexOf(network.labels[name] ?? name));
  return weights.map((weight) => (weight.name.startsWith(`${LOGITS}/`) ? reordered(weight, order) : weight));
}

/** The columns in another order. */
function reordered({ name, shape, values }: NamedWeight, order: readonly number[]): NamedWeight {
  const columns = order.length;
  return {
    name,
    shape,
    values: values.map((_, i) => values[i - (i % columns) + order[i % columns]]),
  };
}
