import type { KeyboardEvent, MouseEvent, PointerEvent } from 'react';
import type { Patch } from '../../../saliency/attention/patch-at';
import { useExplain } from '../../../state/explain-store';
import { say } from '../../../text/say';
import { change } from '../explain-controller';
import { patchInWords, patchOf, tokenOf } from '../layers/attention-words';
import css from './picture-column.module.css';

const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/**
 * The patch whose attention is shown, over the large picture: a click or the arrow keys point at another, Escape at none. There
 * only for the method that shows the attention of a single token.
 */
export function PatchPicker({
  width,
  height,
  onPointerMove,
  onPointerLeave,
}: {
  width: number;
  height: number;
  onPointerMove(event: PointerEvent<HTMLElement>): void;
  onPointerLeave(): void;
}) {
  const attention = useExplain((state) => state.manifest?.attention);
  const { method, token } = useExplain((state) => state.settings);
  if (method !== 'attention' || !attention) return null;
  const { grid, hasClassToken } = attention;
  const [rows, columns] = grid;
  const patch = patchOf(token, grid);
  const point = (next: Patch) => {
    if (tokenOf(next, grid) !== useExplain.getState().settings.token) change({ token: tokenOf(next, grid) });
  };
  const click = ({ clientX, clientY, currentTarget, detail }: MouseEvent<HTMLElement>) => {
    // Enter and the space bar click too, at no place.
    if (detail === 0) return;
    const box = currentTarget.getBoundingClientRect();
    const cell = (share: number, count: number) =>
      Math.min(count - 1, Math.max(0, Math.floor(share * count)));
    point({
      column: cell((clientX - box.left) / box.width, columns),
      row: cell((clientY - box.top) / box.height, rows),
    });
  };
  const press = (event: KeyboardEvent) => {
    const step = steps[event.key];
    if (!step && event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    // The key before may not be drawn yet.
    const pointed = patchOf(useExplain.getState().settings.token, grid);
    if (!step) change({ token: '' });
    else if (!pointed) point({ column: Math.floor(columns / 2), row: Math.floor(rows / 2) });
    else {
      const within = (place: number, count: number) => Math.min(count - 1, Math.max(0, place));
      point({ column: within(pointed.column + step[0], columns), row: within(pointed.row + step[1], rows) });
    }
  };
  const whose = hasClassToken ? say('the class token') : say('all tokens on average');
  return (
    <button
      type="button"
      className={css.patchPicker}
      aria-label={say('Patch that looks: {part}', {
        part: patch ? patchInWords(patch, grid) : say('none, {whose}', { whose }),
      })}
      aria-description={say('Arrow keys point at a patch, Escape at none')}
      style={{ width, height }}
      onClick={click}
      onKeyDown={press}
      onPointerMove={onPointerMove}
      onPointerLeave={onPointerLeave}
    >
      {patch && (
        <span
          style={{
            left: `${(patch.column * 100) / columns}%`,
            top: `${(patch.row * 100) / rows}%`,
            width: `${100 / columns}%`,
            height: `${100 / rows}%`,
          }}
        />
      )}
    </button>
  );
}
