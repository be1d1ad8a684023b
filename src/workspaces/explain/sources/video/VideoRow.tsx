import { useCallback, useMemo } from 'react';
import { loadCode } from '../../../../code/missing-code';
import { type Context2D, drawVideoRow, secondsInWords, videoRowLayout } from '../../../../figures';
import { asMeasured, useStill } from '../../../../state/explain-store';
import { useFigureTheme } from '../../../../state/page-theme';
import { type OpenVideo, useVideo, type VideoOpening } from '../../../../state/video-store';
import { say } from '../../../../text/say';
import { shortened } from '../../../../text/shorten';
import { ExportMenu } from '../../../../ui/ExportMenu';
import { FigureCanvas, useSize } from '../../../../ui/FigureCanvas';
import { SaveAnimation } from '../../playback/SaveAnimation';
import { cancelOpening, closeVideo, frameCounts, openFrame, openVideo } from './video';
import styles from './video.module.css';
import { layerShown, videoRowData } from './video-view';

/** A frame is at least so many pixels wide: where that is more than the page has, the row is moved sideways. */
const leastFrame = 44;
const gutters = 96;
const title = 'Frames over time';

/** The frames of a video that was dropped, at the selected layer; above them, one that is being read. */
export function VideoRow() {
  const { video, opening } = useVideo();
  return (
    <>
      {opening && <Opening {...opening} />}
      {video && <Row video={video} />}
    </>
  );
}

function Opening({ name, frame, wanted }: VideoOpening) {
  return (
    <p className={styles.opening}>
      <span role="status">{say('Opening {name}', { name: shortened(name) })}</span>
      <span>{say('Reading frame {frames} of {wanted}', { frames: frame, wanted })}</span>
      <progress aria-label={say('Frames of {name} that are read', { name })} value={frame - 1} max={wanted} />
      <button type="button" aria-label={say('Cancel opening {name}', { name })} onClick={cancelOpening}>
        {say('Cancel')}
      </button>
    </p>
  );
}

function Row({ video }: { video: OpenVideo }) {
  const still = useStill();
  const theme = useFigureTheme();
  const { ref, width: room } = useSize<HTMLDivElement>();
  const data = useMemo(() => videoRowData(video, { ...still, layer: still.layer ?? 0 }), [video, still]);
  const width = Math.max(room, gutters + leastFrame * video.frames.length);
  const layout = useMemo(() => videoRowLayout(width, data), [width, data]);
  const height = Math.ceil(layout.height);
  const draw = useCallback(
    (context: Context2D) => drawVideoRow(context, data, { width, height }, theme),
    [data, width, height, theme],
  );
  const { frames } = data;
  const apart = frames.length > 1 ? frames[1].seconds - frames[0].seconds : 1;
  const ready = video.measured?.layer === data.layer;
  return (
    <section className={styles.video} aria-labelledby="video">
      <header>
        <h2 id="video">{video.name}</h2>
        <label>
          <span>{say('Frames')}</span>
          <select
            data-find=""
            value={video.wanted}
            onChange={({ target }) =>
              void openVideo({ path: video.name, blob: video.file }, Number(target.value))
            }
          >
            {frameCounts.map((count) => (
              <option key={count}>{count}</option>
            ))}
          </select>
        </label>
        <span className={styles.state} role="status" aria-live="off">
          {video.progress ?? (ready ? say('at {layer}', { layer: data.layer }) : say('Measuring'))}
        </span>
        {video.stillFrom !== null && (
          <span className={styles.still}>
            {say('One picture from {seconds} s to the end: {frames} of {wanted} drawn', {
              seconds: video.stillFrom.toFixed(2),
              frames: video.frames.length,
              wanted: video.wanted,
            })}
          </span>
        )}
        <ExportMenu
          title={say(title)}
          table
          ready={ready}
          figure={async () => {
            const { exportVideo } = await loadCode(() => import('./export-video'));
            return exportVideo(useVideo.getState().video, asMeasured());
          }}
        />
        <SaveAnimation
          title={say('Save film')}
          ready={ready}
          film={async () => {
            const { exportVideoFilm } = await loadCode(() => import('./export-video'));
            return exportVideoFilm(useVideo.getState().video, asMeasured());
          }}
        />
        <button type="button" aria-label={say('Close the video')} onClick={closeVideo}>
          {say('Close')}
        </button>
      </header>
      <div ref={ref} className={styles.row}>
        <FigureCanvas
          label={say('{title} at {value}', {
            title,
            value: layerShown({ ...still, layer: still.layer ?? 0 }),
          })}
          width={width}
          height={height}
          draw={draw}
        >
          {layout.tiles.map(({ y, height: tall }, i) => (
            <button
              // biome-ignore lint/suspicious/noArrayIndexKey: frames have no other name than their place.
              key={i}
              type="button"
              aria-label={say('Frame {i} of {frames}, at {seconds}{part}', {
                i: i + 1,
                frames: frames.length,
                seconds: secondsInWords(frames[i].seconds, apart),
                part: frames[i].explained ? `, ${frames[i].explained}` : '',
              })}
              aria-pressed={data.selected === i}
              style={{
                left: layout.axis.x(i) - layout.axis.step / 2,
                top: y,
                width: layout.axis.step,
                height: tall,
              }}
              title={say('Open this frame as a picture')}
              onClick={() => void openFrame(i)}
            />
          ))}
        </FigureCanvas>
      </div>
    </section>
  );
}
