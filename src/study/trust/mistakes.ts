import type { AskStatistics } from '../statistics/statistics-methods';
import type { Study } from '../study-data';
import { seriesOf } from '../summary/number-columns';
import type { TellsApart } from './tells-apart';

/** What tells pictures of one kind from those of another, and how well. */
export interface Telling {
  readonly name: string;
  readonly found: TellsApart | null;
}

/**
 * Does entropy see mistakes? How well the numbers of a study tell pictures that were named wrong from those named right: each by
 * itself, higher meaning wrong for entropy, softmax entropy and what the regressions say, lower for the others; and regressions on several at once, by
 * pictures they were not fitted on. Empty where the classes are not known.
 */
export async function mistakes(study: Study, ask: AskStatistics): Promise<Telling[]> {
  const known = study.images.flatMap(({ trueClass }, i) => (trueClass === null ? [] : [i]));
  const isWrong = known.map((i) => study.images[i].trueClass !== study.images[i].predicted);
  return tellings([{ study, images: known }], isWrong, ask);
}

/** The same for pictures of a second set, unfamiliar to the network, against those of the first; both by one network. */
export async function unfamiliar(familiar: Study, other: Study, ask: AskStatistics): Promise<Telling[]> {
  const all = (study: Study) => study.images.map((_, i) => i);
  return tellings(
    [
      { study: familiar, images: all(familiar) },
      { study: other, images: all(other) },
    ],
    [...familiar.images.map(() => false), ...other.images.map(() => true)],
    ask,
  );
}

interface Part {
  study: Study;
  images: number[];
}

async function tellings(parts: readonly Part[], marked: boolean[], ask: AskStatistics): Promise<Telling[]> {
  const [{ study }] = parts;
  const { seed, measures } = study.settings;
  if (marked.every((own) => own === marked[0])) return [];
  const gathered = (of: (part: Study, image: number) => number) =>
    Float64Array.from(parts.flatMap(({ study: part, images }) => images.map((i) => of(part, i))));
  const byLayer = (column: string) =>
    study.layers.map((_, layer) => {
      const series = new Map(
        parts.map((part) => [part.study, seriesOf(part.study, column, 'predicted')[layer]]),
      );
      return gathered((part, i) => series.get(part)?.[i] ?? Number.NaN);
    });
  const least = gathered((part, i) => -(part.images[i].probability ?? Number.NaN));
  const softmax = [
    { name: 'Softmax maximum, lower', values: least },
    { name: 'Softmax entropy', values: gathered((part, i) => part.images[i].doubt?.entropy ?? Number.NaN) },
    { name: 'Energy, lower', values: gathered((part, i) => -(part.images[i].doubt?.energy ?? Number.NaN)) },
  ].filter(({ values }) => values.some(Number.isFinite));
  const entropies = byLayer(measures[0]);
  const structures = byLayer(`${measures[0]} structure`);
  const own = softmax.map(({ values }) => values);
  const alone = [
    ...softmax,
    ...study.layers.map(({ name }, layer) => ({ name: `Entropy at ${name}`, values: entropies[layer] })),
    ...study.layers.map(({ name }, layer) => ({
      name: `Structure at ${name}, lower`,
      values: structures[layer].map((value) => -value),
    })),
  ];
  const together = [
    { name: 'Entropies of all layers, regression', predictors: entropies },
    { name: 'Entropies and structure of all layers, regression', predictors: [...entropies, ...structures] },
    ...(own.length > 0
      ? [
          { name: 'Softmax alone, regression', predictors: own },
          {
            name: 'Softmax with entropies and structure, regression',
            predictors: [...own, ...entropies, ...structures],
          },
        ]
      : []),
  ];
  const [areas, regressions] = await Promise.all([
    ask('tellApart', { series: alone.map(({ values }) => values), marked, seed }),
    Promise.all(together.map(({ predictors }) => ask('regression', { predictors, marked, seed }))),
  ]);
  return [
    ...alone.map(({ name }, i) => ({ name, found: areas[i] })),
    ...together.map(({ name }, i) => ({ name, found: regressions[i] })),
  ];
}
