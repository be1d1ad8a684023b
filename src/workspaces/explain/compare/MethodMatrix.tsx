import { type KeyboardEvent, useCallback, useMemo } from 'react';
import { type Context2D, drawMethodMatrix, MATRIX_GUTTER, methodMatrixLayout } from '../../../figures';
import { useComparison } from '../../../state/comparison-store';
import { asMeasured, useShown } from '../../../state/explain-store';
import { useFigureTheme } from '../../../state/page-theme';
import { say } from '../../../text/say';
import { ExportMenu } from '../../../ui/ExportMenu';
import { FigureCanvas, useSize } from '../../../ui/FigureCanvas';
import { selectLayer } from '../selection';
import css from './compare.module.css';
import { comparedMethods } from './compared-methods';
import { takeOver } from './comparison';
import { mapInWords, methodMatrixData } from './comparison-view';
import { exportMethodMatrix } from './export-comparison';

const title = 'Saliency methods by layer';
/** Narrowest column in which a heat map still shows something, in CSS pixels. */
const narrowestColumn = 34;

/** All methods by all layers; a click or Enter takes method and layer over, arrow keys walk from cell to cell. */
export function MethodMatrix() {
  const shown = useShown();
  const { of, methods } = useComparison();
  const theme = useFigureTheme();
  const { ref, width: room } = useSize<HTMLDivElement>();
  const data = useMemo(() => methodMatrixData({ of, methods }, shown), [of, methods, shown]);
  const width = Math.max(room, data.layers.length * narrowestColumn + MATRIX_GUTTER);
  const { height, cells } = useMemo(() => methodMatrixLayout(width, data), [width, data]);
  const draw = useCallback(
    (context: Context2D) => drawMethodMatrix(context, data, { width, height }, theme),
    [data, width, height, theme],
  );
  const has = (row: number, column: number) => methods[comparedMethods[row]]?.[column] !== undefined;
  const walk = (event: KeyboardEvent, row: number, column: number) => {
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    const next = { row: row + step[0], column: column + step[1] };
    // Methods that were not computed for this layer are stepped over.
    while (comparedMethods[next.row] && step[0] !== 0 && !has(next.row, next.column)) next.row += step[0];
    if (!has(next.row, next.column)) return;
    selectLayer(next.column);
    event.currentTarget.parentElement?.querySelector<HTMLElement>(`[data-cell="${cellKey(next)}"]`)?.focus();
  };
  const entry = has(data.selected?.row ?? 0, shown.layer) ? (data.selected?.row ?? 0) : 0;
  return (
    <figure>
      <div className={css.heading}>
        <h3>{say('All layers')}</h3>
        <ExportMenu
          title={say(title)}
          table
          figure={() => exportMethodMatrix(useComparison.getState(), asMeasured())}
        />
      </div>
      <div className={css.scroller} ref={ref}>
        <FigureCanvas label={say(title)} width={width} height={height} draw={draw}>
          {/* biome-ignore lint/a11y/useSemanticElements: targets over a drawing, not a form. */}
          <div role="group" aria-label={say('Methods by layer')}>
            {comparedMethods.map((method, row) =>
              data.layers.map((name, column) => {
                const there = methods[method]?.[column];
                if (!there) return null;
                const { x, y, width: wide, height: high } = cells[row][column];
                return (
                  <button
                    key={`${method} ${name}`}
                    type="button"
                    className={css.cell}
                    data-cell={cellKey({ row, column })}
                    aria-label={`${name}: ${mapInWords(method, there)}`}
                    aria-current={row === data.selected?.row && column === shown.layer ? 'true' : undefined}
                    tabIndex={row === entry && column === shown.layer ? 0 : -1}
                    onClick={() => takeOver(method, column)}
                    onKeyDown={(event) => walk(event, row, column)}
                    style={{ left: x, top: y, width: wide, height: high }}
                  />
                );
              }),
            )}
          </div>
        </FigureCanvas>
      </div>
    </figure>
  );
}

const steps: Record<string, [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

const cellKey = ({ row, column }: { row: number; column: number }) => `${row}-${column}`;
