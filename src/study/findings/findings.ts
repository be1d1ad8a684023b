import { pInWords, picturesInWords, SIGNIFICANT } from '../../figures/study/study-figures';
import { counted } from '../../text/counted';
import { say } from '../../text/say';
import { percent } from '../percent';
import { wilsonShare } from '../statistics';
import { namesClasses, type Study } from '../study-data';
import type { Evidence } from '../summary/evidence';
import { isRight } from '../summary/groups';
import { answersFinding } from './difference-findings';
import type { Finding } from './finding';
import { fallFinding, levelFinding, superizationFinding } from './step-findings';

export type { Finding };

/** What holds for the images of a study, and what does not, in plain words. */
export function findingsOf(evidence: Evidence): Finding[] {
  const { study, column } = evidence;
  const found = [accuracyFinding(study)];
  const few = tooFew(evidence);
  if (few) return [...found, few];
  found.push(levelFinding(evidence.levels, column));
  if (column.id !== 'aura') found.push(fallFinding(evidence.steps, column));
  found.push(superizationFinding(evidence.superization));
  const answers = answerFinding(evidence);
  return answers ? [...found, answers] : found;
}

/** What no number of images makes of it; stands below the findings. */
export const whatAFallDoesNotProve =
  'A fall beyond the null says that the maps of a layer are more ordered than their own values, shuffled, would be, compared with the layer before. It does not say that the order is what the decision rests on, nor that another method or network would show it. A step counts as a fall beyond the null where the band of its change lies below zero, the band of what goes beyond the null does too, and p is below .05. Every test is corrected for the number of layers it is made at (Holm); bands hold 95 % of 2,000 resamples of the images.';

function accuracyFinding(study: Study): Finding {
  const { images, failures, labels, model } = study;
  const judged = images.map(isRight).filter((right) => right !== null);
  const failed =
    failures.length > 0
      ? say(' {images} could not be read.', { images: picturesInWords(failures.length) })
      : '';
  const all = say('{sentence}.', { sentence: picturesInWords(images.length) });
  if (!namesClasses(study)) {
    return {
      text: say('The network’s output is {output}: it names no classes, so there is no accuracy.', {
        output: model.output?.is,
      }),
      evidence: `${all}${failed}`,
    };
  }
  if (judged.length === 0) {
    return {
      text: say('The classes of the images are not among the network’s {labels}, so there is no accuracy.', {
        labels: counted(labels.length, 'label'),
      }),
      evidence: `${all}${failed}`,
    };
  }
  const right = judged.filter(Boolean).length;
  const { share, low, high } = wilsonShare(right, judged.length);
  const interval = say('{right} of {judged}, 95 % interval {low} to {high}.', {
    right: right.toLocaleString('en'),
    judged: judged.length.toLocaleString('en'),
    low: percent(low),
    high: percent(high),
  });
  const unknown =
    judged.length < images.length
      ? say(' Of {images} the class is not known.', {
          images: picturesInWords(images.length - judged.length),
        })
      : '';
  return {
    text: say('The network names {share} of {images} right.', {
      share: percent(share),
      images: picturesInWords(judged.length),
    }),
    evidence: `${interval}${unknown}${failed}`,
  };
}

/** Where even a perfect agreement of the images could not be told from chance; null where it can. */
function tooFew({ study, levels, steps, superization }: Evidence): Finding | null {
  const count = study.images.length;
  const neededFor = (tests: number) => Math.floor(Math.log2((2 * tests) / SIGNIFICANT)) + 1;
  // The fewer tests a p is corrected for, the fewer images it takes.
  const made = [levels, steps, superization]
    .map((all) => all.filter((each) => each !== null).length)
    .filter((tests) => tests > 0);
  const tests = levels.length;
  const needed = neededFor(tests);
  if (count >= Math.min(needed, ...made.map(neededFor))) return null;
  const least = pInWords(Math.min(1, (2 / 2 ** count) * tests));
  return {
    text: say('With {images} nothing about the layers can be told from chance.', {
      images: picturesInWords(count),
    }),
    evidence: say(
      'Even if all of them agreed at all of {layers}, the least p possible would be {p}, corrected. Take at least {needed}.',
      {
        layers: counted(tests, 'layer'),
        p: least.startsWith('< ') ? say('below {p}', { p: least.slice(2) }) : least,
        needed,
      },
    ),
  };
}

function answerFinding({ study, answers, column }: Evidence): Finding | null {
  const right = study.images.filter((image) => isRight(image) === true).length;
  const wrong = study.images.filter((image) => isRight(image) === false).length;
  if (right + wrong === 0) return null;
  const counts = say('{wrong} wrong against {right} right', {
    wrong: wrong.toLocaleString('en'),
    right: right.toLocaleString('en'),
  });
  if (!answers || Math.min(right, wrong) < 2) {
    return {
      text:
        Math.max(right, wrong) < 2
          ? say('Right and wrong answers cannot be compared: there are too few of both.')
          : say('Right and wrong answers cannot be compared: there are too few of one of them.'),
      evidence: say('{sentence}.', { sentence: counts }),
    };
  }
  return answersFinding(answers, column, study, counts);
}
