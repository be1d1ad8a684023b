import { useCallback, useEffect, useRef, useState } from 'react';
import { type Context2D, drawHeatPicture, type FigureTheme } from '../../../../figures';
import { valueInWords } from '../../../../network/prediction';
import { closeCamera } from '../../../../state/camera-store';
import { useExplain } from '../../../../state/explain-store';
import { useFigureTheme } from '../../../../state/page-theme';
import type { ExplainSettings } from '../../../../state/settings';
import { counted } from '../../../../text/counted';
import { messageOf } from '../../../../text/message-of';
import { say } from '../../../../text/say';
import { Dialog } from '../../../../ui/Dialog';
import { openFiles } from '../../files/open-explain';
import { heatStyle } from '../../view-model';
import { CameraError, cameras, openCamera } from './camera';
import styles from './camera.module.css';
import { frameAsFile } from './frame-file';
import { explainLive, type LiveFrame } from './live';
import { newest } from './smoothing';

/** Pixels a side of what is drawn, at most. */
const side = 720;
const shownClasses = 3;

type State = 'asking' | 'on' | 'live' | 'paused' | 'off';

/** The camera: one frame of it as a picture, or all of them explained as they come. It is on for as long as this window is open and in sight. */
export function CameraDialog() {
  const [state, setState] = useState<State>('asking');
  const [problem, setProblem] = useState<string | null>(null);
  const [device, setDevice] = useState<string | null>(null);
  const [known, setKnown] = useState<{ id: string; name: string }[]>([]);
  const [tries, setTries] = useState(0);
  const [frame, setFrame] = useState<LiveFrame | null>(null);
  const [count, setCount] = useState(0);
  const video = useRef<HTMLVideoElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useFigureTheme();
  const settings = useExplain((store) => store.settings);
  const inputShape = useExplain((store) => store.manifest?.inputShape);
  const [height, width] = inputShape ?? [1, 1];
  const scale = side / Math.max(width, height);

  // Another workspace takes this one's place: who comes back has not asked for the camera.
  useEffect(() => closeCamera, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another try switches it on again.
  useEffect(() => {
    const leaving = new AbortController();
    const { signal } = leaving;
    const say = (why: string) => {
      leaving.abort();
      if (video.current) video.current.srcObject = null;
      setProblem(why);
      setState('off');
    };
    setState('asking');
    setProblem(null);
    setFrame(null);
    setCount(0);
    openCamera(device, signal)
      .then(async (stream) => {
        if (signal.aborted || !video.current) return;
        for (const track of stream.getTracks())
          track.addEventListener('ended', () => say('The camera went away. Connect it, then try again.'), {
            signal,
          });
        video.current.srcObject = stream;
        await video.current.play();
        if (signal.aborted) return;
        setState('on');
        setKnown(await cameras());
      })
      .catch((error) => {
        if (!signal.aborted)
          say(
            error instanceof CameraError ? error.message : `The camera did not start: ${messageOf(error)}.`,
          );
      });
    const hide = () => {
      if (document.hidden) say('The camera was switched off while the page was out of sight.');
    };
    document.addEventListener('visibilitychange', hide, { signal });
    const own = video.current;
    return () => {
      leaving.abort();
      if (own) own.srcObject = null;
    };
  }, [device, tries]);

  useEffect(() => {
    if (state !== 'live' || !video.current) return;
    const stopping = new AbortController();
    const { signal } = stopping;
    const onFrame = (next: LiveFrame) => {
      setFrame(next);
      setCount((before) => before + 1);
    };
    explainLive(video.current, { signal, onFrame }).catch((error) => {
      if (signal.aborted) return;
      setProblem(say('The frames cannot be explained: {reason}', { reason: messageOf(error) }));
      setState('on');
    });
    return () => stopping.abort();
  }, [state]);

  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context && frame) drawLive(context, frame, settings, theme);
  }, [frame, settings, theme]);

  const take = useCallback(async () => {
    const source = frame?.whole ?? (video.current && (await createImageBitmap(video.current)));
    if (!source) return;
    const blob = await frameAsFile(source);
    closeCamera();
    await openFiles([{ path: `camera ${timeInName()}.png`, blob }]);
  }, [frame]);

  const running = state === 'on' || state === 'live' || state === 'paused';
  const explained = running && frame !== null;
  return (
    <Dialog title={say('Camera')} onClose={closeCamera}>
      <div className={styles.camera}>
        <div
          className={styles.stage}
          data-explained={explained}
          style={{ aspectRatio: `${width} / ${height}` }}
        >
          {/* What it shows is shown to the one who holds it. */}
          <video ref={video} muted playsInline aria-label={say('What the camera sees')} />
          <canvas
            ref={canvas}
            role="img"
            aria-label={say('The last layer’s map over the frame')}
            width={Math.round(width * scale)}
            height={Math.round(height * scale)}
            hidden={!explained}
          />
          {!running && (
            <p className={styles.said}>
              {say(problem ?? 'Waiting for the camera: the browser asks whether this page may use it.')}
            </p>
          )}
        </div>
        <div>
          {running && problem && <p role="alert">{say(problem)}</p>}
          <div className={styles.controls}>
            {state === 'off' && (
              <button type="button" className={styles.first} onClick={() => setTries(tries + 1)}>
                {say('Try again')}
              </button>
            )}
            {running && (
              <>
                <button type="button" className={styles.first} onClick={() => void take()}>
                  {state === 'on' ? say('Take this frame') : say('Explain this frame fully')}
                </button>
                <button type="button" onClick={() => setState(state === 'live' ? 'paused' : 'live')}>
                  {
                    { on: say('Explain live'), live: 'Freeze', paused: say('Go on') }[
                      state as 'on' | 'live' | 'paused'
                    ]
                  }
                </button>
              </>
            )}
            {known.length > 1 && (
              <label>
                <span>{say('Camera')}</span>
                <select value={device ?? known[0].id} onChange={({ target }) => setDevice(target.value)}>
                  {known.map(({ id, name }) => (
                    <option key={id} value={id}>
                      {name}
                    </option>
                  ))}
                </select>
              </label>
            )}
          </div>
          {explained && <Reading frame={frame} count={count} />}
          <p className={styles.note}>
            {say(
              'The network sees what is shown. No picture leaves this machine, and the camera is on only while this window is open and in sight.',
            )}
          </p>
        </div>
      </div>
    </Dialog>
  );
}

