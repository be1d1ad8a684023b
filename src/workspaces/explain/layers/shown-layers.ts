import { create } from 'zustand';
import { type AxisMargins, type LayerAxis, type LayerSpan, layerAxis } from '../../../figures';
import { useExplain } from '../../../state/explain-store';
import { including } from './layer-span';

/** The part of the layers that the charts show, of the network with these layers. */
const useSpan = create<{ of: string; span: LayerSpan | null }>()(() => ({ of: '', span: null }));

/** What tells the layers of one network, as it is shown, from those of another. */
const layersOf = () => (useExplain.getState().analysis?.layers ?? []).map(({ name }) => name).join('\n');

/** The part that is shown now; null for all layers. */
export const shownSpan = (): LayerSpan | null => {
  const { of, span } = useSpan.getState();
  return span && of === layersOf() ? span : null;
};

/** Shows a part of the layers in all charts; null gives all of them back. */
export const showSpan = (span: LayerSpan | null) => useSpan.setState({ of: layersOf(), span });

/** The part that is shown; null for all layers. Another network has all of its own. */
export function useShownSpan(): LayerSpan | null {
  const { of, span } = useSpan();
  const layers = useExplain((state) => state.analysis?.layers);
  return layers && span && of === layersOf() ? span : null;
}

/** Moves what is shown so that the selected layer is in it. */
export function keepInView(layer: number): void {
  const span = shownSpan();
  const next = including(useExplain.getState().analysis?.layers.length ?? 0, span, layer);
  if (next !== span) showSpan(next);
}

/** The axis of the charts as they are shown. */
export function useLayerAxis(width: number, margins?: AxisMargins): LayerAxis {
  const count = useExplain((state) => state.analysis?.layers.length ?? 0);
  return layerAxis(width, count, margins, useShownSpan() ?? undefined);
}

/** The layers of a figure's data that are shown, and the selected one among them. */
export function partOf<
  Layer,
  Data extends { readonly layers: readonly Layer[]; readonly selected: number | null },
>(data: Data, span: LayerSpan | null): Data {
  if (!span) return data;
  const { layers, selected } = data;
  const inside = selected !== null && selected >= span.from && selected < span.to;
  return {
    ...data,
    layers: layers.slice(span.from, span.to),
    selected: inside ? selected - span.from : null,
  };
}
