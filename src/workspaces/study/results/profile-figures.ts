import type { FigureExport } from '../../../export';
import { type FigureTheme, figureThemes } from '../../../figures';
import { type StudyMultiple, studyMultiples, studyProfile } from '../../../figures/study/study-figures';
import type { Study } from '../../../study/study-data';
import { bandsInWords, quantisedInWords, studiedInWords } from '../../../study/study-words';
import { type Grouping, groupingName } from '../../../study/summary/groups';
import type { Profile } from '../../../study/summary/layer-profile';
import {
  columnLabel,
  columnName,
  type StudyColumn,
  type Target,
} from '../../../study/summary/number-columns';
import { say } from '../../../text/say';
import { complete, drawn, exportWidth } from './export-study-figures';
import { chartLayers } from './figure-data';

export interface ProfileFigure {
  study: Study;
  column: StudyColumn;
  target: Target;
  profile: Profile;
}

export const profileTitle = (column: StudyColumn) => say('{name} by layer', { name: columnName(column) });

const measured = ({ study, column }: ProfileFigure) =>
  column.unit === 'count'
    ? bandsInWords(study)
    : say('{quantised}. {bands}', { quantised: quantisedInWords(study), bands: bandsInWords(study) });

export function drawProfile(
  { study, column, profile }: ProfileFigure,
  width: number,
  theme: FigureTheme,
  words: { title?: string; caption?: string } = {},
): SVGSVGElement {
  const data = { layers: chartLayers(study), measure: columnLabel(column), ...profile, ...words };
  return studyProfile(document, data, width, theme);
}

export function exportProfile(given: ProfileFigure): Promise<FigureExport> {
  const { study, column, target, profile } = given;
  const words = {
    title: profileTitle(column),
    caption: `${studiedInWords(study, target)} ${measured(given)}`,
  };
  const draw = (theme: FigureTheme) => drawProfile(given, exportWidth, theme, words);
  return complete(study, `${column.id} by layer`, {
    title: profileTitle(column),
    size: sizeOf(draw),
    svg: (_, theme) => draw(theme),
    rows: () => profileRows(study, profile),
  });
}

const profileRows = ({ layers }: Study, profile: Profile) =>
  layers.map(({ name }, i) => ({
    layer: name,
    images: profile.pictures,
    mean: profile.points[i]?.mean ?? null,
    low: profile.points[i]?.low ?? null,
    high: profile.points[i]?.high ?? null,
    null_mean: profile.null?.[i]?.mean ?? null,
    null_low: profile.null?.[i]?.low ?? null,
    null_high: profile.null?.[i]?.high ?? null,
  }));

export interface MultiplesFigure extends ProfileFigure {
  grouping: Grouping;
  panels: (StudyMultiple & Profile)[];
}

export const multiplesTitle = (column: StudyColumn, grouping: Grouping, study: Pick<Study, 'model'>) => {
  const words = { name: columnName(column), grouping: groupingName(study, grouping) };
  return grouping === 'answer'
    ? say('{name} by layer, {grouping}', words)
    : say('{name} by layer, by {grouping}', words);
};

export function drawMultiples(
  { study, column, profile, grouping, panels }: MultiplesFigure,
  width: number,
  theme: FigureTheme,
  words: { title?: string; caption?: string } = {},
): SVGSVGElement {
  const data = {
    layers: chartLayers(study),
    measure: columnLabel(column),
    // Labels of classes are names, and stay as they are.
    panels: grouping === 'class' ? panels : panels.map((panel) => ({ ...panel, name: say(panel.name) })),
    reference: profile.points,
    ...words,
  };
  return studyMultiples(document, data, width, theme);
}

export function exportMultiples(given: MultiplesFigure): Promise<FigureExport> {
  const { study, column, target, grouping, panels } = given;
  const title = multiplesTitle(column, grouping, study);
  const words = { title, caption: `${studiedInWords(study, target)} ${measured(given)}` };
  const draw = (theme: FigureTheme) => drawMultiples(given, exportWidth, theme, words);
  return complete(study, `${column.id} by ${grouping}`, {
    title,
    size: sizeOf(draw),
    svg: (_, theme) => draw(theme),
    rows: () =>
      panels.flatMap((panel) => profileRows(study, panel).map((row) => ({ group: panel.name, ...row }))),
  });
}

/** The size a drawing takes by itself. */
export const sizeOf = (draw: (theme: FigureTheme) => SVGSVGElement) => drawn(draw(figureThemes.light));
