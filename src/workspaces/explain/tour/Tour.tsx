import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useExplain } from '../../../state/explain-store';
import { say } from '../../../text/say';
import { lazyPart } from '../../../ui/lazy-part';
import { lessMotion } from '../../../ui/less-motion';
import { useNarrow } from '../../../ui/use-narrow';
import { change } from '../explain-controller';
import styles from './tour.module.css';
import { type TourStep, tourSteps } from './tour-steps';

const NoiseInTour = lazyPart(() => import('./NoiseInTour').then((module) => module.NoiseInTour));

/** Goes to a step of the tour, from 1; 0 ends it. */
const goTo = (tour: number) => change({ tour });

/** The tour over the living page: what is spoken of lies in the light, and everything can be used as without it. */
export function Tour() {
  const number = useExplain((state) => state.settings.tour);
  const ready = useExplain((state) => state.signs !== null);
  if (number === 0 || !ready) return null;
  return <Step key={number} number={number} step={tourSteps[number - 1]} />;
}

function Step({ number, step }: { number: number; step: TourStep }) {
  const { title, says, asks, readOn, target, shows } = step;
  const panel = useRef<HTMLElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const { box, side, covered } = useLit(target, panel);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    const press = ({ key, defaultPrevented }: KeyboardEvent) => {
      const within = document.querySelector('dialog[open], [role="menu"]');
      if (key === 'Escape' && !defaultPrevented && !within) goTo(0);
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
  return (
    <>
      {box && <div className={styles.light} style={box} aria-hidden="true" />}
      <section
        ref={panel}
        className={styles.panel}
        data-side={side}
        data-covered={covered}
        aria-label={say('Tour, step {number} of {tourSteps}', { number, tourSteps: tourSteps.length })}
      >
        <p className={styles.count} aria-hidden="true">
          {say('{number} of {tourSteps}', { number, tourSteps: tourSteps.length })}
        </p>
        <h2 ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <p>{says}</p>
        <p className={styles.asks}>{asks}</p>
        {shows === 'noise' && <NoiseInTour />}
        {readOn && (
          <p>
            <a href={`#about/${readOn.section}`}>{readOn.title}</a>
          </p>
        )}
        <div className={styles.ways}>
          <button type="button" className="quiet" onClick={() => goTo(0)}>
            {number === tourSteps.length ? say('Close') : say('Skip the tour')}
          </button>
          {number > 1 && (
            <button type="button" onClick={() => goTo(number - 1)}>
              {say('Back')}
            </button>
          )}
          {number < tourSteps.length && (
            <button type="button" className={styles.next} onClick={() => goTo(number + 1)}>
              {say('Next')}
            </button>
          )}
        </div>
      </section>
    </>
  );
}

interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Room around what is lit, in CSS pixels. */
const room = 6;

/** Where the light falls in the window, whatever scrolls or grows, on which side of it the panel covers less, and whether that is so above or below. */
function useLit(selector: string, panel: RefObject<HTMLElement | null>) {
  const narrow = useNarrow();
  const [box, setBox] = useState<Box | null>(null);
  useEffect(() => {
    // Where there is no room beside it, the panel stands below.
    const block = narrow ? 'start' : 'center';
    const show = () => find(selector)?.scrollIntoView({ block, behavior: lessMotion() ? 'auto' : 'smooth' });
    show();
    // What is computed late pushes it away, until somebody scrolls by hand.
    const pushed = new ResizeObserver(show);
    pushed.observe(document.body);
    const leave = () => pushed.disconnect();
    for (const way of ['wheel', 'touchmove', 'keydown'])
      document.addEventListener(way, leave, { passive: true });
    return () => {
      leave();
      for (const way of ['wheel', 'touchmove', 'keydown']) document.removeEventListener(way, leave);
    };
  }, [selector, narrow]);
  useLayoutEffect(() => {
    let frame = 0;
    const follow = () => {
      const found = find(selector)?.getBoundingClientRect();
      const next = found && {
        ...{ left: found.left - room, top: found.top - room },
        ...{ width: found.width + 2 * room, height: found.height + 2 * room },
      };
      setBox((before) => (sameBox(before, next ?? null) ? before : (next ?? null)));
      frame = requestAnimationFrame(follow);
    };
    follow();
    return () => cancelAnimationFrame(frame);
  }, [selector]);
  const width = panel.current?.offsetWidth ?? 340;
  const side =
    box && box.left > window.innerWidth - box.left - box.width && box.left > width / 2 ? 'left' : 'right';
  return { box, side, covered: box !== null && box.top > window.innerHeight / 2 ? 'below' : 'above' };
}

/** The first that is shown of what a selector names. */
const find = (selector: string): Element | undefined =>
  [...document.querySelectorAll(selector)].find((element) => element.getClientRects().length > 0);

const sameBox = (a: Box | null, b: Box | null) =>
  a === b ||
  (a !== null &&
    b !== null &&
    (['left', 'top', 'width', 'height'] as const).every((side) => Math.abs(a[side] - b[side]) < 0.5));
