import { type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';
import { loadCode } from '../../../code/missing-code';
import { entropyChart, entropyChartHeight, entropyChartLayout } from '../../../figures';
import { asMeasured, useStill } from '../../../state/explain-store';
import { useFigureTheme } from '../../../state/page-theme';
import { say } from '../../../text/say';
import { ExportMenu } from '../../../ui/ExportMenu';
import { useSize } from '../../../ui/FigureCanvas';
import tooltip from '../../../ui/tooltip.module.css';
import { letGo, scrub } from '../playback/scrub';
import { FigureReading } from '../reading/FigureReading';
import { useTurnMarks } from '../turns/InTurn';
import { curveOf, entropyChartData, measuredAt, measureLabel } from '../view-model';
import rows from './instrument.module.css';
import { LayerCursor } from './LayerCursor';
import { partOf, useLayerAxis, useShownSpan } from './shown-layers';

const title = 'Spatial entropy by layer';

/** Entropy of every layer beside its null model, on the axis of the film strip. */
export function EntropyFigure({ width }: { width: number }) {
  const figure = useRef<HTMLElement>(null);
  useTurnMarks(figure);
  const shown = useStill();
  const theme = useFigureTheme();
  const { analysis, settings } = shown;
  const count = analysis?.layers.length ?? 0;
  const { ref: plot, height: room } = useSize<HTMLDivElement>();
  const holder = useRef<HTMLDivElement>(null);
  const span = useShownSpan();
  const all = useMemo(() => entropyChartData(shown), [shown]);
  const data = useMemo(() => all && partOf(all, span), [all, span]);
  useEffect(() => {
    if (!data || width === 0) return;
    const height = Math.max(room, entropyChartHeight(width, data));
    const svg = entropyChart(document, data, { width, height }, theme);
    svg.setAttribute('aria-label', say(title));
    holder.current?.replaceChildren(svg);
  }, [data, width, room, theme]);
  const axis = useLayerAxis(width);
  const cursor = useMemo(() => {
    if (!data || width === 0) return {};
    const height = Math.max(room, entropyChartHeight(width, data));
    const { y, structureBottom } = entropyChartLayout(data, { width, height });
    const curve = curveOf(data, y);
    // The line is drawn from column to column.
    const column = (position: number) => (axis.x(position) - axis.left) / axis.step - 0.5;
    return { curve: (position: number) => curve(column(position)), to: structureBottom };
  }, [axis, data, width, room]);
  const [hovered, setHovered] = useState<number | null>(null);
  const placeUnder = ({ clientX, currentTarget }: PointerEvent<HTMLElement>) =>
    clientX - currentTarget.getBoundingClientRect().left;
  const measured = hovered === null ? null : measuredAt(shown, hovered);
  const { name, unit } = measureLabel(settings);
  return (
    <figure ref={figure} data-part="entropy" className={`${rows.row} ${rows.entropy}`} style={{ width }}>
      <div
        className={rows.chart}
        ref={plot}
        style={{ minHeight: data ? entropyChartHeight(width, data) : undefined }}
        onPointerDown={(event) => {
          if (count === 0 || event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          scrub(axis.position(placeUnder(event)));
        }}
        onPointerMove={(event) => {
          if (count === 0) return;
          setHovered(axis.index(placeUnder(event)));
          if (event.buttons === 1) scrub(axis.position(placeUnder(event)));
        }}
        onPointerUp={letGo}
        onPointerCancel={letGo}
        onPointerLeave={() => setHovered(null)}
      >
        <div ref={holder} />
        <LayerCursor width={width} {...cursor} />
        {hovered !== null && analysis?.layers[hovered] && (
          <div
            className={tooltip.tooltip}
            aria-hidden="true"
            style={{ left: Math.min(axis.x(hovered) + 12, width - 190) }}
          >
            <strong>{analysis.layers[hovered].name}</strong>
            {measured && (
              <>
                <span>
                  {name} {measured.value.toFixed(3)}
                  {unit === 'bits' && say(' bits')}
                </span>
                {measured.mutual !== null && (
                  <span>{say('mutual {value} bits', { value: measured.mutual.toFixed(3) })}</span>
                )}
                {measured.null && (
                  <span>
                    {say('null {value} ± {value2}', {
                      value: measured.null.mean.toFixed(3),
                      value2: measured.null.sd.toFixed(3),
                    })}
                  </span>
                )}
                {measured.structure !== null && (
                  <span>{say('structure {value}', { value: measured.structure.toFixed(3) })}</span>
                )}
              </>
            )}
            {analysis.layers[hovered].outcome === 'none' && (
              <span>{say('no positive evidence at this layer')}</span>
            )}
          </div>
        )}
      </div>
      <FigureReading figure="entropy" width={width} />
      <ExportMenu
        title={say(title)}
        table
        print="entropy"
        figure={async () => {
          const { exportEntropy } = await loadCode(() => import('../files/explain-figures'));
          return exportEntropy(asMeasured());
        }}
      />
    </figure>
  );
}
