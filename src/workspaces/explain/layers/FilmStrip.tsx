import { type CSSProperties, type KeyboardEvent, useCallback, useMemo } from 'react';
import { loadCode } from '../../../code/missing-code';
import { type Context2D, drawFilmStrip, filmStripLayout, filmStripLayoutOf } from '../../../figures';
import { useExplain, useStill } from '../../../state/explain-store';
import { useFigureTheme } from '../../../state/page-theme';
import { say } from '../../../text/say';
import { ExportMenu } from '../../../ui/ExportMenu';
import { FigureCanvas } from '../../../ui/FigureCanvas';
import { FollowedInThumbnails } from '../picture/FollowedSign';
import { layerForKey } from '../playback/player';
import { FigureReading } from '../reading/FigureReading';
import { selectLayer } from '../selection';
import { filmStripData } from '../view-model';
import css from './film-strip.module.css';
import { LayerCursor } from './LayerCursor';
import { partOf, useShownSpan } from './shown-layers';

/** A name stands so over its column that it leaves the strip at neither end. */
const towardsMiddle = (share: number) => ({ '--shift': `${-100 * share}%` }) as CSSProperties;

/** All layers as heat maps over the picture; a click, a tap or the arrow keys select one. */
export function FilmStrip({ width }: { width: number }) {
  const shown = useStill();
  const theme = useFigureTheme();
  const layer = useExplain((state) => state.layer);
  const span = useShownSpan();
  const all = useMemo(() => filmStripData(shown), [shown]);
  const data = useMemo(() => all && partOf(all, span), [all, span]);
  const first = span?.from ?? 0;
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
  const press = (event: KeyboardEvent) => {
    const next = layerForKey(event.key, layer, all?.layers.length ?? 0);
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    selectLayer(next);
    // Those beyond the edges are there as well: the charts move along before the next picture is painted.
    (event.currentTarget.children[next] as HTMLElement | undefined)?.focus({ preventScroll: true });
  };
  return (
    <figure data-part="film-strip" className={css.filmStrip} style={{ width }}>
      <FigureCanvas label={say('All layers')} width={width} height={height} draw={draw}>
        <LayerCursor width={width} line={false} />
        <FollowedInThumbnails boxOf={(i) => (drawn.has(i - first) ? thumbnails[i - first] : undefined)} />
        <div role="radiogroup" aria-label={say('Layers')} onKeyDown={press}>
          {all?.layers.map(({ name, map, value, outcome }, i) => (
            // biome-ignore lint/a11y/useSemanticElements: a transparent target over the drawing, not a form field.
            <button
              key={name}
              type="button"
              role="radio"
              aria-checked={i === layer}
              aria-label={`${name}, ${map?.width} × ${map?.height}${outcome === 'none' ? ', no positive evidence' : ''}${value === null ? '' : `, entropy ${value.toFixed(3)}`}`}
              data-name={names.labels[i - first] === name && !names.turned ? undefined : name}
              data-beyond={boxes[i - first] ? undefined : 'true'}
              tabIndex={i === layer ? 0 : -1}
              onClick={() => selectLayer(i)}
              style={
                boxes[i - first] && {
                  ...towardsMiddle((i - first) / Math.max(1, boxes.length - 1)),
                  left: boxes[i - first].x,
                  top: boxes[i - first].y,
                  width: boxes[i - first].width,
                  height: boxes[i - first].height,
                }
              }
            />
          ))}
        </div>
      </FigureCanvas>
      <FigureReading figure="layers" width={width} />
      <ExportMenu
        title={say('All layers')}
        print="layers"
        figure={async () => {
          const { exportFilmStrip } = await loadCode(() => import('../files/explain-figures'));
          return exportFilmStrip(useExplain.getState());
        }}
      />
    </figure>
  );
}
