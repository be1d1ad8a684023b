import { useCallback, useEffect, useState } from 'react';
import type { AnalyseResult } from '../../../saliency/analysis';
import { useExplain } from '../../../state/explain-store';
import { lessMotion } from '../../../ui/less-motion';
import { moveTo } from '../selection';
import { animate } from './animate';
import { layerAt, positionAt, type Speed, startOf } from './player';

/** Playing through the layers, and its speed. */
export function usePlayback() {
  const analysis = useExplain((state) => state.analysis);
  // What is played, not that something is: another picture ends playback.
  const [played, setPlayed] = useState<AnalyseResult | null>(null);
  const playing = played !== null && played === analysis;
  const setPlaying = useCallback((on: boolean) => setPlayed(on ? useExplain.getState().analysis : null), []);
  const [speed, setSpeed] = useState<Speed>(1);
  const count = analysis?.layers.length ?? 0;
  useEffect(() => {
    if (!playing) return;
    const start = startOf(useExplain.getState().position, count);
    moveTo(lessMotion() ? Math.round(start) : start);
    const at = lessMotion() ? layerAt.bind(null, Math.round(start)) : positionAt.bind(null, start);
    return animate(
      (elapsed) => at(count, elapsed, speed),
      count - 1,
      () => setPlaying(false),
    );
  }, [playing, setPlaying, speed, count]);
  return { playing, setPlaying, speed, setSpeed };
}
