import type { MeasureLabel, TrainingEntropyData } from '../../../figures';
import { ENTROPY_MEASURES, type EntropyMeasure } from '../../../semiotics';
import { say } from '../../../text/say';
import type { EpochReport } from '../../../training/training-methods';

/** Name and unit of a measure as figures print them. */
export function measureLabel(measure: EntropyMeasure): MeasureLabel {
  const { name, unit } = ENTROPY_MEASURES.find(
    ({ id }) => id === measure,
  ) as (typeof ENTROPY_MEASURES)[number];
  return { name: say(name), unit };
}

/** The entropies of a training for their figure; null before the first is measured. */
export function trainingEntropyData(
  epochs: readonly EpochReport[],
  { measure }: { measure: EntropyMeasure },
): TrainingEntropyData | null {
  const measured = epochs.flatMap(({ epoch, profile }) => (profile ? [{ epoch, layers: profile }] : []));
  if (measured.length === 0) return null;
  return {
    measure: measureLabel(measure),
    layers: measured[0].layers.map(({ name }) => name),
    epochs: measured,
  };
}

/** The numbers behind it, a record for every epoch and layer. */
export const trainingEntropyRows = (
  epochs: readonly EpochReport[],
): Record<string, string | number | null>[] =>
  epochs.flatMap(({ epoch, profile }) =>
    (profile ?? []).map(({ name, entropy, null: shuffled, error }) => ({
      epoch,
      layer: name,
      entropy,
      null: shuffled,
      'standard error of the step beyond the null': error,
    })),
  );
