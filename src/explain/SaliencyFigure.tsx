import { type PointerEvent, useCallback, useMemo, useState } from 'react';
import { type Context2D, drawSaliency, type SaliencyGrid, saliencyHeight } from '../figures';
import { useExplain, useShown } from '../state/explain-store';
import { useFigureTheme } from '../state/theme';
import { pointAt } from './controller';
import { ExportMenu } from './ExportMenu';
import { exportSaliency } from './export-figures';
import { FigureCanvas, useSize } from './FigureCanvas';
import { FollowedSign } from './FollowedSign';
import { signAtPlace } from './sign-outlines';
import { saliencyData } from './view-model';

interface Cell {
  column: number;
  row: number;
}

/** "0.0123 at column 3, row 5 of 14 × 14"; null outside, where the map has changed under the pointer. */
function valueAt({ values, width, height }: SaliencyGrid, { column, row }: Cell): string | null {
  if (column >= width || row >= height) return null;
  return `${values[row * width + column].toPrecision(3)} at column ${column + 1}, row ${row + 1} of ${width} × ${height}`;
}

/** The picture with the selected layer's heat map over it, its colour bar, and the value under the pointer. */
export function SaliencyFigure() {
  const shown = useShown();
  const theme = useFigureTheme();
  const { ref, width } = useSize<HTMLElement>();
  const { picture } = shown;
  const data = useMemo(() => saliencyData(shown), [shown]);
  const height = data && width > 0 ? saliencyHeight(width, data) : width;
  const draw = useCallback(
    (context: Context2D) => {
      if (data) drawSaliency(context, data, { width, height }, theme);
    },
    [data, width, height, theme],
  );
  const [pointed, setPointed] = useState<Cell | null>(null);
  const point = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const [x, y] = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
    const inside = x >= 0 && x < 1 && y >= 0 && y < 1;
    setPointed(
      data && inside
        ? { column: Math.floor(x * data.map.width), row: Math.floor(y * data.map.height) }
        : null,
    );
    const { signs, layer } = useExplain.getState();
    pointAt(signs && inside ? signAtPlace(signs, layer, x, y) : null);
  };
  const value = data && pointed ? valueAt(data.map, pointed) : null;
  const title = `Saliency of ${data?.layer ?? 'the last layer'}`;
  return (
    <figure className="saliency" ref={ref}>
      <FigureCanvas label={title} width={width} height={height} draw={draw}>
        <div
          className="probe"
          aria-hidden="true"
          style={{ width, height: width / (data?.aspect ?? 1) }}
          onPointerMove={point}
          onPointerLeave={() => {
            setPointed(null);
            pointAt(null);
          }}
        />
        {data && <FollowedSign style={{ width, height: Math.round(width / (data.aspect ?? 1)) }} />}
      </FigureCanvas>
      <figcaption>
        {value === null ? (
          <span>{picture && `${picture.name}, ${picture.width} × ${picture.height}`}</span>
        ) : (
          <output>{value}</output>
        )}
        <ExportMenu title={title} figure={() => exportSaliency(useExplain.getState())} />
      </figcaption>
    </figure>
  );
}
