import { useEffect, useMemo, useRef } from 'react';
import { loadCode } from '../../../code/missing-code';
import { regionChart, regionChartHeight } from '../../../figures';
import { asMeasured, useStill } from '../../../state/explain-store';
import { useFigureTheme } from '../../../state/page-theme';
import { say } from '../../../text/say';
import { ExportMenu } from '../../../ui/ExportMenu';
import rows from '../layers/instrument.module.css';
import { LayerCursor } from '../layers/LayerCursor';
import { layersIn, partOf, placeIn, useLayerAxis, useShownSpan } from '../layers/shown-layers';
import { FigureReading } from '../reading/FigureReading';
import { selectLayer } from '../selection';
import { withinData, withinInWords } from './within-view';

const title = 'Share of evidence inside';

/** How much of each layer's evidence lies inside the region that was marked, on the axis of the film strip. */
export function WithinFigure({ width }: { width: number }) {
  const shown = useStill();
  const theme = useFigureTheme();
  const span = useShownSpan();
  const axis = useLayerAxis(width);
  const holder = useRef<HTMLDivElement>(null);
  const all = useMemo(() => withinData(shown), [shown]);
  const data = useMemo(() => {
    if (!all || !span) return all;
    // Where it is folded, its column is marked.
    const column = all.first === null ? null : layersIn(span).find((i) => i >= (all.first as number));
    const isIn = all.first !== null && all.first >= span.from && column !== undefined;
    return { ...partOf(all, span), first: isIn && column !== null ? placeIn(span)(column) : null };
  }, [all, span]);
  const height = data ? regionChartHeight(width, data) : 0;
  useEffect(() => {
    if (!data || width === 0) return;
    const svg = regionChart(document, data, { width, height }, theme);
    svg.setAttribute('aria-label', say(title));
    holder.current?.replaceChildren(svg);
  }, [data, width, height, theme]);
  if (!data) return null;
  return (
    <figure className={`${rows.row} ${rows.within}`} style={{ width }}>
      <div
        className={rows.chart}
        style={{ height }}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          selectLayer(axis.index(event.clientX - event.currentTarget.getBoundingClientRect().left));
        }}
      >
        <div ref={holder} />
        <LayerCursor width={width} />
      </div>
      <FigureReading figure="within" width={width} says={all && withinInWords(all)} />
      <ExportMenu
        title={say(title)}
        print="within"
        table
        figure={async () => {
          const { exportWithin } = await loadCode(() => import('./export-within'));
          return exportWithin(asMeasured());
        }}
      />
    </figure>
  );
}
