import { engine } from '../../../../engine/engine-client';
import type { SaliencyGrid } from '../../../../figures';
import { networkRequest } from '../../../../models/networks';
import type { Prediction } from '../../../../network/prediction';
import { cropPicture } from '../../../../picture/crop-picture';
import type { InputPicture } from '../../../../picture/picture';
import { resizePicture } from '../../../../picture/resize-picture';
import type { AnalyseResult } from '../../../../saliency/analysis';
import { useExplain } from '../../../../state/explain-store';
import { theWinner } from '../../../../state/settings';
import { say } from '../../../../text/say';
import { attentionRequest } from '../../layers/attention-words';
import { askedTarget } from '../../target/asked-target';
import { createSmoothing, rateOf } from './smoothing';

/** A frame of a moving picture, explained at the last layer. */
export interface LiveFrame {
  /** The whole frame; closed when the next but one comes. */
  whole: ImageBitmap;
  /** The part of it that the network sees. */
  seen: OffscreenCanvas;
  /** The last layer's map, smoothed over frames. */
  map: SaliencyGrid;
  outcome: 'evidence' | 'none';
  layer: string;
  /** Most probable first. */
  predictions: Prediction[];
  target: AnalyseResult['target'];
  /** Frames a second, over the last ones; null for the first. */
  rate: number | null;
}

/** So many frames the rate is told of. */
const counted = 12;

/**
 * Explains one frame of a video after the other, each as soon as the one before is done, until the signal aborts. What is explained is
 * the class that the settings name; regions, boxes and likenesses belong to one picture.
 */
export async function explainLive(
  video: HTMLVideoElement,
  { signal, onFrame }: { signal: AbortSignal; onFrame(frame: LiveFrame): void },
): Promise<void> {
  const smooth = createSmoothing();
  const times: number[] = [];
  /** The frames that may still be on screen. */
  const held: ImageBitmap[] = [];
  while (!signal.aborted) {
    await nextFrame(video, signal);
    const { settings, analysis, manifest } = useExplain.getState();
    const layer = analysis?.layers.at(-1)?.name;
    if (!manifest || !layer) throw new Error(say('no network is open yet'));
    const [height, width] = manifest.inputShape;
    const frame = await createImageBitmap(video);
    const crop = cropPicture(frame, { width, height });
    const result = await engine.call(
      'analyse',
      {
        ...networkRequest(settings),
        input: inputOf(crop, { width, height }),
        method: settings.method,
        target: askedTarget({ ...theWinner, target: settings.target, against: settings.against }),
        pooling: settings.pooling,
        only: [layer],
        ...attentionRequest(settings),
      },
      { signal },
    );
    const [shown] = result.layers;
    times.push(performance.now());
    if (times.length > counted) times.shift();
    held.push(frame);
    if (held.length > 2) held.shift()?.close();
    onFrame({
      ...{ whole: frame, seen: crop.element, layer, rate: rateOf(times) },
      map: smooth(shown.map, result.target.index),
      outcome: shown.outcome,
      predictions: result.predictions,
      target: result.target,
    });
  }
}

const inputOf = (
  { context, width, height }: ReturnType<typeof cropPicture>,
  size: { width: number; height: number },
): InputPicture => ({
  rgba: resizePicture(context.getImageData(0, 0, width, height).data, width, height, size.width, size.height),
  ...size,
});

/** Waits for a frame that was not seen yet, where the browser tells (not every one does), else for the next painting. */
function nextFrame(video: HTMLVideoElement, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    const come = () => {
      signal.removeEventListener('abort', stop);
      resolve();
    };
    if ('requestVideoFrameCallback' in video) video.requestVideoFrameCallback(come);
    else requestAnimationFrame(come);
  });
}
