import { type CSSProperties, type KeyboardEvent, useCallback, useMemo, useRef } from 'react';
import { loadCode } from '../../../code/missing-code';
import { type Context2D, drawFilmStrip, filmStripLayout, filmStripLayoutOf } from '../../../figures';
import { asMeasured, useExplain, useStill } from '../../../state/explain-store';
import { useFigureTheme } from '../../../state/page-theme';
import { say } from '../../../text/say';
import { ExportMenu } from '../../../ui/ExportMenu';
import { FigureCanvas } from '../../../ui/FigureCanvas';
import { FollowedInThumbnails } from '../picture/FollowedSign';
import { layerForKey } from '../playback/player';
import { FigureReading } from '../reading/FigureReading';
import { selectLayer } from '../selection';
import { useTurnMarks } from '../turns/InTurn';
import { filmStripData } from '../view-model';
import { FoldedColumns } from './FoldedColumns';
import css from './film-strip.module.css';
import { LayerCursor } from './LayerCursor';
import { openColumn, partOf, placeIn, useColumns, useShownSpan } from './shown-layers';

/** A name stands so over its column that it leaves the strip at neither end. */
const towardsMiddle = (share: number) => ({ '--shift': `${-100 * share}%` }) as CSSProperties;

/** All layers as heat maps over the picture; a click, a tap or the arrow keys select one. */
export function FilmStrip({ width }: { width: number }) {
  const figure = useRef<HTMLElement>(null);
  useTurnMarks(figure);
  const shown = useStill();
  const theme = useFigureTheme();
  const layer = useExplain((state) => state.layer);
  const span = useShownSpan();
  const all = useMemo(() => filmStripData(shown), [shown]);
  const data = useMemo(() => all && partOf(all, span), [all, span]);
  const columns = useColumns();
  const place = useMemo(() => placeIn(span ?? { from: 0, to: all?.layers.length ?? 0 }), [span, all]);
  /** The columns that layers are folded into, by the layer each shows. */
  const folded = useMemo(
    () => new Map(columns?.filter(({ from, last }) => from < last).map((column) => [column.shows, column])),
    [columns],
  );
  const { height, boxes, thumbnails, drawn, names } = useMemo(
    () => (data ? filmStripLayoutOf(data, width) : filmStripLayout(width, 0)),
    [data, width],
  );
  const draw = useCallback(
    (context: Context2D) => {
      if (data) drawFilmStrip(context, data, { width, height }, theme);
    },
    [data, width, height, theme],
  );
  const thumbnailOf = (at: number | null) => (at !== null && drawn.has(at) ? thumbnails[at] : undefined);
  const press = (event: KeyboardEvent) => {
    // The key before may not be marked yet.
    const next = layerForKey(event.key, useExplain.getState().layer, all?.layers.length ?? 0);
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    selectLayer(next);
    // Those beyond the edges are there as well: the charts move along before the next picture is painted.
    (event.currentTarget.children[next] as HTMLElement | undefined)?.focus({ preventScroll: true });
  };
  return (
    <figure ref={figure} data-part="film-strip" className={css.filmStrip} style={{ width }}>
      <FigureCanvas label={say('All layers')} width={width} height={height} draw={draw}>
        <LayerCursor width={width} line={false} />
        <FollowedInThumbnails boxOf={(i) => thumbnailOf(place(i))} />
        <div role="radiogroup" aria-label={say('Layers')} onKeyDown={press}>
          {all?.layers.map(({ name, map, value, outcome }, i) => {
            const at = place(i);
            const box = at === null ? undefined : boxes[at];
            const column = folded.get(i);
            return (
              // biome-ignore lint/a11y/useSemanticElements: a transparent target over the drawing, not a form field.
              <button
                key={name}
                type="button"
                role="radio"
                aria-checked={i === layer}
                aria-label={`${name}, ${map?.width} × ${map?.height}${outcome === 'none' ? say(', no positive evidence') : ''}${value === null ? '' : say(', entropy {value}', { value: value.toFixed(3) })}${column ? say(', of {n} layers in one column', { n: column.last - column.from + 1 }) : ''}`}
                data-name={at !== null && names.labels[at] === name && !names.turned ? undefined : name}
                data-beyond={box ? undefined : 'true'}
                data-folded={column ? column.last - column.from + 1 : undefined}
                tabIndex={i === layer ? 0 : -1}
                onClick={() => {
                  selectLayer(i);
                  if (column) openColumn(column.last, true);
                }}
                style={
                  box && {
                    ...towardsMiddle((at ?? 0) / Math.max(1, boxes.length - 1)),
                    left: box.x,
                    top: box.y,
                    width: box.width,
                    height: box.height,
                  }
                }
              />
            );
          })}
        </div>
        {columns && <FoldedColumns columns={columns} boxes={boxes} thumbnails={thumbnails} drawn={drawn} />}
      </FigureCanvas>
      <FigureReading figure="layers" width={width} />
      <ExportMenu
        title={say('All layers')}
        print="layers"
        figure={async () => {
          const { exportFilmStrip } = await loadCode(() => import('../files/explain-figures'));
          return exportFilmStrip(asMeasured());
        }}
      />
    </figure>
  );
}
