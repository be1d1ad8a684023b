import * as v from 'valibot';
import { type InputScaling, inputScalingNames, type UsedScaling } from '../network/scaling/input-scaling';

const number = v.pipe(v.number(), v.finite());
const channels = v.pipe(v.array(number), v.minLength(1));
const names = Object.keys(inputScalingNames) as InputScaling[];

/**
 * What was done to a picture before the network read it, in analyses and studies alike: every channel value from 0 to 255 became
 * `value * factor + offset`, one entry a channel, in the order in which the network reads them; the luma, where there is one.
 */
export const scalingSchema = v.pipe(
  v.object({
    /** Id of a usual scaling, such as `unit` for 0 to 1; null for other numbers, and for a name that is not known here. */
    name: v.fallback(v.nullable(v.picklist(names)), null),
    /** Whether the network's file settles it, the page guessed it, or the reader chose it. */
    source: v.picklist(['file', 'guess', 'chosen']),
    factor: channels,
    offset: channels,
    /** Whether the channels come as B, G, R. */
    bgr: v.boolean(),
    /** How it is known, a sentence. */
    reason: v.string(),
  }),
  v.check(
    ({ factor, offset }) => factor.length === offset.length,
    'as many offsets as factors, one a channel',
  ),
);

/** A scaling as it stands in a file. */
export type WrittenScaling = v.InferOutput<typeof scalingSchema>;

export const writtenScaling = ({
  name,
  source,
  factor,
  offset,
  bgr,
  reason,
}: UsedScaling): WrittenScaling => ({ name, source, factor, offset, bgr, reason });

export const scalingOfFile = (written: WrittenScaling): UsedScaling => ({
  ...written,
  isGuess: written.source === 'guess',
});
