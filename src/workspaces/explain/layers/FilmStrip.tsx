import { type KeyboardEvent, useCallback, useMemo } from 'react';
import { type Context2D, drawFilmStrip, filmStripLayout, filmStripLayoutOf } from '../../../figures';
import { useExplain, useStill } from '../../../state/explain-store';
import { useFigureTheme } from '../../../state/page-theme';
import { ExportMenu } from '../../../ui/ExportMenu';
import { FigureCanvas } from '../../../ui/FigureCanvas';
import { exportFilmStrip } from '../files/explain-figures';
import { FollowedInThumbnails } from '../picture/FollowedSign';
import { layerForKey } from '../playback/player';
import { selectLayer } from '../selection';
import { filmStripData } from '../view-model';
import { LayerCursor } from './LayerCursor';

/** All layers as heat maps over the picture; a click, a tap or the arrow keys select one. */
export function FilmStrip({ width }: { width: number }) {
  const shown = useStill();
  const theme = useFigureTheme();
  const layer = useExplain((state) => state.layer);
  const data = useMemo(() => filmStripData(shown), [shown]);
  const { height, boxes, thumbnails } = useMemo(
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
    const next = layerForKey(event.key, layer, boxes.length);
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    selectLayer(next);
    (event.currentTarget.children[next] as HTMLElement | undefined)?.focus();
  };
  return (
    <figure className="film-strip" style={{ width }}>
      <FigureCanvas label="All layers" width={width} height={height} draw={draw}>
        <LayerCursor width={width} line={false} />
        <FollowedInThumbnails boxes={thumbnails} />
        <div role="radiogroup" aria-label="Layers" onKeyDown={press}>
          {data?.layers.map(({ name, map, value, outcome }, i) => (
            // biome-ignore lint/a11y/useSemanticElements: a transparent target over the drawing, not a form field.
            <button
              key={name}
              type="button"
              role="radio"
              aria-checked={i === layer}
              aria-label={`${name}, ${map?.width} × ${map?.height}${outcome === 'none' ? ', no positive evidence' : ''}${value === null ? '' : `, entropy ${value.toFixed(3)}`}`}
              tabIndex={i === layer ? 0 : -1}
              onClick={() => selectLayer(i)}
              style={
                boxes[i] && {
                  left: boxes[i].x,
                  top: boxes[i].y,
                  width: boxes[i].width,
                  height: boxes[i].height,
                }
              }
            />
          ))}
        </div>
      </FigureCanvas>
      <ExportMenu title="All layers" print="layers" figure={() => exportFilmStrip(useExplain.getState())} />
    </figure>
  );
}
