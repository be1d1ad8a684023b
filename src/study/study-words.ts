import { backendTitle } from '../backend/backend-names';
import { picturesInWords } from '../figures/study/study-figures';
import { scalingTitle } from '../models/scaling/scaling-words';
import type { BoxPart } from '../network/targets/target';
import { methodInWords } from '../saliency/smoothing/map-smoothing';
import { counted } from '../text/counted';
import { durationInWords } from '../text/duration-in-words';
import { say } from '../text/say';
import { explainsMeans, namesClasses, type Study, type StudySettings } from './study-data';
import type { Target } from './summary/number-columns';

const againstInWords = {
  rest: 'against all others',
  similar: 'against those most like it',
  opposite: 'what speaks against it',
} as const;

const boxInWords: Record<BoxPart, string> = {
  score: 'the score of the surest box',
  place: 'the place of the surest box',
  both: 'score and place of the surest box',
  left: 'the left edge of the surest box',
  top: 'the upper edge of the surest box',
  right: 'the right edge of the surest box',
  bottom: 'the lower edge of the surest box',
};

/** How the maps were quantised and which pixels are neighbours, in words. */
export function quantisedInWords({ settings, model }: Study): string {
  const [height, width] = model.inputShape;
  const parts = [
    counted(settings.levels, 'level'),
    settings.grid === 'input' ? say('input grid {width} × {height}', { width, height }) : say('native grids'),
    `N${settings.neighbourhood}`,
    ...(settings.torus ? [say('torus')] : []),
  ];
  return parts.join(say(', '));
}

const networkInWords = (name: string, { weights }: StudySettings) =>
  weights === 'randomised' ? say('{name} with randomised weights', { name: say(name) }) : say(name);

/** "Grad-CAM by photos10" */
export const madeBy = ({ settings, model }: Study): string =>
  say('{method} by {network}', {
    method: say(methodInWords(settings.method, settings.smooth)),
    network: networkInWords(model.name, settings),
  });

/** "the predicted class"; "the number explained, its mean over all places" where no classes are named; with what it is set against */
export function explainedInWords(study: Pick<Study, 'model' | 'settings'>, target: Target): string {
  const { against, box, part = 'score' } = study.settings;
  if (box) return say(boxInWords[part]);
  const what = whatIsExplained(study, target);
  if (against === 'opposite') return say('what speaks against {what}', { what });
  if (against === 'similar') return say('{what} and none of those most like it', { what });
  return against === 'rest' ? say('{what} and no other', { what }) : what;
}

function whatIsExplained(study: Pick<Study, 'model'>, target: Target): string {
  if (namesClasses(study)) return target === 'predicted' ? say('the predicted class') : say('the true class');
  return explainsMeans(study)
    ? say('the number explained, its mean over all places,')
    : say('the number explained');
}

/** What a figure of a study shows, for its caption. */
export function studiedInWords(study: Study, target: Target): string {
  const { images, of, settings, leftOut = [] } = study;
  const words = {
    method: say(methodInWords(settings.method, settings.smooth)),
    explained: explainedInWords(study, target),
    images: takenInWords(images.length, of, settings),
    network: `${networkInWords(study.model.name, settings)}${scaledInWords(study)}`,
  };
  if (leftOut.length === 0) return say('{method} for {explained} of {images}, by {network}.', words);
  return say('{method} for {explained} of {images}, {duplicates} left out, by {network}.', {
    ...words,
    duplicates: counted(leftOut.length, 'exact duplicate'),
  });
}

function takenInWords(count: number, of: number, { sample, seed }: StudySettings): string {
  if (count >= of) return picturesInWords(count);
  const words = { value: count.toLocaleString('en'), images: picturesInWords(of), seed };
  return sample === null
    ? say('{value} of {images}', words)
    : say('{value} of {images} (drawn by seed {seed})', words);
}

/** How pictures were scaled, where the network's file did not settle it. */
function scaledInWords({ scaling }: Study): string {
  if (!scaling || scaling.source === 'file') return '';
  const words = { scaling: say(scalingTitle(scaling)) };
  return scaling.source === 'guess'
    ? say(', pictures scaled {scaling}, a guess', words)
    : say(', pictures scaled {scaling}, as chosen', words);
}

/** What is drawn beside means, for captions. */
export const bandsInWords = ({ settings }: Study): string =>
  say(
    'Bands: 95 % of 2,000 resamples of the images. Null: the same maps with shuffled pixels, {shuffles} each.',
    { shuffles: settings.shuffles },
  );

/**
 * What two studies of the same images are called beside each other: by what differs between them.
 */
export function toldApart(first: Study, second: Study): { first: string; second: string } {
  const ways: ((study: Study) => string)[] = [
    ({ settings }) => (settings.weights === 'trained' ? say('trained') : say('randomised')),
    ({ model }) => model.name,
    ({ model }) => model.output?.is ?? say('classes'),
    ({ settings }) => say(methodInWords(settings.method, settings.smooth)),
    ({ settings: { box, part } }) => say(box ? boxInWords[part ?? 'score'] : 'no box'),
    ({ settings: { against } }) => say(against ? againstInWords[against] : 'against nothing'),
    // Those of earlier versions do not tell: then nothing is said of it.
    ({ scaling }) => (first.scaling && second.scaling && scaling ? say(scalingTitle(scaling)) : ''),
    quantisedInWords,
    ({ settings }) => `tau ${settings.tau}, theta ${settings.theta}`,
    ({ settings }) => say('seed {seed}', { seed: settings.seed }),
    ({ settings }) => (settings.withoutDuplicates ? say('without duplicates') : say('with duplicates')),
    // Two networks of one name are told apart by their weights.
    ({ model }) => say('weights {sha256}', { sha256: model.sha256.slice(0, 6) }),
  ];
  const differing = ways.filter((way) => way(first) !== way(second)).slice(0, 2);
  const named = (study: Study, otherwise: string) =>
    differing.length > 0 ? differing.map((way) => way(study)).join(say(', ')) : otherwise;
  return { first: named(first, say('first')), second: named(second, say('second')) };
}

/** "4.0 a second"; of what takes long, "12 a minute" */
export function rateInWords(perSecond: number): string {
  if (perSecond >= 0.95) return say('{rate} a second', { rate: perSecond.toFixed(1) });
  return say('{rate} a minute', { rate: (perSecond * 60).toFixed(perSecond * 60 < 10 ? 1 : 0) });
}

/** "Ready: 1,000 images in 4 min 10 s, 4.0 a second on WebAssembly (2 threads)" */
export function readyInWords(
  { images, failures, backend }: Pick<Study, 'images' | 'failures' | 'backend'>,
  { seconds, images: studied }: { seconds: number; images: number },
): string {
  if (images.length === 0 && failures.length > 0)
    return say('Ready: none of {images} could be studied', { images: picturesInWords(failures.length) });
  const title = backendTitle(backend as Parameters<typeof backendTitle>[0]);
  const all = picturesInWords(images.length);
  if (studied === 0) return say('Ready: {images} on {backend}', { images: all, backend: title });
  const words = {
    images: all,
    time: durationInWords(seconds),
    rate: rateInWords(studied / seconds),
    backend: title,
  };
  return studied < images.length
    ? say('Ready: {images}, the last {value} in {time}, {rate} on {backend}', {
        ...words,
        value: studied.toLocaleString('en'),
      })
    : say('Ready: {images} in {time}, {rate} on {backend}', words);
}
