import { type PointerEvent, useRef } from 'react';
import { useExplain } from '../../../state/explain-store';
import { letGo, scrub } from '../playback/scrub';

/** Way of the finger from one layer to the next, in CSS pixels. */
const perLayer = 90;

/** From this far on a finger that moves sideways is a swipe, and no tap. */
const least = 10;

/**
 * Handlers for the picture: a finger swiped to the left goes on through the layers, to the right back. What moves up or down scrolls
 * the page, as the style `touch-action: pan-y` has it.
 */
export function useSwipe() {
  const from = useRef<{ pointer: number; x: number; position: number; moved: boolean } | null>(null);
  const end = ({ pointerId }: PointerEvent) => {
    const swipe = from.current;
    if (swipe?.pointer !== pointerId) return;
    from.current = null;
    if (swipe.moved) letGo();
  };
  return {
    onPointerDown({ pointerType, isPrimary, pointerId, clientX }: PointerEvent) {
      const { analysis, position } = useExplain.getState();
      if (pointerType !== 'touch' || !isPrimary || !analysis) return;
      from.current = { pointer: pointerId, x: clientX, position, moved: false };
    },
    onPointerMove({ pointerId, clientX }: PointerEvent) {
      const swipe = from.current;
      const { analysis } = useExplain.getState();
      if (swipe?.pointer !== pointerId || !analysis) return;
      const way = swipe.x - clientX;
      swipe.moved ||= Math.abs(way) > least;
      if (!swipe.moved) return;
      scrub(Math.max(0, Math.min(analysis.layers.length - 1, swipe.position + way / perLayer)));
    },
    onPointerUp: end,
    onPointerCancel: end,
  };
}
