import * as v from 'valibot';
import { layerMethods } from '../saliency/method-names';
import { ENTROPY_MEASURES, type EntropyMeasure } from '../semiotics';

const number = v.pipe(v.number(), v.finite());
const count = v.pipe(v.number(), v.integer(), v.minValue(1));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const notNegative = v.pipe(number, v.minValue(0));
const name = v.pipe(v.string(), v.nonEmpty());

const block = v.variant('kind', [
  v.object({ kind: v.literal('convolution'), name, width: count, size: v.picklist([1, 3, 5, 7]) }),
  v.object({
    kind: v.literal('residual'),
    name,
    width: count,
    inner: v.optional(count),
    projected: v.optional(v.literal(true)),
  }),
  v.object({ kind: v.literal('separable'), name, width: count }),
]);

/** An `Architecture` as it lies in a file; whether it can be built, `layoutOf` tells. */
export const architectureSchema = v.object({
  title: v.string(),
  side: count,
  activation: v.picklist(['relu', 'tanh']),
  padding: v.picklist(['same', 'valid']),
  batchNorm: v.boolean(),
  stages: v.pipe(
    v.array(v.object({ blocks: v.array(block), shrink: v.picklist(['max', 'average', 'stride', 'none']) })),
    v.minLength(1),
  ),
  join: v.picklist(['average', 'flatten']),
  hidden: v.array(count),
  dropout: share,
  classes: count,
});

/** `ProfileOptions` as they lie in a file. */
export const profileSchema = v.object({
  pictures: count,
  method: v.picklist(layerMethods),
  measure: v.picklist(ENTROPY_MEASURES.map(({ id }) => id) as EntropyMeasure[]),
  levels: count,
  grid: v.picklist(['input', 'native']),
  shuffles: count,
});

/** A `Recipe` as it lies in a file. */
export const recipeSchema = v.object({
  optimiser: v.variant('kind', [
    v.object({ kind: v.literal('adam'), beta1: share, beta2: share, epsilon: notNegative }),
    v.object({ kind: v.literal('sgd'), momentum: share }),
  ]),
  learningRate: notNegative,
  schedule: v.picklist(['one-cycle', 'constant']),
  epochs: count,
  batch: count,
  weightDecay: notNegative,
  labelSmoothing: share,
  augmentation: v.object({ mirror: v.boolean(), shift: share, scale: share, colour: share }),
  patience: v.nullable(count),
  seed: v.pipe(v.number(), v.integer()),
  freezing: v.optional(
    v.variant('by', [
      v.object({ by: v.literal('entropy'), epochs: v.pipe(count, v.minValue(2)), profile: profileSchema }),
      v.object({ by: v.literal('clock'), from: v.pipe(number, v.minValue(0), v.ltValue(1)) }),
    ]),
  ),
});
