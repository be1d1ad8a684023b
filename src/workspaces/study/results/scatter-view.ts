import type { FigureExport } from '../../../export';
import {
  drawStudyScatter,
  type StudyScatterData,
  studyScatter,
  studyScatterHeight,
} from '../../../figures/study/study-figures';
import { linearCorrelation, rankCorrelation } from '../../../semiotics';
import { answerOf } from '../../../study/image-rows';
import { explainsMeans, namesClasses, type Study } from '../../../study/study-data';
import { studiedInWords } from '../../../study/study-words';
import { isRight } from '../../../study/summary/groups';
import {
  columnName,
  columnTitle,
  type StudyColumn,
  seriesOf,
  studyColumns,
} from '../../../study/summary/number-columns';
import { say } from '../../../text/say';
import type { StudyView } from '../run/study-store';
import { complete, exportWidth } from './export-study-figures';
import { columnOf, layerOf } from './figure-data';

/** Numbers of a picture that belong to no layer. */
const ofPicture = [
  { id: 'probability', name: 'Probability of the predicted class' },
  { id: 'true probability', name: 'Probability of the true class' },
] as const;

/** Where the network names no classes, the number explained stands in place of probabilities. */
const ownNumbers = (study: Study): readonly { id: string; name: string }[] =>
  namesClasses(study)
    ? ofPicture
    : [
        {
          id: 'probability',
          name: explainsMeans(study) ? 'Number explained, mean over all places' : 'Number explained',
        },
      ];

/** What an axis can show. */
export const axisChoices = (study: Study): { id: string; name: string }[] => [
  ...ownNumbers(study),
  ...studyColumns(study).map(({ id, name }) => ({ id, name })),
];

export interface ScatterView extends Omit<StudyScatterData, 'selected' | 'title' | 'caption'> {
  ids: { x: string; y: string };
  /** What the columns are called in files. */
  headings: { x: string; y: string };
}

/** The two numbers that are looked at, of every picture; at first the probability across and the first entropy up. */
export function scatterData(study: Study, { x, y, layer, target }: StudyView): ScatterView {
  const at = layerOf(study, layer);
  const axis = (id: string | null, otherwise: string) => {
    const chosen = axisChoices(study).some((choice) => choice.id === id) ? (id as string) : otherwise;
    const own = ownNumbers(study).find((each) => each.id === chosen);
    if (own) {
      const values = study.images.map(
        ({ probability, trueProbability, value }) =>
          (own.id === 'probability' ? (probability ?? value) : trueProbability) ?? Number.NaN,
      );
      return { id: chosen, name: columnName(own), heading: own.name, values: Float64Array.from(values) };
    }
    return {
      id: chosen,
      name: say('{number} at {layer}', {
        number: columnTitle(columnOf(study, chosen)),
        layer: study.layers[at].name,
      }),
      heading: `${headingOf(columnOf(study, chosen))} at ${study.layers[at].name}`,
      values: seriesOf(study, chosen, target)[at],
    };
  };
  const [across, up] = [axis(x, 'probability'), axis(y, studyColumns(study)[0].id)];
  return {
    x: across.values,
    y: up.values,
    ids: { x: across.id, y: up.id },
    headings: { x: across.heading, y: up.heading },
    answers: study.images.map((image) => answerOf(isRight(image))),
    xName: across.name,
    yName: up.name,
    note: correlationInWords(across.values, up.values),
  };
}

/** Both correlations over the pictures that have both numbers. */
function correlationInWords(x: Float64Array, y: Float64Array): string {
  const both = Array.from(x, (_, i) => i).filter((i) => Number.isFinite(x[i]) && Number.isFinite(y[i]));
  const [a, b] = [both.map((i) => x[i]), both.map((i) => y[i])];
  const [linear, rank] = [linearCorrelation(a, b), rankCorrelation(a, b)];
  if (linear === null || rank === null) return say('no correlation: one of the two is constant');
  return say('Pearson {linear}, Spearman {rank}', { linear: inTwo(linear), rank: inTwo(rank) });
}

const inTwo = (value: number) => value.toFixed(2).replace('-', '−');

export const scatterTitle = ({ xName, yName }: Pick<ScatterView, 'xName' | 'yName'>): string =>
  say('{y} against {x}', { y: yName, x: lowered(xName) });

const headingOf = ({ name, unit }: StudyColumn) => (unit === 'bits' ? `${name}, bits` : name);

const lowered = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);

export function exportScatter(study: Study, view: StudyView): Promise<FigureExport> {
  const points = scatterData(study, view);
  const title = scatterTitle(points);
  const data = {
    ...points,
    selected: null,
    title,
    caption: say('{studied} A point is an image.', { studied: studiedInWords(study, view.target) }),
  };
  const width = Math.min(exportWidth, 760);
  const size = { width, height: studyScatterHeight(data, width) };
  return complete(study, `${points.ids.y} against ${points.ids.x}`, {
    title,
    size,
    draw: (context, at, theme) => drawStudyScatter(context, data, at, theme),
    svg: (owner, theme) => studyScatter(owner, data, size, theme),
    rows: () =>
      study.images.map(({ path }, i) => ({
        path,
        answer: points.answers[i],
        [points.headings.x]: points.x[i],
        [points.headings.y]: points.y[i],
      })),
  });
}
