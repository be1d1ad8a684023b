import { nullShuffles } from '../../../engine/measure/null-shuffles';
import type { FigureExport } from '../../../export';
import type { SheetPart } from '../../../export/compose-sheet';
import { nothing } from '../../../export/nothing-to-draw';
import type { PrintLook } from '../../../export/print-look';
import { type Context2D, drawnAsSvg, type FigureSize, type FigureTheme } from '../../../figures';
import { versusCurves, versusCurvesHeight } from '../../../figures/versus/versus-curves';
import type { VersusData } from '../../../figures/versus/versus-data';
import { drawVersusMaps, versusMapsLayout } from '../../../figures/versus/versus-maps';
import {
  drawVersusRows,
  drawVersusStrips,
  versusRowsHeight,
  versusStripsLayout,
} from '../../../figures/versus/versus-strips';
import type { ExplainState } from '../../../state/explain-store';
import { useVersus } from '../../../state/versus-store';
import { say } from '../../../text/say';
import { captionIn, complete, pageWidth } from '../files/explain-figures';
import { measuredInWords } from '../view-model';
import { bothSides, versusCaption, versusData, versusRows } from './versus-view';

/** The figures of A against B, as dialogs call them. */
export const versusFigures = {
  'versus-maps': 'A against B: selected layer',
  'versus-layers': 'A against B: all layers',
  'versus-entropy': 'A against B: entropy by layer',
} as const;

export type VersusFigure = keyof typeof versusFigures;

/** A list of figures, those of A against B among them only where somebody compares. */
export const offered = <Figures extends Record<string, string>>(
  figures: Figures,
  { settings }: Pick<ExplainState, 'settings'>,
): Figures =>
  Object.fromEntries(
    Object.entries(figures).filter(([id]) => settings.versus !== '' || !(id in versusFigures)),
  ) as Figures;

/** What the difference is of. */
const measureOfDifference =
  'A − B: each map as shares of its evidence, their difference in units of what an even map has everywhere, red where A has more, blue where B has.';

/** Whether both sides are there, compared and measured. */
export function isVersusThere(state: ExplainState): boolean {
  const known = useVersus.getState();
  return known.differences !== null && known.b?.measurement != null && bothSides(state, known) !== null;
}

function captioned(state: ExplainState): { data: VersusData; caption: string } | null {
  const known = useVersus.getState();
  const both = bothSides(state, known);
  const data = versusData(state, known);
  return both && data && { data, caption: versusCaption(both, state.networkName) };
}

/** All layers of both sides with their differences. */
export const exportVersusLayers = (state: ExplainState, print?: PrintLook): Promise<FigureExport> => {
  const found = captioned(state);
  if (!found) return nothing();
  const caption = say('{caption} {measure} Shared: the share of evidence at the same places.', {
    caption: found.caption,
    measure: say(measureOfDifference),
  });
  const title = say(versusFigures['versus-layers']);
  const data = { ...found.data, selected: null, caption: captionIn(caption, print) };
  const width = print?.width ?? pageWidth;
  const rest = { title, caption, rows: () => versusRows(state, useVersus.getState()) };
  return complete(state, 'a-against-b-layers', {
    ...rest,
    size: { width, height: print ? versusRowsHeight(data, width) : versusStripsLayout(data, width).height },
    draw: (context, at, theme) => (print ? drawVersusRows : drawVersusStrips)(context, data, at, theme),
  });
};

/** The selected layer of both sides and its difference. */
export const exportVersusMaps = (state: ExplainState, print?: PrintLook): Promise<FigureExport> => {
  const found = captioned(state);
  if (!found) return nothing();
  const caption = say('{caption} {measure} Entropy: {measured}.', {
    caption: found.caption,
    measure: say(measureOfDifference),
    measured: measuredInWords(state),
  });
  const data = { ...found.data, selected: state.layer, caption: captionIn(caption, print) };
  const width = print?.width ?? 800;
  return complete(state, `a-against-b-${data.layers[state.layer].name}`, {
    ...{
      title: say(versusFigures['versus-maps']),
      caption,
      rows: () => versusRows(state, useVersus.getState()),
    },
    size: { width, height: versusMapsLayout(data, width).height },
    draw: (context, at, theme) => drawVersusMaps(context, data, at, theme),
  });
};

