import { backendTitle } from '../backend/backend-names';
import { picturesInWords } from '../figures/study/study-figures';
import { scalingTitle } from '../models/scaling/scaling-words';
import { methodInWords } from '../saliency/smoothing/map-smoothing';
import { counted } from '../text/counted';
import { durationInWords } from '../text/duration-in-words';
import { explainsMeans, namesClasses, type Study, type StudySettings } from './study-data';
import type { Target } from './summary/number-columns';

const againstInWords = { rest: 'against all others', opposite: 'what speaks against it' } as const;

/** How the maps were quantised and which pixels are neighbours, in words. */
export function quantisedInWords({ settings, model }: Study): string {
  const [height, width] = model.inputShape;
  const grid = settings.grid === 'input' ? `input grid ${width} × ${height}` : 'native grids';
  return `${counted(settings.levels, 'level')}, ${grid}, N${settings.neighbourhood}${settings.torus ? ', torus' : ''}`;
}

const networkInWords = (name: string, { weights }: StudySettings) =>
  weights === 'randomised' ? `${name} with randomised weights` : name;

/** "Grad-CAM by photos10" */
export const madeBy = ({ settings, model }: Study): string =>
  `${methodInWords(settings.method, settings.smooth)} by ${networkInWords(model.name, settings)}`;

/** "the predicted class"; "the number explained, its mean over all places" where no classes are named; with what it is set against */
export function explainedInWords(study: Pick<Study, 'model' | 'settings'>, target: Target): string {
  const what = namesClasses(study)
    ? `the ${target} class`
    : `the number explained${explainsMeans(study) ? ', its mean over all places,' : ''}`;
  const { against } = study.settings;
  if (against === 'opposite') return `what speaks against ${what}`;
  return against === 'rest' ? `${what} and no other` : what;
}

/** What a figure of a study shows, for its caption. */
export function studiedInWords(study: Study, target: Target): string {
  const { images, of, settings, leftOut = [] } = study;
  const taken =
    images.length < of
      ? `${images.length.toLocaleString('en')} of ${picturesInWords(of)}${settings.sample === null ? '' : ` (drawn by seed ${settings.seed})`}`
      : picturesInWords(images.length);
  const without = leftOut.length > 0 ? `, ${counted(leftOut.length, 'exact duplicate')} left out` : '';
  return `${methodInWords(settings.method, settings.smooth)} for ${explainedInWords(study, target)} of ${taken}${without}, by ${networkInWords(study.model.name, settings)}${scaledInWords(study)}.`;
}

/** How pictures were scaled, where the network's file did not settle it. */
function scaledInWords({ scaling }: Study): string {
  if (!scaling || scaling.source === 'file') return '';
  return `, pictures scaled ${scalingTitle(scaling)}, ${scaling.source === 'guess' ? 'a guess' : 'as chosen'}`;
}

/** What is drawn beside means, for captions. */
export const bandsInWords = ({ settings }: Study): string =>
  `Bands: 95 % of 2,000 resamples of the images. Null: the same maps with shuffled pixels, ${settings.shuffles} each.`;

/**
 * What two studies of the same images are called beside each other: by what differs between them.
 */
export function toldApart(first: Study, second: Study): { first: string; second: string } {
  const ways: ((study: Study) => string)[] = [
    ({ settings }) => (settings.weights === 'trained' ? 'trained' : 'randomised'),
    ({ model }) => model.name,
    ({ model }) => model.output?.is ?? 'classes',
    ({ settings }) => methodInWords(settings.method, settings.smooth),
    ({ settings: { against } }) => (against ? againstInWords[against] : 'against nothing'),
    // Those of earlier versions do not tell: then nothing is said of it.
    ({ scaling }) => (first.scaling && second.scaling && scaling ? scalingTitle(scaling) : ''),
    quantisedInWords,
    ({ settings }) => `tau ${settings.tau}, theta ${settings.theta}`,
    ({ settings }) => `seed ${settings.seed}`,
    ({ settings }) => (settings.withoutDuplicates ? 'without duplicates' : 'with duplicates'),
    // Two networks of one name are told apart by their weights.
    ({ model }) => `weights ${model.sha256.slice(0, 6)}`,
  ];
  const differing = ways.filter((way) => way(first) !== way(second)).slice(0, 2);
  const named = (study: Study, otherwise: string) =>
    differing.length > 0 ? differing.map((way) => way(study)).join(', ') : otherwise;
  return { first: named(first, 'first'), second: named(second, 'second') };
}

/** "4.0 a second"; of what takes long, "12 a minute" */
export function rateInWords(perSecond: number): string {
  if (perSecond >= 0.95) return `${perSecond.toFixed(1)} a second`;
  return `${(perSecond * 60).toFixed(perSecond * 60 < 10 ? 1 : 0)} a minute`;
}

/** "Ready: 1,000 images in 4 min 10 s, 4.0 a second on WebAssembly (2 threads)" */
export function readyInWords(
  { images, backend }: Pick<Study, 'images' | 'backend'>,
  { seconds, images: studied }: { seconds: number; images: number },
): string {
  const title = backendTitle(backend as Parameters<typeof backendTitle>[0]);
  const all = picturesInWords(images.length);
  if (studied === 0) return `Ready: ${all} on ${title}`;
  const rest = studied < images.length ? `, the last ${studied.toLocaleString('en')}` : '';
  return `Ready: ${all}${rest} in ${durationInWords(seconds)}, ${rateInWords(studied / seconds)} on ${title}`;
}
