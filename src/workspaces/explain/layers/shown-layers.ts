import { useMemo } from 'react';
import { create } from 'zustand';
import { type AxisMargins, axisMargins, type LayerAxis, type LayerSpan, layerAxis } from '../../../figures';
import { type ExplainState, useExplain } from '../../../state/explain-store';
import { type Column, columnEnds, columnsOf, type Folding, foldingFor } from './folded-columns';
import { including } from './layer-span';

interface View {
  /** The layers that it is a view of. */
  of: string;
  /** The part of them that the charts show; null for all. */
  span: LayerSpan | null;
  /** Last layers of the folded columns that were opened. */
  open: ReadonlySet<number>;
  /** Width of the charts in pixels. */
  width: number;
}

const useView = create<View>()(() => ({ of: '', span: null, open: new Set(), width: 0 }));

type OnScreen = Pick<ExplainState, 'analysis' | 'settings' | 'layer' | 'position'>;

/** What tells the layers of one network, as it is shown, from those of another. */
const nameOf = ({ analysis }: Pick<ExplainState, 'analysis'>) =>
  (analysis?.layers ?? []).map(({ name }) => name).join('\n');

const layersOf = () => nameOf(useExplain.getState());

/** The part that is shown now; null for all layers. */
export const shownPart = (): LayerSpan | null => {
  const { of, span } = useView.getState();
  return span && of === layersOf() ? span : null;
};

/** Shows a part of the layers in all charts; null gives all of them back. */
export const showSpan = (span: LayerSpan | null) =>
  useView.setState((view) => ({
    of: layersOf(),
    span,
    open: view.of === layersOf() ? view.open : new Set(),
  }));

/** Opens the folded column that ends in this layer, or folds it again. */
export function openColumn(last: number, opens: boolean): void {
  const view = useView.getState();
  const same = view.of === layersOf();
  const open = new Set(same ? view.open : []);
  if (opens) open.add(last);
  else open.delete(last);
  useView.setState({ of: layersOf(), span: same ? view.span : null, open });
}

/** Says how wide the charts are: where they are narrow, layers that belong together share columns. */
export const chartsAre = (width: number) => useView.setState({ width });

/** How the layers are folded: as the settings say, or as the room asks for. */
function foldingNow(
  { analysis, settings }: Pick<OnScreen, 'analysis' | 'settings'>,
  { width }: View,
  span: LayerSpan | null,
): Folding {
  if (settings.fold !== 'auto') return settings.fold;
  const { left, right } = axisMargins(width);
  const { layers = [] } = analysis ?? {};
  const shown = span ? layers.slice(span.from, span.to) : layers;
  return foldingFor(
    shown.map(({ column }) =>
      // Positions count from the first of those shown.
      column && span
        ? { column: { pair: column.pair - span.from, block: column.block - span.from } }
        : { column },
    ),
    width - left - right,
  );
}

/** What is on screen: the part that is shown, and the columns where some layers share one. */
function shownOf(screen: OnScreen, view: View): { part: LayerSpan | null; columns: Column[] | null } {
  const { analysis, layer, position } = screen;
  const same = view.of === nameOf(screen);
  const part = same ? view.span : null;
  if (!analysis) return { part, columns: null };
  const folding = foldingNow(screen, view, part);
  if (folding === 'none') return { part, columns: null };
  const span = part ?? { from: 0, to: analysis.layers.length };
  const selected = Number.isInteger(position) ? layer : null;
  const open = same ? view.open : new Set<number>();
  const columns = columnsOf(columnEnds(analysis.layers, folding), span, open, selected);
  const folds = columns.some(({ from, last, opened }) => from < last || opened !== undefined);
  return { part, columns: folds ? columns : null };
}

const spanOf = ({ part, columns }: ReturnType<typeof shownOf>, count: number): LayerSpan | null =>
  columns ? { ...(part ?? { from: 0, to: count }), columns: columns.map(({ shows }) => shows) } : part;

