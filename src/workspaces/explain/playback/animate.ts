import { useExplain } from '../../../state/explain-store';
import { moveTo } from '../selection';

/**
 * Moves the position frame by frame along `path`, which is given milliseconds since the start, until it has come to `end`. It ends early when
 * anything else moves the position meanwhile, or another picture takes its place.
 *
 * @param ended told when it ends by itself
 * @returns a function that stops it
 */
export function animate(path: (elapsed: number) => number, end: number, ended?: () => void): () => void {
  const { analysis } = useExplain.getState();
  const begun = performance.now();
  let last = useExplain.getState().position;
  let frame = requestAnimationFrame(function step(now) {
    const { analysis: shown, position } = useExplain.getState();
    if (shown === analysis && position === last) {
      last = path(Math.max(0, now - begun));
      moveTo(last);
      if (last !== end) {
        frame = requestAnimationFrame(step);
        return;
      }
    }
    ended?.();
  });
  return () => cancelAnimationFrame(frame);
}
