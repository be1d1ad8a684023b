import { type KeyboardEvent, type PointerEvent, type RefObject, useEffect, useRef } from 'react';
import { layerAxis } from '../../../figures';
import { useExplain } from '../../../state/explain-store';
import { letGo } from '../playback/scrub';
import { moved, pinched, zoomed } from './layer-span';
import { shownPart, shownSpan, showSpan } from './shown-layers';

/** What a key makes of the number of layers shown. */
const STEP = 1.5;
/** How much a pixel of the wheel does. */
const WHEEL = 0.008;

const countOf = () => useExplain.getState().analysis?.layers.length ?? 0;

/** Shows more layers, or fewer about the selected one. */
export function zoomBy(factor: number): void {
  showSpan(zoomed(countOf(), shownPart(), factor, useExplain.getState().layer));
}

/** Plus and minus widen the columns and narrow them again, 0 gives all layers back. */
export function zoomByKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement) return;
  if (event.key === '+' || event.key === '=') zoomBy(1 / STEP);
  else if (event.key === '-') zoomBy(STEP);
  else if (event.key === '0') showSpan(null);
  else return;
  event.preventDefault();
}

/**
 * The wheel over the charts, with Ctrl or ⌘ as a pinch on a touchpad sends it, widens columns about the pointer; sideways, it moves
 * along. Two fingers hold the layers under them.
 */
export function useSpanGestures(ref: RefObject<HTMLElement | null>, width: number) {
  useEffect(() => {
    const element = ref.current;
    if (!element || width === 0) return;
    const wheel = (event: WheelEvent) => {
      const [count, span] = [countOf(), shownPart()];
      if (count === 0) return;
      const axis = layerAxis(width, count, undefined, shownSpan() ?? undefined);
      if (event.ctrlKey || event.metaKey) {
        const at = axis.position(event.clientX - element.getBoundingClientRect().left);
        showSpan(zoomed(count, span, Math.exp(event.deltaY * WHEEL), at));
      } else if (span) {
        const along = event.shiftKey ? event.deltaX || event.deltaY : event.deltaX;
        if (Math.abs(along) < Math.abs(event.shiftKey ? 0 : event.deltaY)) return;
        const by = Math.sign(along) * Math.max(1, Math.round(Math.abs(along) / axis.step));
        if (along !== 0) showSpan(moved(count, span, by));
      } else return;
      event.preventDefault();
    };
    element.addEventListener('wheel', wheel, { passive: false });
    return () => element.removeEventListener('wheel', wheel);
  }, [ref, width]);

  const fingers = useRef(new Map<number, number>());
  const held = useRef<[number, number] | null>(null);
  const place = (event: PointerEvent<HTMLElement>) =>
    event.clientX - event.currentTarget.getBoundingClientRect().left;
  const lift = (event: PointerEvent) => {
    fingers.current.delete(event.pointerId);
    if (fingers.current.size < 2) held.current = null;
  };
  return {
    onKeyDown: zoomByKey,
    onPointerDownCapture(event: PointerEvent<HTMLElement>) {
      if (event.pointerType !== 'touch' || countOf() === 0) return;
      fingers.current.set(event.pointerId, place(event));
      if (fingers.current.size !== 2) return;
      // The first finger has begun to scrub: the second one makes a pinch of it.
      event.stopPropagation();
      letGo();
      const axis = layerAxis(width, countOf(), undefined, shownSpan() ?? undefined);
      const [a, b] = [...fingers.current.values()];
      held.current = [axis.position(a), axis.position(b)];
    },
    onPointerMoveCapture(event: PointerEvent<HTMLElement>) {
      if (!fingers.current.has(event.pointerId)) return;
      fingers.current.set(event.pointerId, place(event));
      if (!held.current) return;
      event.stopPropagation();
      const { left, right } = layerAxis(width, countOf());
      const [a, b] = [...fingers.current.values()].map((x) => (x - left) / (right - left));
      showSpan(pinched(countOf(), held.current, [a, b]));
    },
    onPointerUpCapture: lift,
    onPointerCancelCapture: lift,
  };
}