/** What the charts show now, folded columns included; null for all layers, each with a column of its own. */
export function shownSpan(): LayerSpan | null {
  const screen = useExplain.getState();
  return spanOf(shownOf(screen, useView.getState()), screen.analysis?.layers.length ?? 0);
}

function useShown() {
  const view = useView();
  const analysis = useExplain((state) => state.analysis);
  const fold = useExplain(({ settings }) => settings.fold);
  const folds = useMemo(() => {
    if (!analysis) return false;
    const screen = { analysis, settings: { ...useExplain.getState().settings, fold } };
    const part = view.of === nameOf(screen) ? view.span : null;
    return foldingNow(screen, view, part) !== 'none';
  }, [view, analysis, fold]);
  // Where no layers share a column, the selected one changes nothing, and a step renders no row for it.
  const layer = useExplain((state) => (folds ? state.layer : 0));
  const position = useExplain((state) => (folds && !Number.isInteger(state.position) ? 0.5 : 0));
  return useMemo(() => {
    const { settings } = useExplain.getState();
    return shownOf({ analysis, settings: { ...settings, fold }, layer, position }, view);
  }, [view, analysis, fold, layer, position]);
}

/** The part that is shown; null for all layers. Another network has all of its own. */
export const useShownPart = (): LayerSpan | null => useShown().part;

/** The columns, where some layers share one; else null. */
export const useColumns = (): readonly Column[] | null => useShown().columns;

/** What is shown, folded columns included; null for all layers, each with a column of its own. The same object until it changes. */
export function useShownSpan(): LayerSpan | null {
  const count = useExplain((state) => state.analysis?.layers.length ?? 0);
  const shown = useShown();
  const key = shown.columns?.map(({ shows }) => shows).join() ?? '';
  // biome-ignore lint/correctness/useExhaustiveDependencies: which layers have a column is all that matters of the columns.
  return useMemo(() => spanOf(shown, count), [shown.part, key, count]);
}

/** Moves what is shown so that the selected layer is in it. */
export function keepInView(layer: number): void {
  const span = shownPart();
  const next = including(useExplain.getState().analysis?.layers.length ?? 0, span, layer);
  if (next !== span) showSpan(next);
}

/** The axis of the charts as they are shown. */
export function useLayerAxis(width: number, margins?: AxisMargins): LayerAxis {
  const count = useExplain((state) => state.analysis?.layers.length ?? 0);
  const span = useShownSpan();
  const { left, right } = margins ?? {};
  return useMemo(() => {
    const around = left === undefined || right === undefined ? undefined : { left, right };
    return layerAxis(width, count, around, span ?? undefined);
  }, [width, count, left, right, span]);
}

/** The layer that a hand means which lets go between two of them: one with a column. */
export function nearestShown(position: number): number {
  const { analysis } = useExplain.getState();
  return layerAxis(1, analysis?.layers.length ?? 0, undefined, shownSpan() ?? undefined).nearest(position);
}

/** The layers of a figure's data that have a column, and the selected one among them. */
export function partOf<
  Layer,
  Data extends { readonly layers: readonly Layer[]; readonly selected: number | null },
>(data: Data, span: LayerSpan | null): Data {
  if (!span) return data;
  const { layers, selected } = data;
  const place = placeIn(span);
  return {
    ...data,
    layers: layersIn(span).map((i) => layers[i]),
    selected: selected === null ? null : place(selected),
  };
}

/** The layers that have a column, in order. */
export const layersIn = ({ from, to, columns }: LayerSpan): readonly number[] =>
  columns ?? Array.from({ length: to - from }, (_, i) => from + i);

/** Which column a layer has; null where it has none. */
export function placeIn(span: LayerSpan): (layer: number) => number | null {
  const places = new Map(layersIn(span).map((layer, place) => [layer, place]));
  return (layer) => places.get(layer) ?? null;
}