/** The entropies of both sides. */
export const exportVersusEntropy = (state: ExplainState, print?: PrintLook): Promise<FigureExport> => {
  const found = captioned(state);
  if (!found) return nothing();
  const caption = say(
    '{caption} {measured}. Bands: the same maps with shuffled pixels, mean ± 2 sd of {nullShuffles}.',
    {
      caption: found.caption,
      measured: measuredInWords(state),
      nullShuffles,
    },
  );
  const data = { ...found.data, selected: null, layerNames: true, caption: captionIn(caption, print) };
  const width = print?.width ?? pageWidth;
  const size = { width, height: versusCurvesHeight(width, data) };
  return complete(state, 'a-against-b-entropy', {
    ...{ title: say(versusFigures['versus-entropy']), caption, size },
    svg: (owner, theme) => versusCurves(owner, data, size, theme),
    rows: () => versusRows(state, useVersus.getState()),
  });
};

export const versusExporters: Record<
  VersusFigure,
  (state: ExplainState, look: PrintLook) => Promise<FigureExport>
> = {
  'versus-maps': exportVersusMaps,
  'versus-layers': exportVersusLayers,
  'versus-entropy': exportVersusEntropy,
};

const onCanvas =
  (title: string, draw: (context: Context2D, size: FigureSize, theme: FigureTheme) => void) =>
  (theme: FigureTheme, ratio: number) => ({
    svg: (size: FigureSize) =>
      drawnAsSvg(
        document,
        size,
        theme,
        { title, description: '' },
        { draw: (context) => draw(context, size, theme), ratio },
      ),
  });

/** The same on a sheet; null while they are not there. */
export const versusParts: Record<VersusFigure, (state: ExplainState) => SheetPart | null> = {
  'versus-maps': (state) => {
    const found = isVersusThere(state) ? captioned(state) : null;
    if (!found) return null;
    const data = { ...found.data, selected: state.layer };
    const title = versusFigures['versus-maps'];
    return {
      panel: {
        ...{ title, caption: `${found.caption} ${measureOfDifference}`, least: 300, best: 560, most: 900 },
        heightAt: (width) => versusMapsLayout(data, width).height,
        stretches: false,
      },
      content: onCanvas(title, (context, size, theme) => drawVersusMaps(context, data, size, theme)),
    };
  },
  'versus-layers': (state) => {
    const found = isVersusThere(state) ? captioned(state) : null;
    if (!found) return null;
    const data = { ...found.data, selected: null };
    const title = say(versusFigures['versus-layers']);
    return {
      panel: {
        ...{
          title,
          caption: `${say(measureOfDifference)} ${say('Below each layer the share of evidence at the same places.')}`,
        },
        ...{ least: 480, best: 900, most: 1200, stretches: false },
        heightAt: (width) => versusRowsHeight(data, width),
      },
      content: onCanvas(title, (context, size, theme) => drawVersusRows(context, data, size, theme)),
    };
  },
  'versus-entropy': (state) => {
    const found = isVersusThere(state) ? captioned(state) : null;
    if (!found) return null;
    const data = { ...found.data, selected: null, layerNames: true };
    return {
      panel: {
        title: say(versusFigures['versus-entropy']),
        caption: say('Bands: the same maps with their pixels shuffled, mean ± 2 sd of {nullShuffles}.', {
          nullShuffles,
        }),
        ...{ least: 400, best: 640, most: 1200, stretches: false },
        heightAt: (width) => versusCurvesHeight(width, data),
      },
      content: (theme) => ({ svg: (size) => versusCurves(document, data, size, theme) }),
    };
  },
};
