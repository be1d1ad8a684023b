import { nullShuffles } from '../../../engine/measure/null-shuffles';
import type { FigureExport } from '../../../export';
import { composeSheet, type SheetPart, sheetDpi } from '../../../export/compose-sheet';
import { nothing } from '../../../export/nothing-to-draw';
import {
  type Context2D,
  changeChart,
  changeChartHeight,
  DECISION_CARD_WIDTH,
  decisionCard,
  decisionCardHeight,
  drawFilmStrip,
  drawSaliency,
  entropyChart,
  entropyChartHeight,
  type FigureSize,
  figureThemes,
  filmStripLayoutOf,
  flowHeight,
  type PageFormat,
  saliencyHeight,
  superizationFlow,
  superizationTree,
  treeLayout,
} from '../../../figures';
import type { ExplainState } from '../../../state/explain-store';
import { decisionCardData, pictureUrl } from '../decision/decision-view';
import { changeChartData } from '../layers/change-view';
import { flowData, signName } from '../signs/flow-view';
import { greatestTree, treeData } from '../signs/tree-view';
import {
  entropyChartData,
  explainedInWords,
  filmStripData,
  measuredInWords,
  saliencyData,
} from '../view-model';
import { complete } from './explain-figures';

/** What a sheet can hold, in the order in which it stands there. */
export const sheetFigures = {
  saliency: 'Saliency of the selected layer',
  layers: 'All layers',
  entropy: 'Spatial entropy by layer',
  change: 'Change by step',
  flow: 'Superization flow',
  tree: 'Superization tree',
  card: 'Decision card',
} as const;

export type SheetFigure = keyof typeof sheetFigures;

/** Width in pixels that crops of the tree are legible at; it is drawn at this size and scaled as a whole. */
const treeWidth = 960;
const treeHeight = 560;

const figures: Record<SheetFigure, (state: ExplainState) => SheetPart | null> = {
  saliency: (state) => {
    const data = saliencyData(state);
    return (
      data && {
        panel: {
          title: `Saliency of ${data.layer}`,
          caption: `Where ${data.layer} puts its evidence, ${data.map.width} × ${data.map.height} values.`,
          least: 190,
          best: 320,
          most: 480,
          heightAt: (width) => saliencyHeight(width, data),
          stretches: false,
        },
        content: (theme, ratio) => ({
          image: (size) => raster(size, ratio, (context) => drawSaliency(context, data, size, theme)),
        }),
      }
    );
  },
  layers: (state) => {
    const shown = filmStripData(state);
    const data = shown && { ...shown, selected: null };
    return (
      data && {
        panel: {
          title: 'All layers',
          caption: `The saliency of every layer, ${state.settings.scaling === 'global' ? 'one scale over all' : 'each on its own scale'}; below it its size and entropy.`,
          least: 480,
          best: 900,
          most: 1200,
          heightAt: (width) => filmStripLayoutOf(data, width).height,
          stretches: false,
        },
        content: (theme, ratio) => ({
          image: (size) => raster(size, ratio, (context) => drawFilmStrip(context, data, size, theme)),
        }),
      }
    );
  },
  entropy: (state) => {
    const shown = entropyChartData(state);
    const data = shown && { ...shown, selected: null, layerNames: true };
    return (
      data && {
        panel: {
          title: 'Spatial entropy by layer',
          caption: `Band: the same maps with their pixels shuffled, mean ± 2 sd of ${nullShuffles}. Bars: the share of entropy missing because the map is ordered.`,
          least: 400,
          best: 640,
          most: 2400,
          heightAt: (width) => entropyChartHeight(width, data) + 24,
          stretches: true,
        },
        content: (theme) => ({ svg: (size) => entropyChart(document, data, size, theme) }),
      }
    );
  },
  change: (state) => {
    const shown = changeChartData(state);
    const data = shown && { ...shown, selected: null, layerNames: true };
    return (
      data && {
        panel: {
          title: 'Change by step',
          caption:
            'Change of the joint aura entropy, split into class formation (marginal) and complex formation (conditional). Frames: the same of shuffled maps.',
          least: 400,
          best: 640,
          most: 2400,
          heightAt: (width) => changeChartHeight(width, data) + 24,
          stretches: true,
        },
        content: (theme) => ({ svg: (size) => changeChart(document, data, size, theme) }),
      }
    );
  },
  flow: (state) => {
    const shown = flowData(state, state.settings.flow, state.picture ? pictureUrl(state.picture) : undefined);
    const data = shown?.linked ? { ...shown, selected: null, layerNames: true } : null;
    return (
      data && {
        panel: {
          title: 'Superization flow',
          caption: `Signs as high as their share of mass, in the colour of the ${data.parts ? 'part of the final sign that they become' : 'final sign that holds at least half of them'}; ribbons: what is aggregated.`,
          least: 560,
          best: 900,
          most: 2400,
          heightAt: (width) => flowHeight(width, data),
          stretches: true,
        },
        content: (theme) => ({ svg: (size) => superizationFlow(document, data, size, theme) }),
      }
    );
  },
  tree: (state) => {
    const root = state.signs && greatestTree(state.signs);
    const data = root && state.picture && treeData(state, root, pictureUrl(state.picture));
    if (!data) return null;
    const layout = treeLayout(data, { width: treeWidth, height: treeHeight });
    const size = { width: treeWidth, height: layout.height };
    return {
      panel: {
        title: `Superization tree of ${signName(state, root)}`,
        caption:
          'Where each of its signs lies in the picture, with the share of its layer’s mass and of how many signs a supersign is made.',
        least: 480,
        best: 900,
        most: treeWidth,
        heightAt: (width) => (width * size.height) / size.width,
        stretches: false,
      },
      content: (theme) => ({ svg: () => superizationTree(document, data, size, theme, layout) }),
    };
  },
  card: (state) => {
    const data = decisionCardData(state);
    if (!data) return null;
    const height = decisionCardHeight(data);
    return {
      panel: {
        title: 'Decision card',
        caption: `What ${state.analysis?.predictions[0]?.probability === null ? 'the explained number rests on, and what it' : 'the explained class rests on, and what its logit'} loses when a sign is masked.`,
        least: 480,
        best: 760,
        most: DECISION_CARD_WIDTH,
        heightAt: (width) => (width * height) / DECISION_CARD_WIDTH,
        stretches: false,
      },
      content: (theme) => ({ svg: () => decisionCard(document, data, theme) }),
    };
  },
};

