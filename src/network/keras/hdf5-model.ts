import { type ExtractHdf5, type Hdf5Contents, tensorsIn } from '../hdf5/hdf5-contents';
import { NetworkError } from '../network-errors';
import type { Graph } from '../network-graph';
import { nameInConfig } from '../network-name';
import { fromFirstGeneration } from './first-generation';
import type { KerasWeights } from './layer-config';
import { otherLayers } from './other-layers';
import { readKerasTopology } from './topology';
import { withoutCell } from './without-cell';

/**
 * The graph of a whole model in one HDF5 file, as Keras 1 to 3 write it: the architecture in the attribute
 * `model_config`, the weights in the group `model_weights`.
 * @param bytes the file; it is gone when it is read
 * @throws NetworkError where the file holds weights only, or what cannot be read
 */
export async function readKerasHdf5(
  bytes: ArrayBuffer,
  extract: ExtractHdf5,
  signal: AbortSignal,
): Promise<{ graph: Graph; name?: string }> {
  const request = {
    bytes,
    offset: 0,
    length: bytes.byteLength,
    attributes: ['model_config', 'keras_version', 'backend'],
    skip: ['optimizer_weights'],
  };
  const contents = await extract(request, signal);
  const { model_config: config, keras_version: version = '1', backend } = contents.attributes;
  if (config === undefined) {
    throw new NetworkError(
      contents.datasets.length > 0
        ? "This file is an HDF5 model without its architecture (weights only). Export the whole model: model.save('model.keras')."
        : "This HDF5 file holds no model. Export the whole model: model.save('model.keras').",
    );
  }
  if (backend === 'theano') {
    throw new NetworkError(
      'This model was saved by Keras on Theano, whose filters are turned by 180 degrees. Load it with Keras on TensorFlow and save it again.',
    );
  }
  let model: unknown;
  try {
    model = JSON.parse(config);
  } catch {
    throw new NetworkError('The architecture in this HDF5 file is no JSON: the file is damaged.');
  }
  const topology = {
    keras_version: version,
    model_config: version.startsWith('1') ? fromFirstGeneration(model) : model,
  };
  const graph = readKerasTopology(topology, namedWeights(contents, outermostNames(model)), otherLayers);
  return { graph, name: nameInConfig(model) };
}

const root = 'model_weights/';

/** Suffixes of Keras 1's variables, `conv1_W`, where they were called otherwise than today. */
const firstNames: Record<string, string> = {
  W: 'kernel',
  b: 'bias',
  running_mean: 'moving_mean',
  running_std: 'moving_variance',
  alphas: 'alpha',
};

/** Names of the layers of the outermost model. */
function outermostNames(model: unknown): string[] {
  const { config } = (model ?? {}) as { config?: unknown };
  const layers = Array.isArray(config) ? config : (config as { layers?: unknown } | null)?.layers;
  if (!Array.isArray(layers)) return [];
  return layers.map((layer) => String(layer?.name ?? layer?.config?.name));
}

/** A tensor of the file, by the parts of its name: group, scopes and variable. */
interface NamedTensor {
  readonly name: string;
  readonly group: string;
  readonly scopes: readonly string[];
  /** The scopes without that of a cell. */
  readonly outside: readonly string[];
  readonly variable: string;
}

/**
 * @param layers names of the outermost model's layers. Up to Keras 2 they may hold slashes, which lay group in group:
 *   of "conv1" and "conv1/bn" the second has `conv1/bn/conv1/bn/gamma:0`, the first `conv1/conv1/kernel:0`
 */
function namedTensor(name: string, layers: ReadonlySet<string>): NamedTensor {
  const parts = name.split('/');
  // A scope and a variable follow; a variable alone did with Keras 1.
  const lengths = [...parts.keys()]
    .reverse()
    .filter((length) => layers.has(parts.slice(0, length).join('/')));
  const length = lengths.find((each) => each <= parts.length - 2) ?? lengths[0] ?? 1;
  return {
    name,
    group: parts.slice(0, length).join('/'),
    scopes: parts.slice(length, -1),
    outside: withoutCell(parts.slice(length, -1)),
    // A variable without a name of its own is counted up over the whole model: "variable_12".
    variable: (parts.at(-1) as string).replace(/:\d+$/, '').replace(/^variable_\d+$/, 'variable'),
  };
}

/**
 * Weights lie in a group called like the layer of the outermost model: `conv1/conv1/kernel:0`. Those of models
 * inside share their model's group: `inner/conv1/kernel:0`, from Keras 3 on with all models' names before them.
 */
function namedWeights(contents: Hdf5Contents, layers: readonly string[]): KerasWeights {
  const tensors = tensorsIn(contents, root);
  const known = new Set(layers);
  const entries = tensors.names.map((name) => namedTensor(name, known));
  return {
    tensors,
    find(path, variable) {
      const layer = (path.at(-1) as string).split('/');
      const whole = path.flatMap((name) => name.split('/'));
      let best: { likeness: number; name: string | null } = { likeness: -1, name: null };
      for (const { name, group, scopes, outside, variable: own } of entries) {
        if (group !== path[0]) continue;
        const [last] = layer.slice(-1);
        const isFirst = own.startsWith(`${last}_`);
        const ending = own.slice(last.length + 1);
        const matches = own === variable || (isFirst && (firstNames[ending] ?? ending) === variable);
        if (!matches) continue;
        const [common, length] =
          own !== variable ? [layer.length, scopes.length] : likest(whole, scopes, outside);
        // In a group of its own a layer's variables may bear any scope; Keras 2 counted scopes up.
        if (path.length > 1 && common < layer.length) continue;
        // Of "bn" and "block/bn" both end in "bn".
        const likeness = common + (common === length ? 0.5 : 0);
        if (likeness > best.likeness) best = { likeness, name };
        else if (likeness === best.likeness) best = { likeness, name: null };
      }
      return best.name === null ? null : tensors.take(best.name);
    },
    namesOf(path) {
      const layer = path.at(-1) as string;
      const isInside = (scopes: readonly string[]) => `/${scopes.join('/')}/`.includes(`/${layer}/`);
      return entries
        .filter(({ group, scopes }) => group === path[0] && (path.length === 1 || isInside(scopes)))
        .map(({ name }) => name);
    },
  };
}

/** How many last parts a path shares with the scopes that it shares most with, and how many scopes those are. */
function likest(whole: readonly string[], ...all: readonly (readonly string[])[]): readonly [number, number] {
  const counts = all.map((scopes) => [commonEnd(scopes, whole), scopes.length] as const);
  return counts.reduce((best, each) => (each[0] > best[0] ? each : best));
}

/** How many last parts of two paths are the same. */
function commonEnd(a: readonly string[], b: readonly string[]): number {
  let count = 0;
  while (count < Math.min(a.length, b.length) && a[a.length - 1 - count] === b[b.length - 1 - count]) {
    count += 1;
  }
  return count;
}
