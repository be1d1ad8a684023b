import { nullShuffles } from '../../../engine/measure/null-shuffles';
import type { FigureExport } from '../../../export';
import { composeSheet, type SheetPart, sheetDpi } from '../../../export/compose-sheet';
import { nothing } from '../../../export/nothing-to-draw';
import {
  type Context2D,
  changeChart,
  changeChartHeight,
  drawFilmRows,
  drawnAsSvg,
  drawSaliency,
  entropyChart,
  entropyChartHeight,
  type FigureSize,
  type FigureTheme,
  filmRowsHeight,
  flowHeight,
  type PageFormat,
  printTheme,
  saliencyHeight,
  superizationFlow,
  superizationTree,
  type TreeData,
  type TreeLayout,
  treeLayout,
} from '../../../figures';
import {
  DECISION_CARD_WIDTH,
  decisionCard,
  decisionCardHeight,
} from '../../../figures/faithfulness/decision-card';
import type { ExplainState } from '../../../state/explain-store';
import { say } from '../../../text/say';
import { decisionCardData, pictureUrl } from '../decision/decision-view';
import { changeChartData } from '../layers/change-view';
import { flowData, signName } from '../signs/flow-view';
import { greatestTree, treeData } from '../signs/tree-view';
import { versusFigures, versusParts } from '../versus/export-versus';
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
  ...versusFigures,
} as const;

export type SheetFigure = keyof typeof sheetFigures;

/** Most height in pixels of the tree. */
const treeHeight = 560;

/** A tree is laid out at so many pixels or a multiple of them, and drawn a little larger where it gets more: laying out takes long. */
const treeStep = 40;
const treeWidth = (width: number) => Math.max(treeStep, Math.floor(width / treeStep) * treeStep);

/** Layouts of a tree by their width, each made once. */
function layoutsOf(data: TreeData): (width: number) => TreeLayout {
  const known = new Map<number, TreeLayout>();
  return (width) => {
    const layout = known.get(width) ?? treeLayout(data, { width, height: treeHeight });
    known.set(width, layout);
    return layout;
  };
}

const figures: Record<SheetFigure, (state: ExplainState) => SheetPart | null> = {
  saliency: (state) => {
    const data = saliencyData(state);
    return (
      data && {
        panel: {
          title: say('Saliency of {layer}', { layer: data.layer }),
          caption: say('Where {layer} puts its evidence, {width} × {height} values.', {
            layer: data.layer,
            width: data.map.width,
            height: data.map.height,
          }),
          least: 190,
          best: 320,
          most: 480,
          heightAt: (width) => saliencyHeight(width, data),
          stretches: false,
        },
        content: (theme, ratio) => ({
          svg: (size) =>
            onCanvas(say('Saliency of {layer}', { layer: data.layer }), size, theme, ratio, (context) =>
              drawSaliency(context, data, size, theme),
            ),
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
          title: say('All layers'),
          caption: say('The saliency of every layer, {part}; below it its size and entropy.', {
            part:
              state.settings.scaling === 'global' ? say('one scale over all') : say('each on its own scale'),
          }),
          least: 480,
          best: 900,
          most: 1200,
          heightAt: (width) => filmRowsHeight(data, width),
          stretches: false,
        },
        content: (theme, ratio) => ({
          svg: (size) =>
            onCanvas(say('All layers'), size, theme, ratio, (context) =>
              drawFilmRows(context, data, size, theme),
            ),
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
          title: say('Spatial entropy by layer'),
          caption: say(
            'Band: the same maps with their pixels shuffled, mean ± 2 sd of {nullShuffles}. Bars: the share of entropy missing because the map is ordered.',
            { nullShuffles },
          ),
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
          title: say('Change by step'),
          caption: say(
            'Change of the joint aura entropy, split into class formation (marginal) and complex formation (conditional). Frames: the same of shuffled maps.',
          ),
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
          title: say('Superization flow'),
          caption: say(
            'Signs as high as their share of mass, in the colour of the {part}; ribbons: what is aggregated.',
            {
              part: data.parts
                ? say('part of the final sign that they become')
                : say('final sign that holds at least half of them'),
            },
          ),
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
    const layoutAt = layoutsOf(data);
    return {
      panel: {
        title: say('Superization tree of {sign}', { sign: signName(state, root) }),
        caption: say(
          'Where each of its signs lies in the picture, with the share of its layer’s mass and of how many signs a supersign is made.',
        ),
        least: 480,
        best: 900,
        most: 2400,
        heightAt: (width) => {
          const own = treeWidth(width);
          return (layoutAt(own).height * width) / own;
        },
        stretches: false,
      },
      content: (theme) => ({
        svg: ({ width }) => {
          const own = treeWidth(width);
          const layout = layoutAt(own);
          return superizationTree(document, data, { width: own, height: layout.height }, theme, layout);
        },
      }),
    };
  },
  card: (state) => {
    const shown = decisionCardData(state);
    if (!shown) return null;
    // The sheet says below it what its caption says.
    const data = { ...shown, caption: undefined };
    return {
      panel: {
        title: say('Decision card'),
        caption: say('What {part} loses when a sign is masked.', {
          part:
            state.analysis?.predictions[0]?.probability === null
              ? say('the explained number rests on, and what it')
              : say('the explained class rests on, and what its logit'),
        }),
        least: 480,
        best: 760,
        most: DECISION_CARD_WIDTH,
        heightAt: (width) => decisionCardHeight(data, width),
        stretches: false,
      },
      content: (theme) => ({ svg: ({ width }) => decisionCard(document, data, theme, width) }),
    };
  },
  ...versusParts,
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
    footer: say('Entropy: {measured}. Signs: tau {tau}, theta {theta}. Made with Supersign.', {
      measured: measuredInWords(state),
      tau: state.settings.tau,
      theta: state.settings.theta,
    }),
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
    title: say('Figure sheet'),
    page: true,
    size: sheet.layout.page,
    svg: (_, theme) => sheet.draw(theme, sheetDpi.printed),
  });
};

/** The sheet as it is previewed: as it will be printed, on white paper, its raster parts at the screen's resolution. */
export const previewSheet = (state: ExplainState, chosen: readonly SheetFigure[], format: PageFormat) =>
  sheetOf(state, chosen, format)?.draw(printTheme, sheetDpi.previewed) ?? null;

/** What is drawn on a canvas, as vectors with rasters inside. */
const onCanvas = (
  title: string,
  size: FigureSize,
  theme: FigureTheme,
  ratio: number,
  draw: (context: Context2D) => void,
): SVGSVGElement => drawnAsSvg(document, size, theme, { title, description: '' }, { draw, ratio });
