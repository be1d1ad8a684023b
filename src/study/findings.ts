import { pInWords, picturesInWords, SIGNIFICANT } from '../figures/study';
import { answersFinding } from './difference-findings';
import { equals, type Finding, least, signed } from './finding';
import { type Band, wilsonShare } from './statistics';
import { namesClasses, type Study } from './study-data';
import type { Step } from './summary/change';
import type { StudyColumn } from './summary/columns';
import type { Evidence } from './summary/evidence';
import { isRight } from './summary/groups';

export type { Finding };

/** What holds for the images of a study, and what does not, in plain words. */
export function findingsOf(evidence: Evidence): Finding[] {
  const { study, column } = evidence;
  const found = [accuracyFinding(study)];
  const few = tooFew(evidence);
  if (few) return [...found, few];
  found.push(levelFinding(evidence));
  if (column.id !== 'aura') found.push(fallFinding(evidence.steps, column.name, study));
  found.push(superizationFinding(evidence.superization, study));
  const answers = answerFinding(evidence);
  return answers ? [...found, answers] : found;
}

/** What no number of images makes of it; stands below the findings. */
export const whatAFallDoesNotProve =
  'A fall beyond the null says that the maps of a layer are more ordered than their own values, shuffled, would be, compared with the layer before. It does not say that the order is what the decision rests on, nor that another method or network would show it. Every test is corrected for the number of layers it is made at (Holm); bands hold 95 % of 2,000 resamples of the images.';

function accuracyFinding(study: Study): Finding {
  const { images, failures, labels, model } = study;
  const judged = images.map(isRight).filter((right) => right !== null);
  const failed = failures.length > 0 ? ` ${picturesInWords(failures.length)} could not be read.` : '';
  if (!namesClasses(study)) {
    return {
      text: `The network’s output is ${model.output?.is}: it names no classes, so there is no accuracy.`,
      evidence: `${picturesInWords(images.length)}.${failed}`,
    };
  }
  if (judged.length === 0) {
    return {
      text: `The classes of the images are not among the network’s ${labels.length} labels, so there is no accuracy.`,
      evidence: `${picturesInWords(images.length)}.${failed}`,
    };
  }
  const right = judged.filter(Boolean).length;
  const { share, low, high } = wilsonShare(right, judged.length);
  return {
    text: `The network names ${percent(share)} of ${picturesInWords(judged.length)} right.`,
    evidence: `${right.toLocaleString('en')} of ${judged.length.toLocaleString('en')}, 95 % interval ${percent(low)} to ${percent(high)}.${judged.length < images.length ? ` Of ${picturesInWords(images.length - judged.length)} the class is not known.` : ''}${failed}`,
  };
}

/** Where even a perfect agreement of the images could not be told from chance; null where it can. */
function tooFew({ study, levels }: Evidence): Finding | null {
  const count = study.images.length;
  const tests = levels.length;
  const needed = Math.floor(Math.log2((2 * tests) / SIGNIFICANT)) + 1;
  if (count >= needed) return null;
  return {
    text: `With ${picturesInWords(count)} nothing about the layers can be told from chance.`,
    evidence: `Even if all of them agreed at all of ${tests} layers, the least p possible would be ${pInWords(Math.min(1, (2 / 2 ** count) * tests)).replace(/^</, 'below ')}, corrected. Take at least ${needed}.`,
  };
}

function levelFinding({ levels, column }: Evidence): Finding {
  const known = levels.filter((level) => level !== null);
  const below = known.filter((level) => level.below);
  const furthest = least(known, ({ beyond }) => beyond.mean);
  if (!furthest || below.length === 0) {
    return {
      text: `${column.name} lies below its null at none of ${known.length} layers.`,
      evidence: furthest
        ? `Furthest below at ${furthest.layer}: ${bandInWords(furthest.beyond, column)}, p ${equals(furthest.p)}, corrected.`
        : 'No layer has been measured.',
    };
  }
  const most = least(below, ({ beyond }) => beyond.mean) as (typeof below)[number];
  return {
    text: `${column.name} lies below its null at ${below.length} of ${known.length} layers: there the maps are more ordered than their own values shuffled.`,
    evidence: `Furthest below at ${most.layer}: ${bandInWords(most.beyond, column)}, p ${equals(most.p)}, corrected. ${picturesInWords(most.beyond.count)}.`,
  };
}

const fallFinding = (steps: (Step | null)[], name: string, study: Study): Finding =>
  stepFinding(steps, `${name} falls beyond its null`, `${name} falls`, study);

const superizationFinding = (steps: (Step | null)[], study: Study): Finding =>
  stepFinding(
    steps,
    'Superization happens, the joint aura entropy falling beyond its null,',
    'The joint aura entropy falls',
    study,
  );

function stepFinding(steps: (Step | null)[], happens: string, falls: string, study: Study): Finding {
  const known = steps.filter((step) => step !== null);
  const claimed = known.filter((step) => step.claimed);
  const falling = known.filter(({ change }) => change.high < 0).length;
  const largest = least(claimed, ({ beyond }) => beyond.mean);
  if (!largest) {
    const nearest = least(
      known.filter(({ change }) => change.mean < 0),
      ({ beyond }) => beyond.mean,
    );
    return {
      text: `${happens} in none of ${known.length} steps.`,
      evidence: `${falls} in ${falling} of them, but that it falls by more than its null cannot be told from chance in any.${nearest ? ` Nearest to it: ${stepInWords(nearest)}, ${bandInWords(nearest.beyond)} beyond the null, p ${equals(nearest.p)}, corrected.` : ''} ${picturesInWords(nearest?.beyond.count ?? study.images.length)}.`,
    };
  }
  return {
    text: `${happens} in ${claimed.length} of ${known.length} steps; the largest fall beyond it is ${stepInWords(largest)}, in ${percent(largest.share.share)} of images.`,
    evidence: `${stepInWords(largest)}: ${bandInWords(largest.change)}, null ${signed(largest.null.mean)}; beyond the null ${bandInWords(largest.beyond)}, p ${equals(largest.p)}, corrected. ${claimed.length > 1 ? `All: ${claimed.map((step) => `${stepInWords(step)} (${percent(step.share.share)})`).join(', ')}. ` : ''}${picturesInWords(largest.beyond.count)}.`,
  };
}

function answerFinding({ study, answers, column }: Evidence): Finding | null {
  const right = study.images.filter((image) => isRight(image) === true).length;
  const wrong = study.images.filter((image) => isRight(image) === false).length;
  if (right + wrong === 0) return null;
  const counts = `${wrong.toLocaleString('en')} wrong against ${right.toLocaleString('en')} right`;
  if (!answers || Math.min(right, wrong) < 2) {
    return {
      text: 'Right and wrong answers cannot be compared: there are too few of one of them.',
      evidence: `${counts}.`,
    };
  }
  return answersFinding(answers, column, study, counts);
}

const stepInWords = ({ from, to }: Step) => `${from} to ${to}`;

/** 0.941 as "94 %", but never all or none where it is not. */
const percent = (share: number): string => {
  const rounded = Math.round(share * 100);
  if (rounded === 100 && share < 1) return `${(Math.floor(share * 1000) / 10).toFixed(1)} %`;
  if (rounded === 0 && share > 0) return `${(Math.ceil(share * 1000) / 10).toFixed(1)} %`;
  return `${rounded} %`;
};

const bandInWords = ({ mean, low, high }: Band, column?: StudyColumn) =>
  `${signed(mean)}${column?.unit === 'bits' ? ' bits' : ''} (95 % ${signed(low)} to ${signed(high)})`;
