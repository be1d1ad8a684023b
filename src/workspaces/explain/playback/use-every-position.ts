import { useLayoutEffect } from 'react';
import { useExplain } from '../../../state/explain-store';

/**
 * Calls `move` with the position between the layers after every rendering and whenever it changes: up to every frame, past React, which would
 * render the whole component for a line that moves by a pixel.
 */
export function useEveryPosition(move: (position: number) => void): void {
  const rendered = useExplain((state) => state.analysis);
  // Subscribed anew after every rendering, so that `move` sees what was rendered.
  useLayoutEffect(() => {
    const { position, analysis } = useExplain.getState();
    // `move` knows the layers that were rendered; with others it is called after they are.
    if (analysis === rendered) move(position);
    return useExplain.subscribe((state, before) => {
      if (state.position !== before.position && state.analysis === rendered) move(state.position);
    });
  });
}
