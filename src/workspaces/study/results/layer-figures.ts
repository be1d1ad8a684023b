import type { FigureExport } from '../../../export';
import type { FigureTheme } from '../../../figures';
import {
  type StudySpread,
  type StudyStep,
  studyChange,
  studyDifference,
  studyDistribution,
} from '../../../figures/study/study-figures';
import { explainsMeans, type Study } from '../../../study/study-data';
import {
  bandsInWords,
  explainedInWords,
  madeBy,
  quantisedInWords,
  studiedInWords,
} from '../../../study/study-words';
import type { Step } from '../../../study/summary/change';
import type { Difference, LayerMatch } from '../../../study/summary/difference';
import {
  columnLabel,
  columnName,
  columnTitle,
  type StudyColumn,
  type Target,
} from '../../../study/summary/number-columns';
import { counted } from '../../../text/counted';
import { say } from '../../../text/say';
import { complete, exportWidth } from './export-study-figures';
import { chartLayers } from './figure-data';
import { sizeOf } from './profile-figures';

interface Words {
  title?: string;
  caption?: string;
}

export interface ChangeFigure {
  study: Study;
  target: Target;
  steps: (Step | null)[];
  parts: (StudyStep | null)[];
}

export const changeTitle = 'Change by step';

export const drawChange = (
  { study, parts }: ChangeFigure,
  width: number,
  theme: FigureTheme,
  words: Words = {},
): SVGSVGElement =>
  studyChange(
    document,
    { layers: chartLayers(study), steps: parts, pictures: study.images.length, ...words },
    width,
    theme,
  );

export function exportChange(given: ChangeFigure): Promise<FigureExport> {
  const { study, target, steps, parts } = given;
  const caption = say(
    '{studied} Change of the joint aura entropy ({quantised}), split into class formation (marginal) and complex formation (conditional). Below, the share of the images in which it falls by more than that of its shuffled map, with Wilson’s 95 % interval; marked where fall and fall beyond the null lie below zero with their bands and p of sign flips, corrected for all steps (Holm), is below .05. {bands}',
    {
      studied: studiedInWords(study, target),
      quantised: quantisedInWords(study),
      bands: bandsInWords(study),
    },
  );
  const title = say(changeTitle);
  const draw = (theme: FigureTheme) => drawChange(given, exportWidth, theme, { title, caption });
  return complete(study, 'change by step', {
    title,
    size: sizeOf(draw),
    svg: (_, theme) => draw(theme),
    rows: () =>
      steps.flatMap((step, i) => {
        const part = parts[i];
        if (!step || !part) return [];
        return [
          {
            from: step.from,
            to: step.to,
            images: step.beyond.count,
            change: step.change.mean,
            change_low: step.change.low,
            change_high: step.change.high,
            class_formation: part.classFormation.mean,
            complex_formation: part.complexFormation.mean,
            null_change: step.null.mean,
            null_class_formation: part.null.classFormation,
            null_complex_formation: part.null.complexFormation,
            beyond_null: step.beyond.mean,
            beyond_null_low: step.beyond.low,
            beyond_null_high: step.beyond.high,
            p_corrected: step.p,
            share: step.share.share,
            share_low: step.share.low,
            share_high: step.share.high,
            superization: step.claimed ? 1 : 0,
          },
        ];
      }),
  });
}

export interface SpreadFigure {
  study: Study;
  column: StudyColumn;
  target: Target;
  spreads: (StudySpread | null)[];
}

export const spreadTitle = (column: StudyColumn) =>
  say('Distribution of {name}', { name: columnName(column) });

export const drawSpreads = (
  { study, column, spreads }: SpreadFigure,
  width: number,
  theme: FigureTheme,
  words: Words = {},
): SVGSVGElement =>
  studyDistribution(
    document,
    {
      layers: chartLayers(study),
      name: columnTitle(column),
      spreads,
      pictures: study.images.length,
      ...words,
    },
    width,
    theme,
  );

