import type { Weight } from '../network-graph';
import type { OperationSpec } from '../ops';
import type { LayerConfig } from './layer-config';
import { groupNames } from './numbered-weights';
import type { Parts } from './steps';
import { PartList } from './tokens/part-list';

/*
 * Keras' recurrent layers over [steps, channels]: rows or columns of a map, read as a sequence (Shi et al. 2017).
 */

type Spec = OperationSpec<Weight>;

const plainName = (layer: LayerConfig) => layer.className.split('>').at(-1) as string;

/** Units that are read. */
const kinds = ['LSTM', 'GRU', 'SimpleRNN'] as const;
type Kind = (typeof kinds)[number];

/** A unit of a layer. */
interface Cell {
  readonly kind: Kind;
  readonly config: LayerConfig;
  /** Where an archive keeps its weights within the layer. */
  readonly group: string;
  /** Scopes that its weights may have within the layer where the file goes by names; empty for those of the layer itself. */
  readonly scopes: readonly string[];
}

/** The units of a layer from its input on: its own, its cell, or cells of which each reads what the one before yields. */
function cellsOf(layer: LayerConfig): Cell[] {
  const own = kinds.find((kind) => kind === plainName(layer));
  if (own) return [{ kind: own, config: layer, group: 'cell', scopes: [''] }];
  const cell = layer.inner('cell');
  // TensorFlow.js repeats the arguments of the cell among those of the layer.
  layer.ignore(...Object.keys((layer.value('cell') as { config: object }).config));
  const [isStack, name] = [plainName(cell) === 'StackedRNNCells', String(cell.value('name'))];
  const cells = isStack ? cell.inners('cells') : [cell];
  // The order of states that a stack hands out, which nothing reads here.
  if (isStack) cell.ignore('reverse_state_order').assertAllKnown();
  const groups = groupNames(cells.map(plainName));
  return cells.map((config, i) => {
    const kind = kinds.find((kind) => `${kind}Cell` === plainName(config));
    if (!kind) throw layer.fail(`has the cell ${plainName(config)}, which cannot be read.`);
    // By Keras, and by TensorFlow.js.
    const scopes = isStack ? [`${name}/${config.value('name')}`, `RNNCell_${i}`] : [name, ''];
    return { kind, config, group: isStack ? `cell/cells/${groups[i]}` : 'cell', scopes };
  });
}

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

/** What a file may call a layer that has its weights within another. */
interface Place {
  /** In an archive; none for a layer that stands by itself. */
  readonly groups: readonly string[];
  /** Where the file goes by names. */
  readonly scopes: readonly string[];
}

/** The units of a layer in one direction, from its input on. */
function unitsOf(layer: LayerConfig, place: Place, backwards: boolean): Spec[] {
  layer.ignore('stateful', 'unroll', 'zero_output_for_mask');
  layer.expect('return_state', false).expect('time_major', false);
  if (layer.rank !== 2) throw layer.fail('reads what is no sequence of vectors.');
  return cellsOf(layer).map((cell) => {
    const names = [
      [...place.groups, cell.group].join('/'),
      ...place.scopes.flatMap((scope) => cell.scopes.map((own) => (own ? `${scope}/${own}` : scope))),
    ];
    // Weights of a cell lie with its name; those of a layer with units of its own may be the layer's.
    const weights = cell.config === layer ? layer.part(names) : cell.config.sublayer(names);
    const spec = unitOf(cell, weights, backwards);
    if (cell.config !== layer) cell.config.assertAllKnown();
    return spec;
  });
}

/** @param weights where the cell's lie */
function unitOf({ kind, config }: Cell, weights: LayerConfig, backwards: boolean): Spec {
  config.ignore('units', 'unit_forget_bias', 'implementation', 'dropout', 'recurrent_dropout', 'seed');
  const variables = () =>
    weights.variables('kernel', 'recurrent_kernel', config.flag('use_bias', true) && 'bias');
  const { name: bentBy } = config.activation();
  if (kind === 'SimpleRNN') {
    if (bentBy !== 'tanh' && bentBy !== 'relu') {
      throw config.fail('has units that are bent neither by "tanh" nor by "relu".');
    }
    const [kernel, recurrent, bias] = variables();
    return { type: 'simple-recurrent', kernel, recurrent, bias, bentBy, backwards };
  }
  if (bentBy !== 'tanh') throw config.fail('has units that are not bent by "tanh".');
  if (config.activation('recurrent_activation').name !== 'sigmoid') {
    throw config.fail('has gates that are no sigmoids; only "sigmoid" can be read.');
  }
  const [kernel, recurrent, bias] = variables();
  if (kind === 'LSTM') {
    const [k, r, b] = [kernel, recurrent, bias].map((each) => each && reordered(each, ofOnnx));
    return { type: 'lstm', kernel: k as Weight, recurrent: r as Weight, bias: b, backwards };
  }
  const resetsBehind = config.flag('reset_after', false);
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
  const units = unitsOf(layer, { groups: [], scopes: layer.path.slice(-1) }, backwards);
  if (!layer.flag('return_sequences', false)) return [...units, ...endOf(backwards)];
  // Keras leaves the steps in the order in which they were taken.
  const turned: Spec = { type: 'slice', begin: [0, 0], end: [null, null], steps: [-1, 1] };
  return backwards ? [...units, turned] : units;
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
    const kind = plainName(inner);
    if (![...kinds, 'RNN'].includes(kind)) {
      throw layer.fail(`goes both ways with ${kind}; LSTM, GRU, SimpleRNN and RNN can be read.`);
    }
    const called = String(inner.value('name'));
    const place = { groups: [`${way}_layer`], scopes: [called, `${way}_${called}`] };
    inner.ignore('go_backwards');
    const units = unitsOf(inner, place, isBackwards);
    const ends = inner.flag('return_sequences', false) ? [] : endOf(isBackwards);
    inner.assertAllKnown();
    return [...units, ...ends].reduce<string | number>(
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
