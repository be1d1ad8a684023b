import {
  Fragment,
  type KeyboardEvent,
  type PointerEvent,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useExplain } from '../../../state/explain-store';
import { say } from '../../../text/say';
import { change } from '../explain-controller';
import { breakable } from './breakable';
import { SaveStory } from './SaveStory';
import { StoryDrawing } from './StoryDrawing';
import { StoryPicture } from './StoryPicture';
import styles from './story.module.css';
import { storyFacts } from './story-facts';
import { stepFor, storyKey } from './story-keys';
import { type StoryStep, storySteps } from './story-steps';

/** Goes to a step of the story, from 0. */
const goTo = (step: number) => change({ story: step + 1 });
const end = () => change({ story: 0 });

/** The picture's way through the network, told over the whole window; nothing before there is something to tell. */
export function Story() {
  const number = useExplain((state) => state.settings.story);
  const state = useExplain();
  const steps = useMemo(() => {
    const facts = state.measurement ? storyFacts(state) : null;
    return facts && storySteps(facts);
  }, [state]);
  if (number === 0 || !steps) return null;
  return <Stage steps={steps} at={Math.min(number, steps.length) - 1} />;
}

/** Way of a finger that is a swipe, in CSS pixels. */
const swiped = 50;

function Stage({ steps, at }: { steps: StoryStep[]; at: number }) {
  const name = useExplain((state) => state.picture?.name);
  const dialog = useRef<HTMLDialogElement>(null);
  const stage = useRef<HTMLElement>(null);
  const [blank, setBlank] = useState(false);
  const from = useRef<number | null>(null);
  useLayoutEffect(() => {
    const own = dialog.current as HTMLDialogElement;
    if (!own.open) own.showModal();
    stage.current?.focus();
    return () => own.close();
  }, []);
  const show = (step: number) => {
    setBlank(false);
    goTo(step);
  };
  const toggleFullScreen = () => {
    // Where a browser does not allow it, the story fills the window as before.
    if (document.fullscreenElement) void document.exitFullscreen();
    else stage.current?.requestFullscreen?.().catch(() => {});
  };
  const press = (event: KeyboardEvent) => {
    // The page behind has keys of its own, which are not meant here.
    event.stopPropagation();
    const key = storyKey(event.nativeEvent);
    if (!key) return;
    event.preventDefault();
    if (event.repeat && key !== 'next' && key !== 'back') return;
    if (key === 'close') end();
    else if (key === 'full screen') toggleFullScreen();
    else if (key === 'blank') setBlank(!blank);
    else show(stepFor(key, at, steps.length) ?? at);
  };
  const lift = ({ clientX }: PointerEvent) => {
    const way = from.current === null ? 0 : clientX - from.current;
    from.current = null;
    if (Math.abs(way) >= swiped) show(stepFor(way < 0 ? 'next' : 'back', at, steps.length) ?? at);
  };
  const { title, says, picture, chart } = steps[at];
  return (
    <dialog
      ref={dialog}
      className={styles.story}
      aria-label={say('Story of {name}', { name })}
      onKeyDown={press}
      onClose={({ currentTarget }) => !currentTarget.open && end()}
    >
      <section
        ref={stage}
        className={styles.stage}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it takes the keys of the story.
        tabIndex={0}
        aria-roledescription={say('slide')}
        aria-label={say('Step {at} of {steps}', { at: at + 1, steps: steps.length })}
        onPointerDown={(event) => {
          from.current = event.pointerType === 'touch' && event.isPrimary ? event.clientX : null;
        }}
        onPointerUp={lift}
        onPointerCancel={() => {
          from.current = null;
        }}
      >
        <div className={styles.step} data-picture={picture !== null} data-chart={chart !== null}>
          <div className={styles.words} aria-live="polite" aria-atomic="true">
            <h2>{title}</h2>
            {says.map((sentence) => (
              <p key={sentence}>
                {breakable(sentence).map((piece, i) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no other name than their place.
                  <Fragment key={i}>
                    {i > 0 && <wbr />}
                    {piece}
                  </Fragment>
                ))}
              </p>
            ))}
          </div>
          {picture !== null && <StoryPicture picture={picture} />}
          {chart !== null && <StoryDrawing key={chart} chart={chart} />}
        </div>
        <nav className={styles.ways} aria-label={say('Story')}>
          <button type="button" className="quiet" disabled={at === 0} onClick={() => show(at - 1)}>
            {say('‹ Back')}
          </button>
          <progress aria-label={say('Steps')} value={at + 1} max={steps.length} />
          <span className={styles.count}>{say('{at} of {steps}', { at: at + 1, steps: steps.length })}</span>
          <SaveStory />
          <button
            type="button"
            className="quiet"
            title={say('Blank (B)')}
            aria-pressed={blank}
            onClick={() => setBlank(!blank)}
          >
            {say('Blank')}
          </button>
          <button type="button" className="quiet" title={say('Full screen (F)')} onClick={toggleFullScreen}>
            {say('Full screen')}
          </button>
          <button type="button" className="quiet" title={say('Close (Esc)')} onClick={end}>
            {say('Close')}
          </button>
          <button
            type="button"
            className={styles.next}
            disabled={at === steps.length - 1}
            onClick={() => show(at + 1)}
          >
            {say('Next ›')}
          </button>
        </nav>
        {blank && (
          // biome-ignore lint/a11y/useKeyWithClickEvents: every key of the story brings the step back.
          <div
            className={styles.blank}
            role="status"
            aria-label={say('Blank')}
            onClick={() => setBlank(false)}
          />
        )}
      </section>
    </dialog>
  );
}
