import { sizeOf } from '../../ops/operation';
import type { BatchPlace, BatchStep } from './batch-step';

/**
 * Where the pictures lie in what an operation yields. A rule brings down to one picture what the operation reads beside them.
 * @returns one place for all results, or one for each
 * @throws NetworkError where the operation brings pictures together
 */
type Rule = (step: BatchStep) => BatchPlace | readonly BatchPlace[];

/** Number by number, whatever stands beside it. */
const alone: Rule = (step) => step.drawn();

/** Axes of the inputs are counted from the last. */
const broadcast =
  (...among: readonly number[]): Rule =>
  (step) => {
    const read = among.length > 0 ? among : step.inputs.map((_, i) => i);
    const rank = Math.max(...read.map((i) => step.shape(i).length));
    const aligned = read.flatMap((i) => {
      const place = step.place(i);
      return place ? [{ ...place, axis: place.axis + rank - step.shape(i).length }] : [];
    });
    const place = aligned.reduce((a, b) => step.assertSame(a, b));
    for (const i of read) step.takeOnce(i, place.axis - rank + step.shape(i).length, place.before);
    return place;
  };

/** Rows and columns of maps [pictures, c, h, w], or channels of them. */
const mapByMap: Rule = (step) => {
  const place = step.drawn();
  if (place.axis !== 0) throw step.together();
  step.inputs.forEach((_, i) => {
    const other = step.place(i);
    if (other) step.assertSame(place, other);
  });
  return place;
};

/** Along axes, none of which may be that of the pictures. */
const along =
  (axesOf: (step: BatchStep) => readonly number[]): Rule =>
  (step) => {
    const place = step.drawn();
    if (axesOf(step).some((axis) => step.axis(axis) === place.axis)) throw step.together();
    return place;
  };

const axisOr = (otherwise: number) => along((step) => [step.int('axis', otherwise)]);

const from = (step: BatchStep, axis: number) => {
  const first = step.axis(axis);
  return step.shape(0).flatMap((_, i) => (i >= first ? [i] : []));
};

/** Before opset 13 all axes from one on were taken together. */
const softmax = along((step) => (step.opset < 13 ? from(step, step.int('axis', 1)) : [step.int('axis', -1)]));

const without = (place: BatchPlace, gone: readonly number[]): BatchPlace => ({
  ...place,
  axis: place.axis - gone.filter((axis) => axis < place.axis).length,
});

const reduced =
  (axesOf: (step: BatchStep) => readonly number[] | null): Rule =>
  (step) => {
    const place = step.drawn();
    const axes = axesOf(step)?.map((axis) => step.axis(axis));
    if (!axes && step.int('noop_with_empty_axes', 0) !== 0) return place;
    if (!axes || axes.includes(place.axis)) throw step.together();
    return step.int('keepdims', 1) !== 0 ? place : without(place, axes);
  };

const reduction = reduced((step) => step.numbers('axes', 1));

const chosenPlace = reduced((step) => [step.int('axis', 0)]);

const reshape: Rule = (step) => {
  const keepsZero = step.int('allowzero', 0) !== 0;
  const old = step.fileShape(0);
  const sizes = (step.numbers('shape', 1) ?? []).map((size, i) =>
    size === 0 && !keepsZero ? (old[i] ?? 0) : size,
  );
  const known = sizeOf(sizes.filter((size) => size !== -1));
  const { shape, place } = step.reshaped(sizes.map((size) => (size === -1 ? sizeOf(old) / known : size)));
  step.replace(1, shape);
  return place;
};

const flatten: Rule = (step) => {
  const shape = step.fileShape(0);
  const axis = step.axis(step.int('axis', 1));
  return step.reshaped([sizeOf(shape.slice(0, axis)), sizeOf(shape.slice(axis))]).place;
};

const squeeze: Rule = (step) => {
  const place = step.drawn();
  const named = step.numbers('axes', 1)?.map((axis) => step.axis(axis));
  const gone = named ?? step.fileShape(0).flatMap((size, axis) => (size === 1 ? [axis] : []));
  if (gone.includes(place.axis)) throw step.together();
  step.replace(1, gone);
  return without(place, gone);
};

const unsqueeze: Rule = (step) => {
  const place = step.drawn();
  const axes = step.numbers('axes', 1) ?? [];
  const rank = step.shape(0).length + axes.length;
  const added = axes.map((axis) => (axis < 0 ? axis + rank : axis));
  const kept = Array.from({ length: rank }, (_, axis) => axis).filter((axis) => !added.includes(axis));
  return { ...place, axis: kept[place.axis] };
};