export function exportSpreads(given: SpreadFigure): Promise<FigureExport> {
  const { study, column, target, spreads } = given;
  const title = spreadTitle(column);
  const caption = say(
    '{studied} Density of the images’ values (Gaussian kernel, Silverman’s width), their median and quartiles; the line holds 90 % of them.',
    { studied: studiedInWords(study, target) },
  );
  const draw = (theme: FigureTheme) => drawSpreads(given, exportWidth, theme, { title, caption });
  return complete(study, `distribution of ${column.id}`, {
    title,
    size: sizeOf(draw),
    svg: (_, theme) => draw(theme),
    rows: () =>
      spreads.flatMap((spread, i) => {
        if (!spread) return [];
        const [q5, q25, q50, q75, q95] = spread.quantiles;
        const { count, least, most } = spread;
        return [{ layer: study.layers[i].name, images: count, least, q5, q25, q50, q75, q95, most }];
      }),
  });
}

export interface DifferenceFigure {
  study: Study;
  /** The other one, where two studies are compared; null for two groups of one. */
  other: Study | null;
  column: StudyColumn;
  target: Target;
  difference: Difference;
  first: string;
  second: string;
  /** How layers are matched. */
  by: LayerMatch;
}

export const differenceTitle = ({ first, second }: Pick<DifferenceFigure, 'first' | 'second'>) =>
  say('{first} against {second}', { first: say(first), second: say(second) });

/** What two groups, or two studies, differ in. */
export const columnDifferenceTitle = (
  column: StudyColumn,
  names: Pick<DifferenceFigure, 'first' | 'second'>,
) => say('{name}: {difference}', { name: columnName(column), difference: differenceTitle(names) });

export const drawDifference = (
  { study, column, difference, first, second }: DifferenceFigure,
  width: number,
  theme: FigureTheme,
  words: Words = {},
): SVGSVGElement =>
  studyDifference(
    document,
    {
      layers: chartLayers(study),
      measure: columnLabel(column),
      first: say(first),
      second: say(second),
      ...difference,
      ...words,
    },
    width,
    theme,
  );

/** What the layers of the two stand for where they have different ones. */
export const matchInWords = ({ by, first, second }: Pick<DifferenceFigure, 'by' | 'first' | 'second'>) =>
  by === 'depth'
    ? say(
        'The two networks have different layers: to each layer of {first} stands the one of {second} nearest in relative depth.',
        { first, second },
      )
    : '';

export function exportDifference(given: DifferenceFigure): Promise<FigureExport> {
  const { study, other, column, target, difference } = given;
  const title = columnDifferenceTitle(column, given);
  const test = difference.paired
    ? say('Effect size: Cohen’s d of the paired differences; p: sign flips of whole images')
    : say('Effect size: Hedges’ g; p: regroupings of the images');
  const caption = say(
    '{made} {match} Bands: 95 % of 2,000 resamples of the images. {test}, corrected for all layers (Holm). Filled: the band leaves zero out and p is below .05.',
    {
      made: other ? comparedInWords(given, other) : studiedInWords(study, target),
      match: matchInWords(given),
      test,
    },
  );
  const draw = (theme: FigureTheme) => drawDifference(given, exportWidth, theme, { title, caption });
  return complete(study, `${column.id} ${given.first} against ${given.second}`, {
    title,
    size: sizeOf(draw),
    svg: (_, theme) => draw(theme),
    rows: () =>
      study.layers.map(({ name }, i) => ({
        layer: name,
        images: difference.pictures,
        first: difference.means.first[i]?.mean ?? null,
        second: difference.means.second[i]?.mean ?? null,
        difference: difference.differences[i]?.band.mean ?? null,
        low: difference.differences[i]?.band.low ?? null,
        high: difference.differences[i]?.band.high ?? null,
        effect_size: difference.differences[i]?.effect ?? null,
        p_corrected: difference.differences[i]?.p ?? null,
      })),
  });
}

/** By what two studies were made, and for what. */
function comparedInWords({ study, target, difference }: DifferenceFigure, other: Study): string {
  const explained = explainedInWords(study, target);
  return say('{first} against {second} for {explained} on the same {images}.', {
    first: madeBy(study),
    second: madeBy(other),
    explained: explainsMeans(study) ? explained : `${explained}${say(',')}`,
    images: counted(difference.pictures, 'image'),
  });
}
