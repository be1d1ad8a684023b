import * as v from 'valibot';
import { readStoredWeights, storedWeightsSchema, storeWeights } from './architecture/stored-weights';
import type { Checkpoint } from './training-methods';
import { architectureSchema, recipeSchema } from './training-schemas';

export const CHECKPOINT_SCHEMA = 'supersign/checkpoint';
export const CHECKPOINT_VERSION = 1;

/** A checkpoint that cannot be read; a sentence. */
export class CheckpointError extends Error {
  override name = 'CheckpointError';
}

const number = v.pipe(v.number(), v.finite());
const whole = v.pipe(v.number(), v.integer(), v.minValue(0));

const history = v.object({
  steps: v.array(
    v.object({ step: whole, loss: number, accuracy: number, learningRate: number, time: number }),
  ),
  epochs: v.array(
    v.object({
      epoch: whole,
      step: whole,
      loss: number,
      accuracy: number,
      profile: v.nullable(
        v.array(v.object({ name: v.string(), entropy: number, null: number, error: v.nullable(number) })),
      ),
      settling: v.optional(v.array(v.object({ name: v.string(), entropy: number, error: number }))),
      frozen: v.optional(v.array(v.string())),
    }),
  ),
});

const schema = v.object({
  schema: v.literal(CHECKPOINT_SCHEMA),
  version: v.literal(CHECKPOINT_VERSION),
  architecture: architectureSchema,
  recipe: recipeSchema,
  step: whole,
  weights: storedWeightsSchema,
  moments: storedWeightsSchema,
  best: v.nullable(v.object({ epoch: whole, weights: storedWeightsSchema })),
  history,
});

/** JSON text of a checkpoint. */
export const serialiseCheckpoint = (checkpoint: Checkpoint): string =>
  JSON.stringify({
    schema: CHECKPOINT_SCHEMA,
    version: CHECKPOINT_VERSION,
    ...checkpoint,
    weights: storeWeights(checkpoint.weights),
    moments: storeWeights(checkpoint.moments),
    best: checkpoint.best && { ...checkpoint.best, weights: storeWeights(checkpoint.best.weights) },
  });

/** @throws CheckpointError naming what is wrong and where */
export function parseCheckpoint(text: string): Checkpoint {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new CheckpointError('This checkpoint is no JSON, or it breaks off.');
  }
  const result = v.safeParse(schema, json, { abortEarly: true });
  if (!result.success) {
    const [issue] = result.issues;
    throw new CheckpointError(
      `This is no checkpoint of a training: ${v.getDotPath(issue) ?? 'its root'}, ${issue.message}.`,
    );
  }
  const { schema: _, version: __, weights, moments, best, ...rest } = result.output;
  try {
    return {
      ...rest,
      weights: readStoredWeights(weights),
      moments: readStoredWeights(moments),
      best: best && { ...best, weights: readStoredWeights(best.weights) },
    };
  } catch (error) {
    throw new CheckpointError(`The checkpoint is damaged: ${(error as Error).message}.`);
  }
}