const transpose: Rule = (step) => {
  const place = step.drawn();
  const order = step.attribute('perm')?.ints ?? [];
  const axis = order.length > 0 ? order.indexOf(place.axis) : step.shape(0).length - 1 - place.axis;
  return { ...place, axis };
};

/** Joined along another axis than that of the pictures. */
const joined =
  (first: number, every: number): Rule =>
  (step) => {
    const read = step.inputs.flatMap((_, i) => (i >= first && (i - first) % every === 0 ? [i] : []));
    const drawn = read.flatMap((i) => step.place(i) ?? []);
    const place = drawn.reduce((a, b) => step.assertSame(a, b));
    if (step.axis(step.int('axis', 1), read[0]) === place.axis) throw step.together();
    for (const i of read) step.takeOnce(i, place.axis, place.before);
    return place;
  };

/** Of the axis of the pictures only the whole. */
const slice: Rule = (step) => {
  const place = step.drawn();
  const starts = step.numbers('starts', 1) ?? [];
  const ends = step.numbers('ends', 2) ?? [];
  const axes = step.numbers('axes', 3) ?? starts.map((_, i) => i);
  const steps = step.numbers('steps', 4) ?? axes.map(() => 1);
  const length = step.fileShape(0)[place.axis];
  axes.forEach((axis, i) => {
    if (step.axis(axis) !== place.axis) return;
    const isWhole = steps[i] === 1 && (starts[i] === 0 || starts[i] <= -length) && ends[i] >= length;
    if (!isWhole) throw step.mixed('takes some of them');
  });
  return place;
};

/**
 * Places named for all pictures, one behind the other: those of every picture must be those of the first, as much further as a
 * picture is long. Those of the first are left.
 * @param place where the pictures lie in what places are named of
 * @param coordinate which number of a place counts along that axis, of how many
 */
function placesAlike(
  step: BatchStep,
  place: BatchPlace,
  [coordinate, numbers]: readonly [number, number],
): void {
  const table = step.inputs[1];
  const [first, ...others] = step.shape(1);
  if (table?.kind !== 'constant' || place.before !== 1 || first % step.pictures !== 0) {
    throw step.mixed('takes some of them');
  }
  const places = Array.from(table.read());
  const count = places.length / step.pictures;
  const length = step.shape(0)[place.axis];
  const isAlike = places.every((at, i) => {
    if (i % numbers !== coordinate) return at === places[i % count];
    const within = at - Math.floor(i / count) * length;
    return within >= 0 && within < length && within === places[i % count];
  });
  if (!isAlike) throw step.mixed('takes some of them');
  step.replace(1, places.slice(0, count), [first / step.pictures, ...others]);
}

/** Numbers put at places that the file names. */
const scatterNd: Rule = (step) => {
  const place = step.drawn();
  const numbers = step.shape(1).at(-1) ?? 0;
  const put = step.place(2);
  // Behind the axes that places are named of lie those of what is put there.
  const isWhole = place.axis >= numbers;
  const at = isWhole
    ? { axis: place.axis - numbers + step.shape(1).length - 1, before: place.before }
    : { axis: 0, before: 1 };
  if (put) step.assertSame(put, at);
  else step.takeOnce(2, at.axis, at.before);
  if (isWhole) return place;
  placesAlike(step, place, [place.axis, numbers]);
  return place;
};

const gather: Rule = (step) => {
  const [place, chosen] = [step.place(0), step.place(1)];
  const axis = step.axis(step.int('axis', 0));
  if (place && chosen) throw step.mixed('looks for something else in each of them');
  if (chosen) return { ...chosen, axis: axis + chosen.axis };
  const own = step.drawn();
  if (own.axis === axis) {
    placesAlike(step, own, [0, 1]);
    return own;
  }
  return own.axis < axis ? own : { ...own, axis: own.axis - 1 + step.shape(1).length };
};

/** Tables of places, as large as what they are looked for in. */
const gatherElements: Rule = (step) => {
  const drawn = [0, 1].flatMap((i) => step.place(i) ?? []);
  const place = drawn.reduce((a, b) => step.assertSame(a, b));
  if (step.axis(step.int('axis', 0)) === place.axis) throw step.together();
  for (const i of [0, 1]) step.takeOnce(i, place.axis, place.before);
  return place;
};

