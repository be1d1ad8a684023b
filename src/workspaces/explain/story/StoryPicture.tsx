import { useCallback, useEffect, useMemo, useRef } from 'react';
import { type Context2D, type SaliencyFrame, saliencyFrame } from '../../../figures';
import { useExplain } from '../../../state/explain-store';
import { useFigureTheme } from '../../../state/page-theme';
import { say } from '../../../text/say';
import { FigureCanvas, useSize } from '../../../ui/FigureCanvas';
import { lessMotion } from '../../../ui/less-motion';
import styles from './story.module.css';
import { storyPictureData } from './story-figures';
import type { StoryStep } from './story-steps';

/** Milliseconds from one layer to another, however many lie between. */
const glide = 1100;

/** The picture as large as there is room; from layer to layer the map moves, unless less motion is asked for. */
export function StoryPicture({ picture }: { picture: StoryStep['picture'] }) {
  const shown = useExplain((state) => state);
  const { analysis, signs, settings } = shown;
  const theme = useFigureTheme();
  const { ref, width: room, height: roomBelow } = useSize<HTMLDivElement>();
  const aspect = shown.picture ? shown.picture.input.width / shown.picture.input.height : 1;
  const width = Math.floor(Math.min(room, roomBelow * aspect));
  const height = Math.floor(width / aspect);
  const plain = picture === 'plain';
  const look = [
    settings.colours,
    settings.opacity,
    settings.smoothing,
    settings.view,
    settings.scaling,
  ].join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: of the settings only the look is drawn.
  const frame = useMemo((): SaliencyFrame | null => {
    const data = storyPictureData({ analysis, picture: shown.picture, signs, settings }, plain ? 'plain' : 0);
    return data && saliencyFrame(data, theme);
  }, [analysis, shown.picture, signs, look, theme, plain]);
  const target = typeof picture === 'number' ? picture : 0;
  const position = useRef(target);
  const canvas = useRef<HTMLCanvasElement>(null);
  const draw = useCallback(
    (context: Context2D) => {
      if (width > 0) frame?.(context, position.current, { x: 0, y: 0, width, height });
    },
    [frame, width, height],
  );
  useEffect(() => {
    const from = position.current;
    const begun = performance.now();
    const still = plain || lessMotion() || from === target;
    let next = 0;
    const move = (now: number) => {
      const share = still ? 1 : Math.max(0, Math.min(1, (now - begun) / glide));
      position.current = share === 1 ? target : from + (target - from) * share * share * (3 - 2 * share);
      const context = canvas.current?.getContext('2d');
      if (context) draw(context);
      if (share < 1) next = requestAnimationFrame(move);
    };
    move(begun);
    return () => cancelAnimationFrame(next);
  }, [target, plain, draw]);
  const layer = analysis?.layers[target]?.name;
  const label = plain
    ? say('The picture: {name}', { name: shown.picture?.name })
    : say('The map of {layer}, its signs outlined', { layer });
  return (
    <div className={styles.picture} ref={ref}>
      <FigureCanvas label={label} width={width} height={height} draw={draw} canvas={canvas} />
    </div>
  );
}
