import type { FigureExport } from '../../../export';
import { composeSheet, type SheetPart, sheetDpi } from '../../../export/compose-sheet';
import { nothing } from '../../../export/nothing-to-draw';
import { type FigureTheme, figureThemes, type PageFormat, printTheme } from '../../../figures';
import { studyScatter, studyScatterHeight } from '../../../figures/study/study-figures';
import type { Study } from '../../../study/study-data';
import { bandsInWords, quantisedInWords, studiedInWords } from '../../../study/study-words';
import { ComparisonError } from '../../../study/summary/difference';
import { say } from '../../../text/say';
import type { Comparison, StudyView } from '../run/study-store';
import { complete, drawn } from './export-study-figures';
import { columnOf } from './figure-data';
import {
  type ChangeFigure,
  columnDifferenceTitle,
  type DifferenceFigure,
  drawChange,
  drawDifference,
  drawSpreads,
  type SpreadFigure,
  spreadTitle,
} from './layer-figures';
import {
  drawMultiples,
  drawProfile,
  type MultiplesFigure,
  multiplesTitle,
  type ProfileFigure,
  profileTitle,
} from './profile-figures';
import { scatterData, scatterTitle } from './scatter-view';
import {
  answerSummary,
  changeSummary,
  comparisonSummary,
  multiplesSummary,
  profileSummary,
  spreadSummary,
} from './summaries';

/** What a sheet of a study can hold, in the order in which it stands there. */
export const studySheetFigures = {
  profile: 'Profile by layer',
  multiples: 'Profiles of groups',
  change: 'Change by step',
  spread: 'Distribution',
  scatter: 'Scatter',
  answers: 'Wrong against right',
  comparison: 'Comparison',
} as const;
export type StudySheetFigure = keyof typeof studySheetFigures;

/** Everything that figures of a sheet draw; null where it does not exist. */
export interface SheetData {
  study: Study;
  view: StudyView;
  profile: ProfileFigure;
  multiples: MultiplesFigure;
  change: ChangeFigure;
  spread: SpreadFigure;
  answers: DifferenceFigure | null;
  comparison: DifferenceFigure | null;
}

export async function sheetData(
  study: Study,
  view: StudyView,
  compared: Comparison | null,
): Promise<SheetData> {
  const { target } = view;
  const { id } = columnOf(study, view.column);
  const multiples = await multiplesSummary(study, id, target, view.grouping);
  const comparison =
    compared &&
    (await comparisonSummary(study, compared, id, target).catch((error) => {
      // What cannot be compared is not drawn.
      if (error instanceof ComparisonError) return null;
      throw error;
    }));
  return {
    study,
    view,
    profile: await profileSummary(study, id, target),
    multiples: { ...multiples, panels: multiples.panels.slice(0, 12) },
    change: await changeSummary(study, target),
    spread: await spreadSummary(study, columnOf(study, view.spread).id, target),
    answers: await answerSummary(study, id, target),
    comparison,
  };
}

/** A chart that is drawn as high as its width asks for. */
const chart = (
  title: string,
  caption: string,
  draw: (width: number, theme: FigureTheme) => SVGSVGElement,
): SheetPart => ({
  panel: {
    title,
    caption,
    least: 400,
    best: 640,
    most: 1200,
    heightAt: (width) => drawn(draw(width, figureThemes.light)).height,
    stretches: false,
  },
  content: (theme) => ({ svg: (size) => draw(size.width, theme) }),
});

const parts: Record<StudySheetFigure, (data: SheetData) => SheetPart | null> = {
  profile: ({ profile }) =>
    chart(profileTitle(profile.column), bandsInWords(profile.study), (width, theme) =>
      drawProfile(profile, width, theme),
    ),
  multiples: ({ multiples }) =>
    multiples.panels.length === 0
      ? null
      : chart(
          multiplesTitle(multiples.column, multiples.grouping, multiples.study),
          say('The same for groups of the images.'),
          (width, theme) => drawMultiples(multiples, width, theme),
        ),
  change: ({ change }) =>
    chart(
      say('Change by step'),
      say(
        'Mean change of the joint aura entropy, in two parts beside their null, and the share of the images in which it falls by more.',
      ),
      (width, theme) => drawChange(change, width, theme),
    ),
  spread: ({ spread }) =>
    chart(
      spreadTitle(spread.column),
      say('Density, quartiles, and where 90 % of the images lie.'),
      (width, theme) => drawSpreads(spread, width, theme),
    ),
  scatter: ({ study, view }) => {
    const data = { ...scatterData(study, view), selected: null };
    return {
      panel: {
        title: scatterTitle(data),
        caption: say('A point is an image.'),
        ...{ least: 320, best: 520, most: 900 },
        heightAt: (width) => studyScatterHeight(data, width),
        stretches: false,
      },
      content: (theme) => ({ svg: (size) => studyScatter(document, data, size, theme) }),
    };
  },
  answers: ({ answers }) => answers && differenceChart(answers),
  comparison: ({ comparison }) => comparison && differenceChart(comparison),
};

const differenceChart = (difference: DifferenceFigure) =>
  chart(
    columnDifferenceTitle(difference.column, difference),
    say('Means, differences with their bands, effect sizes and p, corrected for all layers.'),
    (width, theme) => drawDifference(difference, width, theme),
  );

/** Figures that can be drawn now. */
export const drawableOf = (data: SheetData): StudySheetFigure[] =>
  (Object.keys(studySheetFigures) as StudySheetFigure[]).filter((id) => parts[id](data) !== null);

function sheetOf(data: SheetData, chosen: readonly StudySheetFigure[], format: PageFormat) {
  const { study, view } = data;
  const { tau, theta } = study.settings;
  return composeSheet(
    chosen.flatMap((id) => {
      const part = parts[id](data);
      return part ? [{ id, ...part }] : [];
    }),
    format,
    {
      heading: studiedInWords(study, view.target),
      footer: say('Entropy: {quantised}. Signs: tau {tau}, theta {theta}. Made with Supersign.', {
        quantised: quantisedInWords(study),
        tau,
        theta,
      }),
    },
  );
}

export const previewStudySheet = (
  data: SheetData,
  chosen: readonly StudySheetFigure[],
  format: PageFormat,
): SVGSVGElement | null => sheetOf(data, chosen, format)?.draw(printTheme, sheetDpi.previewed) ?? null;

/** Several figures of a study on one page. */
export function exportStudySheet(
  data: SheetData,
  chosen: readonly StudySheetFigure[],
  format: PageFormat,
): Promise<FigureExport> {
  const sheet = sheetOf(data, chosen, format);
  if (!sheet) return nothing();
  return complete(data.study, `figure-sheet-${format}`, {
    title: say('Figure sheet'),
    size: sheet.layout.page,
    svg: (_, theme) => sheet.draw(theme, sheetDpi.printed),
  });
}