const gatherNd: Rule = (step) => {
  const [place, chosen] = [step.place(0), step.place(1)];
  const perBatch = step.int('batch_dims', 0);
  if (chosen && !place && chosen.axis >= perBatch && chosen.axis < step.shape(1).length - 1) return chosen;
  const own = place ?? chosen ?? step.drawn();
  if (place && chosen) step.assertSame(place, chosen);
  if (own.axis >= perBatch) throw step.mixed('takes some of them');
  for (const i of [0, 1]) step.takeOnce(i, own.axis, own.before);
  return own;
};

const expand: Rule = (step) => {
  const { axis, before } = step.drawn();
  const sizes = step.numbers('shape', 1) ?? [];
  const rank = Math.max(sizes.length, step.shape(0).length);
  const aligned = axis + rank - step.shape(0).length;
  const at = aligned - rank + sizes.length;
  if (sizes[at] === step.fileShape(0)[axis]) sizes[at] = step.shape(0)[axis];
  step.replace(1, sizes);
  return { axis: aligned, before };
};

const tile: Rule = (step) => {
  const place = step.drawn();
  if (step.numbers('repeats', 1)?.[place.axis] !== 1) throw step.mixed('repeats them');
  return place;
};

const padded: Rule = (step) => {
  const place = step.drawn();
  const rank = step.shape(0).length;
  const pads = step.numbers('pads', 1) ?? [];
  const axes = step.numbers('axes', 3)?.map((axis) => step.axis(axis));
  const count = axes?.length ?? rank;
  const at = axes ? axes.indexOf(place.axis) : place.axis;
  if (at >= 0 && (pads[at] || pads[at + count])) throw step.mixed('adds some to them');
  return place;
};

/** Sizes of all axes, or of some. */
const resized: Rule = (step) => {
  const place = step.drawn();
  const named = step.attribute('axes')?.ints ?? [];
  const at = named.length > 0 ? named.map((axis) => step.axis(axis)).indexOf(place.axis) : place.axis;
  const sizes = step.numbers('', 3);
  if (sizes && sizes[at] === step.fileShape(0)[place.axis]) {
    sizes[at] = step.shape(0)[place.axis];
    step.replace(3, sizes);
  }
  return place;
};

/** Products of matrices, whose stacks are counted from the last axis. */
const product =
  (right: number, turns: readonly [string, string] | null): Rule =>
  (step) => {
    const ranks = [0, right].map((i) => step.shape(i).length);
    const rank = Math.max(...ranks);
    if (ranks.some((each) => each < 2)) throw step.together();
    const places = [0, right].map((i, side) => {
      const place = step.place(i);
      if (!place) return null;
      const fromEnd = ranks[side] - 1 - place.axis;
      const isTurned = turns !== null && step.int(turns[side], 0) !== 0;
      // Of the left factor rows stay, of the right one columns.
      const stays = (side === 0) === isTurned ? 0 : 1;
      if (fromEnd > 1) return { ...place, axis: rank - 1 - fromEnd };
      if (fromEnd !== stays) throw step.together();
      return { ...place, axis: rank - 1 - (side === 0 ? 1 : 0) };
    });
    const [place] = places.flatMap((each) => each ?? []);
    if (places[0] && places[1]) step.assertSame(places[0], places[1]);
    if (places[0] && places[1] && place.axis >= rank - 2) throw step.together();
    if (place.axis < rank - 2) {
      for (const i of [0, right]) step.takeOnce(i, place.axis - rank + step.shape(i).length, place.before);
    }
    return place;
  };

const dense: Rule = (step) => {
  const place = product(1, ['transA', 'transB'])(step) as BatchPlace;
  step.takeOnce(2, place.axis - 2 + step.shape(2).length, place.before);
  return place;
};

const einsum: Rule = (step) => {
  const equation = (step.attribute('equation')?.text ?? '').replaceAll(' ', '');
  const [left, result] = equation.split('->');
  const terms = left.split(',');
  const drawn = terms.flatMap((term, i) => {
    const place = step.place(i);
    return place ? [{ letter: term[place.axis], before: place.before }] : [];
  });
  const [{ letter, before }] = drawn;
  const axis = result?.indexOf(letter) ?? -1;
  const isApart = drawn.every((each) => each.letter === letter && each.before === before);
  if (equation.includes('.') || axis < 0 || !isApart) throw step.together();
  terms.forEach((term, i) => {
    if (term.includes(letter)) step.takeOnce(i, term.indexOf(letter), before);
  });
  return { axis, before };
};

