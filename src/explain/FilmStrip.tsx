import { type KeyboardEvent, useCallback, useMemo } from 'react';
import { type Context2D, drawFilmStrip, filmStripLayout, filmStripLayoutOf } from '../figures';
import { useExplain, useShown } from '../state/explain-store';
import { useFigureTheme } from '../state/theme';
import { selectLayer } from './controller';
import { ExportMenu } from './ExportMenu';
import { exportFilmStrip } from './export-figures';
import { FigureCanvas } from './FigureCanvas';
import { FollowedInThumbnails } from './FollowedSign';
import { layerForKey } from './player';
import { filmStripData } from './view-model';

/** All layers as heat maps over the picture; a click, a tap or the arrow keys select one. */
export function FilmStrip({ width }: { width: number }) {
  const shown = useShown();
  const theme = useFigureTheme();
  const { layer } = shown;
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
      <ExportMenu title="All layers" figure={() => exportFilmStrip(useExplain.getState())} />
    </figure>
  );
}
