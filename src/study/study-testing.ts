import { statisticsAnswers } from './statistics/answers';
import type { AskStatistics } from './statistics/statistics-methods';
import type { Study, StudyImage, StudySettings } from './study-data';

/** The statistics without a worker. */
export const askAtOnce: AskStatistics = async (name, request) =>
  (statisticsAnswers[name] as (given: unknown) => never)(request);

/** The columns that every study has; written down here a second time, so that the two can differ. */
const columnsOf = (measures: string[]) => [
  ...measures.flatMap((id) => [id, `${id} null`, `${id} null sd`, `${id} structure`]),
  ...['signs', 'signs null', 'supersigns', 'largest share'],
  ...['class formation', 'complex formation', 'class formation null', 'complex formation null'],
];

/** The settings that a study begins with, as tests and bench take them. */
export const usualSettings: StudySettings = {
  model: 'photos10',
  inputScaling: null,
  method: 'grad-cam',
  pooling: false,
  measures: ['aura-matrix'],
  levels: 256,
  grid: 'input',
  neighbourhood: 4,
  torus: false,
  tau: 0.1,
  theta: 0.2,
  shuffles: 32,
  seed: 1,
  sample: null,
  weights: 'trained',
};

/** A study whose numbers a test gives, by image and layer, the same for both targets; NaN for all others. */
export function studyWith({
  images,
  layers,
  numbers,
  labels = ['fish', 'dog'],
  ...rest
}: {
  images: Partial<StudyImage>[];
  layers: string[];
  numbers: Record<string, (image: number, layer: number) => number>;
  labels?: string[];
  settings?: Partial<StudySettings>;
  failures?: Study['failures'];
}): Study {
  const own = { ...usualSettings, ...rest.settings };
  const columns = [...new Set([...columnsOf(own.measures), ...Object.keys(numbers)])];
  return {
    schema: 'supersign/study',
    version: 1,
    app: { version: '0.0.0' },
    settings: own,
    model: { name: 'photos10', format: 'tfjs-layers-model', sha256: 'f0', inputShape: [32, 32, 3] },
    backend: { name: 'wasm', adapter: null, threads: 2 },
    labels,
    layers: layers.map((name) => ({ name, kind: 'convolution', shape: [8, 8, 4] })),
    images: images.map((image, i) => ({
      path: `fish/${i}.jpg`,
      sha256: `${i}`,
      width: 64,
      height: 48,
      trueClass: 0,
      predicted: 0,
      probability: 0.9,
      trueProbability: 0.9,
      ...image,
    })),
    numbers: Object.fromEntries(
      columns.map((column) => [
        column,
        Float64Array.from(
          images.flatMap((_, image) =>
            [0, 1].flatMap(() => layers.map((_, layer) => numbers[column]?.(image, layer) ?? Number.NaN)),
          ),
        ),
      ]),
    ),
    failures: rest.failures ?? [],
    of: images.length,
  };
}

export const someImages = (count: number, of: (i: number) => Partial<StudyImage> = () => ({})) =>
  Array.from({ length: count }, (_, i) => of(i));
