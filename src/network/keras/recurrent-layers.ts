import type { Weight } from '../network-graph';
import type { OperationSpec } from '../ops';
import type { LayerConfig } from './layer-config';
import type { Parts } from './steps';
import { PartList } from './tokens/part-list';

/*
 * Keras' recurrent layers over [steps, channels]: rows or columns of a map, read as a sequence (Shi et al. 2017).
 */

type Spec = OperationSpec<Weight>;

/** Gates of a unit that are read, by class. */
type Kind = 'LSTM' | 'GRU';

const isKind = (className: string): className is Kind => className === 'LSTM' || className === 'GRU';

/** Columns of every row as blocks of one width, in another order. */
const reordered = (weight: Weight, blocks: readonly number[]): Weight => ({
  shape: weight.shape,
  from: weight.from,
  read() {
    const values = weight.read();
    const width = (weight.shape.at(-1) ?? 0) / blocks.length;
    return values.map((_, i) => {
      const column = i % (width * blocks.length);
      return values[i - column + blocks[Math.floor(column / width)] * width + (column % width)];
    });
  },
});

/** A row of a bias that has one for the input and one for the state. */
const rowOf = (weight: Weight, row: number): Weight => {
  const length = weight.shape.at(-1) ?? 0;
  return {
    shape: [length],
    from: weight.from,
    read: () => weight.read().slice(row * length, (row + 1) * length),
  };
};

/** Keras: input, forget, cell, output; here input, output, forget, cell. */
const ofOnnx = [0, 3, 1, 2];

/**
 * The units of a layer in one direction.
 * @param parts what a file may call the layer's cell
 */
function unitsOf(layer: LayerConfig, kind: Kind, parts: readonly string[], backwards: boolean): Spec {
  layer.ignore('units', 'unit_forget_bias', 'implementation', 'dropout', 'recurrent_dropout', 'seed');
  layer.ignore('stateful', 'unroll', 'zero_output_for_mask');
  layer.expect('return_state', false).expect('time_major', false);
  if (layer.rank !== 2) throw layer.fail('reads what is no sequence of vectors.');
  if (layer.activation().name !== 'tanh') throw layer.fail('has units that are not bent by "tanh".');
  if (layer.activation('recurrent_activation').name !== 'sigmoid') {
    throw layer.fail('has gates that are no sigmoids; only "sigmoid" can be read.');
  }
  const [kernel, recurrent, bias] = layer
    .part(parts)
    .variables('kernel', 'recurrent_kernel', layer.flag('use_bias', true) && 'bias');
  if (kind === 'LSTM') {
    const [k, r, b] = [kernel, recurrent, bias].map((each) => each && reordered(each, ofOnnx));
    return { type: 'lstm', kernel: k as Weight, recurrent: r as Weight, bias: b, backwards };
  }
  const resetsBehind = layer.flag('reset_after', false);
  const hasTwo = bias?.shape.length === 2;
  return {
    type: 'gru',
    kernel,
    recurrent,
    bias: bias && (hasTwo ? rowOf(bias, 0) : bias),
    recurrentBias: bias && hasTwo ? rowOf(bias, 1) : null,
    backwards,
    resetsBehind,
  };
}

/** The step that units end with. */
const endOf = (backwards: boolean): Spec[] => [
  { type: 'slice', begin: [backwards ? 0 : -1, 0], end: [backwards ? 1 : null, null] },
  { type: 'axes', removed: [0], inserted: [] },
];

export function recurrentLayer(layer: LayerConfig): Spec[] {
  const backwards = layer.flag('go_backwards', false);
  const units = unitsOf(layer, layer.className.split('>').at(-1) as Kind, ['cell'], backwards);
  if (!layer.flag('return_sequences', false)) return [units, ...endOf(backwards)];
  // Keras leaves the steps in the order in which they were taken.
  return backwards ? [units, { type: 'slice', begin: [0, 0], end: [null, null], steps: [-1, 1] }] : [units];
}

const merges = { sum: 'add', mul: 'multiply', ave: 'average' } as const;

/** The same layer from both ends. */
export function bidirectional(layer: LayerConfig): Parts {
  const list = new PartList();
  const mode = layer.value('merge_mode') ?? null;
  const both = (['forward', 'backward'] as const).map((way) => {
    const isBackwards = way === 'backward';
    const inner =
      isBackwards && layer.has('backward_layer') ? layer.inner('backward_layer') : layer.inner('layer');
    const kind = inner.className.split('>').at(-1) as string;
    if (!isKind(kind)) throw layer.fail(`goes both ways with ${kind}; LSTM and GRU can be read.`);
    const called = String(inner.value('name'));
    const names = [`${way}_layer/cell`, called, `${way}_${called}`];
    inner.ignore('go_backwards');
    const units = unitsOf(inner, kind, names, isBackwards);
    const ends = inner.flag('return_sequences', false) ? [] : endOf(isBackwards);
    inner.assertAllKnown();
    return [units, ...ends].reduce<string | number>(
      (from, spec, i) => list.add(i === 0 ? `${way}s` : `${way}s, step ${i + 1}`, [from], spec),
      0,
    );
  });
  if (mode === 'concat') {
    return { parts: list.parts, outputs: [list.add('both', both, { type: 'concatenate', axis: -1 })] };
  }
  if (typeof mode !== 'string' || !Object.hasOwn(merges, mode)) {
    throw layer.fail(`joins both ways by ${JSON.stringify(mode)}, which cannot be read.`);
  }
  const by = merges[mode as keyof typeof merges];
  return { parts: list.parts, outputs: [list.add('both', both, { type: 'merge', by })] };
}

/** What a layer computes on every step, as one operation on all of them. */
export function onEveryStep(layer: LayerConfig, specs: readonly Spec[]): Spec[] {
  return specs.map((spec) => {
    switch (spec.type) {
      case 'dense':
      case 'activation':
      case 'affine':
      case 'identity':
      case 'convolution':
      case 'pooling':
        return spec;
      case 'reshape':
        return { ...spec, shape: [layer.sizes()[0], ...spec.shape] };
      case 'reduce':
        return { ...spec, axes: spec.axes.map((axis) => axis + 1) };
      default:
        throw layer.fail('repeats a layer for every step that cannot be read so.');
    }
  });
}