/** Sequences [steps, pictures, c], or pictures first. */
const sequences: Rule = (step) => {
  const place = step.drawn();
  const isFirst = step.int('layout', 0) !== 0;
  if (place.axis !== (isFirst ? 0 : 1)) throw step.together();
  step.takeOnce(4, 0, place.before);
  for (const i of [5, 6]) step.takeOnce(i, place.axis, place.before);
  return isFirst ? place : [{ ...place, axis: 2 }, place, place];
};

/** Operations on [pictures, tokens, ...] with tables that may count the pictures first. */
const tokensOf =
  (...tables: readonly (readonly [input: number, rank: number])[]): Rule =>
  (step) => {
    const place = mapByMap(step) as BatchPlace;
    for (const [i, rank] of tables) {
      if (step.shape(i).length === rank) step.takeOnce(i, 0, place.before);
    }
    return place;
  };

/** Only asked for its sizes, which are those of the file as all constants are. */
const measured: Rule = (step) => {
  const place = step.drawn();
  const value = step.inputs[0];
  if (value?.kind === 'activation') {
    step.inputs[0] = { ...value, shape: step.fileShape(0), repeatedTo: undefined };
  }
  return place;
};

const byName = (rule: Rule, names: string) =>
  Object.fromEntries(names.split(' ').map((name) => [name, rule] as const));

/** Rules by the names of operations; what has none is not read with several pictures at once. */
export const batchRules: Readonly<Record<string, Rule>> = {
  ...byName(
    alone,
    'Relu Sigmoid Tanh Softplus Softsign HardSwish Mish Erf Sin Cos Ceil Floor Round Sign Exp Log Sqrt Abs Neg Reciprocal Gelu LeakyRelu Elu Selu HardSigmoid Swish Clip Not Identity Dropout Cast CastLike BiasGelu FastGelu QuickGelu QuantizeLinear DequantizeLinear QLinearSigmoid QLinearLeakyRelu QLinearSoftmax',
  ),
  ...byName(
    broadcast(),
    'Add Sub Mul Div Sum Mean Max Min Pow Less LessOrEqual Greater GreaterOrEqual Equal And Or Xor Where Mod PRelu',
  ),
  ...byName(broadcast(0, 3), 'QLinearAdd QLinearMul'),
  ...byName(
    mapByMap,
    'Conv FusedConv QLinearConv ConvTranspose MaxPool AveragePool GlobalAveragePool GlobalMaxPool BatchNormalization InstanceNormalization GroupNormalization LRN DepthToSpace SpaceToDepth Col2Im QLinearAveragePool QLinearGlobalAveragePool Upsample',
  ),
  ...byName(
    reduction,
    'ReduceMean ReduceSum ReduceMax ReduceMin ReduceL1 ReduceSumSquare ReduceL2 ReduceProd ReduceLogSum',
  ),
  ...byName(chosenPlace, 'ArgMax ArgMin'),
  ...byName(softmax, 'Softmax LogSoftmax'),
  ...byName(axisOr(-1), 'LpNormalization TopK'),
  ...byName(
    along((step) => from(step, step.int('axis', -1))),
    'LayerNormalization RMSNormalization SimplifiedLayerNormalization',
  ),
  Split: axisOr(0),
  CumSum: along((step) => step.numbers('', 1) ?? []),
  Reshape: reshape,
  Flatten: flatten,
  Squeeze: squeeze,
  Unsqueeze: unsqueeze,
  Transpose: transpose,
  Shape: measured,
  EyeLike: measured,
  Concat: joined(0, 1),
  QLinearConcat: joined(2, 3),
  Slice: slice,
  Gather: gather,
  GatherElements: gatherElements,
  GatherND: gatherNd,
  ScatterND: scatterNd,
  Expand: expand,
  Tile: tile,
  Pad: padded,
  Resize: resized,
  GridSample: tokensOf([1, 4], [0, 4]),
  MatMul: product(1, null),
  FusedMatMul: product(1, ['transA', 'transB']),
  TransposeMatMul: product(1, ['transA', 'transB']),
  QLinearMatMul: product(3, null),
  Gemm: dense,
  FusedGemm: dense,
  QGemm: product(3, ['transA', 'transB']),
  Einsum: einsum,
  LSTM: sequences,
  GRU: sequences,
  RNN: sequences,
  Attention: tokensOf([3, 4]),
  RotaryEmbedding: tokensOf([1, 3], [2, 3], [3, 2]),
  MultiHeadAttention: tokensOf(),
  SkipLayerNormalization: tokensOf([1, 3]),
  SkipSimplifiedLayerNormalization: tokensOf([1, 3]),
};