/** What the network says of the frame, and how fast. */
function Reading({
  frame: { predictions, target, rate, layer, outcome },
  count,
}: {
  frame: LiveFrame;
  count: number;
}) {
  return (
    <>
      <ol className={styles.predictions}>
        {predictions.slice(0, shownClasses).map(({ index, label, ...value }) => (
          <li key={index} aria-current={index === target.index ? 'true' : undefined}>
            <span>{label}</span> <span>{valueInWords(value)}</span>
          </li>
        ))}
      </ol>
      <p className={styles.rate}>
        <output>
          {rate === null
            ? say('first frame')
            : say('{part} frames a second', { part: rate < 10 ? rate.toFixed(1) : Math.round(rate) })}
        </output>
        <span>{counted(count, 'frame')}</span>
      </p>
      <p className={styles.note}>
        {say(
          '{part}Map of {layer}, smoothed over frames: each new one counts {newest}, what was shown before {value}; begun anew when another class is explained.',
          {
            part: outcome === 'none' ? say('No positive evidence in {layer} in this frame. ', { layer }) : '',
            layer,
            newest,
            value: 1 - newest,
          },
        )}
      </p>
    </>
  );
}

function drawLive(
  context: Context2D,
  { seen, map, outcome }: LiveFrame,
  settings: ExplainSettings,
  theme: FigureTheme,
): void {
  const { width, height } = context.canvas;
  const hi = map.values.reduce((largest, value) => Math.max(largest, value), 0);
  const content = { picture: seen, map, lo: 0, hi, outcome: hi > 0 ? 'evidence' : outcome } as const;
  drawHeatPicture(context, content, heatStyle(settings), { x: 0, y: 0, width, height }, theme);
}

/** "2026-11-29 18.54.12", which every file system takes. */
function timeInName(): string {
  const now = new Date();
  const two = (value: number) => String(value).padStart(2, '0');
  const day = [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join('-');
  return `${day} ${[now.getHours(), now.getMinutes(), now.getSeconds()].map(two).join('.')}`;
}
