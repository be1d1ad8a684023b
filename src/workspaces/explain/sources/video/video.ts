import { engine, measures, signFinder } from '../../../../engine/engine-client';
import { nullShuffles } from '../../../../engine/measure/null-shuffles';
import { baseName, type NamedFile } from '../../../../files/named-file';
import { networkRequest } from '../../../../models/networks';
import { alertOf, settle, warn } from '../../../../state/alerts';
import { type KnownNetwork, useExplain } from '../../../../state/explain-store';
import { createLatestWork } from '../../../../state/latest-work';
import { beginOpening } from '../../../../state/opening';
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
import { framesOf, VideoError } from './read-video';
import { takenFrames } from './taken-frames';

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
 * Takes frames of a video, evenly over its time, and explains each of them; the first one is opened as a picture. What is on screen
 * stays until all are read, and where none can be. Of a damaged file, what can be read is taken.
 * @returns whether it could be read; why not is said
 */
export async function openVideo({ path, blob }: NamedFile, wanted: number = framesAtFirst): Promise<boolean> {
  const name = baseName(path);
  const isLatest = beginOpening();
  const isAnother = now()?.file !== blob;
  try {
    return (
      (await reading.run(async (signal) => {
        const { frames, stillFrom, problem } = await readFrames(name, blob, wanted, signal);
        letGo(now());
        useVideo.setState({
          video: { name, file: blob, wanted, frames, stillFrom, measured: null, progress: null },
          opening: null,
        });
        follow();
        void explainFrames();
        if (isAnother && isLatest()) await openFrame(0);
        // A picture that is opened takes away what was said before it.
        if (problem && alertOf('explain') === null) warn('explain', problem);
        return true;
      })) ?? true
    );
  } catch (error) {
    useVideo.setState({ opening: null });
    warn('explain', whyNotRead(name, error));
    return false;
  }
}

/** Ends the reading of a video; what was on screen before it is still there. */
export function cancelOpening(): void {
  reading.end();
  useVideo.setState({ opening: null });
}

const whyNotRead = (name: string, error: unknown) =>
  `${shortened(name)}${error instanceof VideoError ? ' ' : ': '}${messageOf(error)}`;

/**
 * The frames that can be read, and what is to be said of those that cannot.
 * @throws where there is none
 */
async function readFrames(name: string, file: Blob, wanted: number, signal: AbortSignal) {
  const asked: (VideoFrame & { isSame: boolean })[] = [];
  const lost: number[] = [];
  const tell = () => {
    const frame = Math.min(wanted, asked.length + lost.length + 1);
    useVideo.setState({ opening: { name, frame, wanted } });
  };
  tell();
  const manifest = await networkKnown(signal);
  let problem: string | null = null;
  try {
    for await (const { seconds, file: frame, isSame } of framesOf(file, wanted, signal)) {
      if (frame) {
        const at = `${name} at ${seconds.toFixed(2)} s.png`;
        asked.push({
          seconds,
          picture: await decode(frame, at, '', signal, manifest),
          analysis: null,
          isSame,
        });
      } else lost.push(seconds);
      tell();
    }
  } catch (error) {
    if (signal.aborted) throw error;
    if (asked.length === 0) throw error;
    problem = whyNotRead(name, error);
  }
  if (asked.length === 0)
    throw new VideoError(say('is damaged or cut off: not one frame of it could be read.'));
  if (lost.length > 0)
    problem = say(
      '{name} is damaged or cut off: {lost} of {wanted} frames could not be read, the first at {seconds} s.',
      {
        name: shortened(name),
        lost: lost.length,
        wanted,
        seconds: lost[0].toFixed(2),
      },
    );
  const { frames, stillFrom } = takenFrames(asked);
  for (const frame of asked) if (!frames.includes(frame)) frame.picture.display.close();
  return { frames, stillFrom, problem };
}

/** The network that frames are read for: a file may be dropped before it is there. */
function networkKnown(signal: AbortSignal): Promise<KnownNetwork> {
  return new Promise((resolve, reject) => {
    const { manifest } = useExplain.getState();
    if (manifest) return resolve(manifest);
    const unsubscribe = useExplain.subscribe(({ manifest: known }) => {
      if (!known) return;
      unsubscribe();
      resolve(known);
    });
    signal.addEventListener('abort', () => {
      unsubscribe();
      reject(signal.reason);
    });
  });
}

/** Shows a frame as the picture it is, with everything that is known of pictures. */
export async function openFrame(at: number): Promise<void> {
  const frame = now()?.frames[at];
  if (frame) await openFile(frame.picture.file, frame.picture.name);
}

/** Puts the video away; the picture on screen stays. */
export function closeVideo(): void {
  for (const work of [explaining, measuring]) work.end();
  following.stop?.();
  following.stop = null;
  letGo(now());
  useVideo.setState({ video: null });
}

function letGo(video: OpenVideo | null): void {
  for (const { picture } of video?.frames ?? []) picture.display.close();
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
        signal.throwIfAborted();
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
