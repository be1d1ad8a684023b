import { engine, measures, signFinder } from '../../../../engine/engine-client';
import { nullShuffles } from '../../../../engine/measure/null-shuffles';
import { baseName, type NamedFile } from '../../../../files/named-file';
import { networkRequest } from '../../../../models/networks';
import { settle, warn } from '../../../../state/alerts';
import { useExplain } from '../../../../state/explain-store';
import { createLatestWork } from '../../../../state/latest-work';
import { theWinner } from '../../../../state/settings';
import { type OpenVideo, useVideo, type VideoFrame } from '../../../../state/video-store';
import { messageOf } from '../../../../text/message-of';
import { say } from '../../../../text/say';
import { shortened } from '../../../../text/shorten';
import { openFile } from '../../explain-controller';
import { attentionRequest } from '../../layers/attention-words';
import { measuredAs, nullSeed } from '../../layers/measure-layers';
import { decode } from '../../picture/picture-source';
import { askedTarget } from '../../target/asked-target';
import { framesOf } from './read-video';

/** How many frames can be taken, and how many are at first. */
export const frameCounts = [6, 12, 24, 48] as const;
export const framesAtFirst = 12;

const reading = createLatestWork();
const explaining = createLatestWork();
const measuring = createLatestWork();
const following = { stop: null as (() => void) | null };

const now = () => useVideo.getState().video;
const set = (changes: Partial<OpenVideo>) => {
  const video = now();
  if (video) useVideo.setState({ video: { ...video, ...changes } });
};

/**
 * Takes frames of a video, evenly over its time, and explains each of them; the first one is opened as a picture.
 * @returns whether it could be read; why not is said
 */
export async function openVideo({ path, blob }: NamedFile, wanted: number = framesAtFirst): Promise<boolean> {
  const name = baseName(path);
  const { manifest } = useExplain.getState();
  if (!manifest) return false;
  const before = now();
  try {
    return (
      (await reading.run(async (signal) => {
        const frames: VideoFrame[] = [];
        for await (const { seconds, file } of framesOf(blob, wanted, signal)) {
          const at = `${name} at ${seconds.toFixed(2)} s.png`;
          const picture = await decode(file, at, '', signal, manifest);
          frames.push({ seconds, picture, analysis: null });
          const progress =
            frames.length < wanted
              ? say('Reading frame {frames} of {wanted}', { frames: frames.length + 1, wanted })
              : null;
          const video = { name, file: blob, wanted, frames: [...frames], measured: null, progress };
          useVideo.setState({ video });
        }
        follow();
        void explainFrames();
        if (before?.file !== blob) await openFrame(0);
        return true;
      })) ?? true
    );
  } catch (error) {
    useVideo.setState({ video: before });
    const why = error instanceof Error && error.name === 'VideoError' ? ' ' : ': ';
    warn('explain', `${shortened(name)}${why}${messageOf(error)}`);
    return false;
  }
}

/** Shows a frame as the picture it is, with everything that is known of pictures. */
export async function openFrame(at: number): Promise<void> {
  const frame = now()?.frames[at];
  if (frame) await openFile(frame.picture.file, frame.picture.name);
}

/** Puts the video away; the picture on screen stays. */
export function closeVideo(): void {
  for (const work of [reading, explaining, measuring]) work.end();
  following.stop?.();
  following.stop = null;
  for (const { picture } of now()?.frames ?? []) picture.display.close();
  useVideo.setState({ video: null });
}

/** What the frames are explained by, and what they are measured by. */
function keysOf({ settings, analysis, layer }: ReturnType<typeof useExplain.getState>) {
  const { target, against, method, token, head, pooling, tau, theta } = settings;
  const run = [networkRequest(settings), target, against, method, token, head, pooling];
  const measure = [analysis?.layers[layer]?.name, measuredAs(settings, { width: 0, height: 0 }), tau, theta];
  return { run: JSON.stringify(run), measure: JSON.stringify(measure) };
}

/** Explains and measures anew when settings or the selected layer change. */
function follow(): void {
  following.stop?.();
  let known = keysOf(useExplain.getState());
  following.stop = useExplain.subscribe((state, before) => {
    if (
      state.settings === before.settings &&
      state.layer === before.layer &&
      state.analysis === before.analysis
    )
      return;
    const next = keysOf(state);
    const [isOther, isMeasuredOtherwise] = [next.run !== known.run, next.measure !== known.measure];
    known = next;
    if (isOther) void explainFrames();
    else if (isMeasuredOtherwise) void measureFrames();
  });
}

async function explainFrames(): Promise<void> {
  const video = now();
  if (!video) return;
  measuring.end();
  set({ frames: video.frames.map((frame) => ({ ...frame, analysis: null })), measured: null });
  try {
    await explaining.run(async (signal) => {
      for (let at = 0; at < video.frames.length; at++) {
        set({
          progress: say('Explaining frame {at} of {frames}', { at: at + 1, frames: video.frames.length }),
        });
        const { settings, manifest } = useExplain.getState();
        if (!manifest) return;
        const [height, width] = manifest.inputShape;
        let { picture } = video.frames[at];
        if (picture.input.width !== width || picture.input.height !== height)
          picture = await decode(picture.file, picture.name, '', signal, manifest);
        const analysis = await engine.call(
          'analyse',
          {
            ...networkRequest(settings),
            input: picture.input,
            method: settings.method,
            target: askedTarget({ ...theWinner, target: settings.target, against: settings.against }),
            pooling: settings.pooling,
            ...attentionRequest(settings),
          },
          { signal },
        );
        const frames = [...(now()?.frames ?? [])];
        frames[at] = { ...frames[at], picture, analysis };
        set({ frames });
      }
      set({ progress: null });
      settle('video');
      void measureFrames();
    });
  } catch (error) {
    set({ progress: null });
    warn('video', say('The frames could not be explained: {reason}', { reason: messageOf(error) }));
  }
}

/** Entropies and signs of all frames at the selected layer. */
async function measureFrames(): Promise<void> {
  const video = now();
  const { analysis, layer, settings } = useExplain.getState();
  const name = analysis?.layers[layer]?.name;
  if (!video || !name || video.frames.some((frame) => frame.analysis === null)) return;
  const layers = video.frames.map((frame) => frame.analysis?.layers.find((each) => each.name === name));
  const shown = layers.filter((each) => each !== undefined);
  if (shown.length < layers.length) return;
  const [height, width] = (video.frames[0].analysis as NonNullable<VideoFrame['analysis']>).network
    .inputShape;
  const maps = shown.map(({ map }) => map);
  const isEvident = shown.map(({ outcome }) => outcome === 'evidence');
  const grid = { width, height };
  try {
    await measuring.run(async (signal) => {
      const found = signFinder.call(
        'signs',
        { maps, grid, tau: settings.tau, theta: settings.theta },
        { signal },
      );
      const asked = { maps, ...measuredAs(settings, grid), shuffles: nullShuffles, seed: nullSeed };
      const measurement = await measures.call('measure', asked, { signal });
      const signs = (await found).layers.map((each) => each.signs.length);
      const entropies = measurement.layers.map((each, i) => (isEvident[i] ? each : null));
      if (!signal.aborted) set({ measured: { layer: name, entropies, signs } });
    });
  } catch (error) {
    warn('video', say('The frames could not be measured: {reason}', { reason: messageOf(error) }));
  }
}