/** Figures that can be drawn now. */
export const drawable = (state: ExplainState): SheetFigure[] =>
  (Object.keys(sheetFigures) as SheetFigure[]).filter((id) => figures[id](state) !== null);

/** The sheet of these figures as it is laid out, and how to draw it; null where none of them is there. */
export function sheetOf(state: ExplainState, chosen: readonly SheetFigure[], format: PageFormat) {
  const parts = chosen.flatMap((id) => {
    const figure = figures[id](state);
    return figure ? [{ id, ...figure }] : [];
  });
  return composeSheet(parts, format, {
    heading: explainedInWords(state),
    footer: `Entropy: ${measuredInWords(state)}. Signs: tau ${state.settings.tau}, theta ${state.settings.theta}. Made with Supersign.`,
  });
}

/** Several figures on one page. */
export const exportSheet = (
  state: ExplainState,
  chosen: readonly SheetFigure[],
  format: PageFormat,
): Promise<FigureExport> => {
  const sheet = sheetOf(state, chosen, format);
  if (!sheet) return nothing();
  return complete(state, `figure-sheet-${format}`, {
    title: 'Figure sheet',
    size: sheet.layout.page,
    svg: (_, theme) => sheet.draw(theme, sheetDpi.printed),
  });
};

/** The sheet as it is previewed: as it will be printed, on light paper, its raster parts at the screen's resolution. */
export const previewSheet = (state: ExplainState, chosen: readonly SheetFigure[], format: PageFormat) =>
  sheetOf(state, chosen, format)?.draw(figureThemes.light, sheetDpi.previewed) ?? null;

function raster(size: FigureSize, ratio: number, draw: (context: Context2D) => void): string {
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(size.width * ratio);
  canvas.height = Math.round(size.height * ratio);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this browser offers no further canvas');
  context.scale(canvas.width / size.width, canvas.height / size.height);
  draw(context);
  return canvas.toDataURL('image/png');
}
