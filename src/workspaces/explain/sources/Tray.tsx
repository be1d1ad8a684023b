import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useExplain } from '../../../state/explain-store';
import { placeOf } from '../../../state/place';
import { type TrayPicture, useTray } from '../../../state/tray-store';
import { say } from '../../../text/say';
import { whenIdle } from '../../../ui/when-idle';
import { readAhead } from '../picture/picture-source';
import { clearTray, placeInTray, reach, restoreTray, takeOut, walk } from './tray';
import styles from './tray.module.css';
import { thumbnailOf, thumbnailSide } from './tray-thumbnail';

/** The pictures that came together, as a strip that is walked by keys; each is analysed when it is reached. */
export function Tray() {
  const { pictures, aimed, awaited, notKept } = useTray();
  const shown = useExplain((state) => state.picture);
  const strip = useRef<HTMLDivElement>(null);
  const at = placeInTray(pictures, shown);
  const goal = pictures.findIndex(({ id }) => id === aimed);
  const on = goal >= 0 ? goal : at;
  useEffect(() => {
    if (awaited) void restoreTray();
  }, [awaited]);
  const next = at >= 0 ? pictures[at + 1] : undefined;
  const isIdle = useExplain(
    ({ progress, measurement, signs }) => progress === null && measurement !== null && signs !== null,
  );
  useEffect(() => {
    if (!isIdle || !next) return;
    return whenIdle(() => {
      const { manifest } = useExplain.getState();
      if (manifest) readAhead(next.file, manifest);
    });
  }, [isIdle, next]);
  useEffect(() => {
    const press = (event: globalThis.KeyboardEvent) => {
      const by = steps[event.key];
      if (!by || event.metaKey || event.defaultPrevented || placeOf(location.hash) !== 'explain') return;
      if (event.target instanceof Element && event.target.closest('input, select, textarea, dialog')) return;
      event.preventDefault();
      walk(by);
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
  useEffect(() => {
    const own = strip.current;
    const one = own?.children[on] as HTMLElement | undefined;
    if (!own || !one) return;
    own.scrollLeft = one.offsetLeft - (own.clientWidth - one.offsetWidth) / 2;
    if (own.contains(document.activeElement)) one.focus({ preventScroll: true });
  }, [on]);
  if (pictures.length === 0) return null;
  const press = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key] as 1 | -1 | undefined;
    const end = { Home: 0, End: pictures.length - 1 }[event.key];
    if (by) walk(by);
    else if (end !== undefined) void reach(pictures[end]);
    else if (event.key === 'Delete' && on >= 0) takeOut(pictures[on].id);
    else return;
    event.preventDefault();
  };
  const current = pictures[at];
  return (
    <section className={styles.tray} aria-labelledby="tray">
      <header>
        <h2 id="tray">{say('Tray')}</h2>
        <span className={styles.count}>
          {current
            ? say('{at} of {pictures}', { at: at + 1, pictures: pictures.length })
            : `${pictures.length}`}
        </span>
        <button
          type="button"
          aria-label={say('Previous picture')}
          aria-keyshortcuts="["
          title={say('Previous picture: [')}
          disabled={on === 0}
          onClick={() => walk(-1)}
        >
          ‹
        </button>
        <button
          type="button"
          aria-label={say('Next picture')}
          aria-keyshortcuts="]"
          title={say('Next picture: ]')}
          disabled={on === pictures.length - 1}
          onClick={() => walk(1)}
        >
          ›
        </button>
        <button
          type="button"
          className={styles.words}
          disabled={!current}
          onClick={() => takeOut(current.id)}
          title={current && say('Take {name} out of the tray', { name: current.name })}
        >
          {say('Remove')}
        </button>
        <button type="button" className={styles.words} onClick={clearTray}>
          {say('Remove all')}
        </button>
      </header>
      {/* The arrows walk it, as they do in the film strip. */}
      <div
        ref={strip}
        className={styles.strip}
        role="radiogroup"
        aria-label={say('Pictures in the tray')}
        onKeyDown={press}
      >
        {pictures.map((picture, i) => (
          // biome-ignore lint/a11y/useSemanticElements: a picture that is analysed at once is no field of a form.
          <button
            key={picture.id}
            type="button"
            role="radio"
            aria-checked={i === at}
            aria-label={say('{name}, {i} of {pictures}', {
              name: picture.name,
              i: i + 1,
              pictures: pictures.length,
            })}
            title={picture.name}
            data-aimed={i === goal || undefined}
            tabIndex={i === Math.max(0, on) ? 0 : -1}
            onClick={() => void reach(picture)}
          >
            <Thumbnail picture={picture} />
          </button>
        ))}
      </div>
      {notKept && <p className={styles.said}>{notKept}</p>}
    </section>
  );
}

const steps: Record<string, 1 | -1 | undefined> = { '[': -1, ']': 1 };

function Thumbnail({ picture: { file, name } }: { picture: TrayPicture }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [isMissing, setMissing] = useState(false);
  useEffect(() => {
    const gone = new AbortController();
    void thumbnailOf(file).then((bitmap) => {
      if (gone.signal.aborted) return;
      if (bitmap) canvas.current?.getContext('2d')?.drawImage(bitmap, 0, 0);
      else setMissing(true);
    });
    return () => gone.abort();
  }, [file]);
  if (isMissing) return <span className={styles.name}>{name.slice(name.lastIndexOf('/') + 1)}</span>;
  return <canvas ref={canvas} width={thumbnailSide} height={thumbnailSide} />;
}
