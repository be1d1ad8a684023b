import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { useExplain } from '../../../state/explain-store';
import { say } from '../../../text/say';
import { change } from '../explain-controller';
import styles from './region-marker.module.css';
import {
  borderOf,
  cornersOf,
  movedRegion,
  outlineOf,
  type Place,
  pathThrough,
  regionInText,
  regionInWords,
  regionOf,
} from './region-shape';

const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Of the picture's side, by an arrow key. */
const STEP = 0.02;
/** A pointer that moves less has clicked, as a share of the picture's side. */
const CLICK = 0.01;
/** What keys begin with. */
const MIDDLE = '0.3,0.3,0.7,0.7';

/**
 * The marked region over the large picture, and while it is being marked the surface that takes a drag: a box, or with Alt, or as the
 * lasso, an outline. Two clicks mark the opposite corners of a box. Arrow keys move it, with Shift they resize it, Delete takes it away, Escape ends.
 */
export function RegionMarker({
  way,
  width,
  height,
  onEnd,
}: {
  /** How a drag is taken; null while nothing is marked. */
  way: 'box' | 'lasso' | null;
  width: number;
  height: number;
  onEnd(): void;
}) {
  const within = useExplain(({ settings }) => settings.within);
  const [drawn, setDrawn] = useState<Place[] | null>(null);
  const drawing = useRef<{ lasso: boolean; places: Place[] } | null>(null);
  /** What was clicked, of a box whose opposite corner is to be clicked next. */
  const corner = useRef<Place | null>(null);
  const shape = regionOf(within);
  const placeOf = (event: PointerEvent<HTMLElement>): Place => {
    const box = event.currentTarget.getBoundingClientRect();
    const share = (value: number) => Math.max(0, Math.min(1, value));
    return [share((event.clientX - box.left) / box.width), share((event.clientY - box.top) / box.height)];
  };
  const size = { width, height };
  const border = drawn ? pathThrough(drawn, size) : shape && borderOf(shape, size);
  const boxOf = ([a, b]: readonly Place[]) => regionInText({ kind: 'box', corners: [a, b] });
  const finish = () => {
    const { current } = drawing;
    drawing.current = null;
    setDrawn(null);
    if (!current) return;
    const { lasso, places } = current;
    const [first, last] = [corner.current ?? places[0], places[places.length - 1]];
    const isClick = places.every(([x, y]) => Math.hypot(x - places[0][0], y - places[0][1]) < CLICK);
    corner.current = isClick && !lasso && !corner.current ? last : null;
    if (corner.current || (isClick && lasso)) return;
    const made = lasso ? outlineOf(places) : regionOf(boxOf([isClick ? first : places[0], last]));
    if (made) change({ within: regionInText(made) });
  };
  const press = (event: KeyboardEvent) => {
    const step = steps[event.key];
    const keys = ['Escape', 'Delete', 'Backspace', 'Enter'];
    if (!step && !keys.includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    corner.current = null;
    // The key before may not be drawn yet.
    const marked = regionOf(useExplain.getState().settings.within);
    if (event.key === 'Escape') onEnd();
    else if (event.key === 'Delete' || event.key === 'Backspace') change({ within: '' });
    else if (!marked) change({ within: MIDDLE });
    else if (step) {
      const [dx, dy] = step;
      const moved = event.shiftKey
        ? movedRegion(marked, 0, 0, (dx - dy) * STEP)
        : movedRegion(marked, dx * STEP, dy * STEP);
      change({ within: regionInText(moved) });
    }
  };
  return (
    <>
      {border && (
        <svg className={styles.outline} width={width} height={height} aria-hidden="true">
          <path className={styles.under} d={border} />
          <path className={styles.over} d={border} />
        </svg>
      )}
      {way && (
        <button
          type="button"
          className={styles.surface}
          aria-label={say('Region: {part}', { part: shape ? regionInWords(within) : say('none marked') })}
          aria-description={say(
            'Drag to mark it; arrow keys move it, with Shift they resize it, Delete takes it away, Escape ends',
          )}
          title={say('Drag over it, or click two opposite corners')}
          style={{ width, height }}
          onKeyDown={press}
          onPointerDown={(event) => {
            if (event.button !== 0) return;
            // A finger that marks does not swipe through the layers.
            event.stopPropagation();
            event.currentTarget.setPointerCapture(event.pointerId);
            drawing.current = { lasso: way === 'lasso' || event.altKey, places: [placeOf(event)] };
          }}
          onPointerMove={(event) => {
            const { current } = drawing;
            if (!current) return;
            current.places.push(placeOf(event));
            const last = current.places[current.places.length - 1];
            setDrawn(
              current.lasso
                ? [...current.places]
                : [...cornersOf({ kind: 'box', corners: [current.places[0], last] })],
            );
          }}
          onPointerUp={finish}
          onPointerCancel={finish}
        />
      )}
    </>
  );
}
