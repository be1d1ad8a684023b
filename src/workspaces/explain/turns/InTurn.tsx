import {
  createContext,
  type ReactNode,
  type RefObject,
  startTransition,
  useContext,
  useEffect,
  useReducer,
  useSyncExternalStore,
} from 'react';
import { DrawnFrom } from '../../../state/explain-store';
import { nextPaint } from '../../../ui/next-paint';
import { drawingTurns, type Turn, type TurnName } from './drawing-turns';

const OwnTurn = createContext<Turn | null>(null);

/** A part of the page that is drawn when its turn comes: when it has come to the page, and after everything that arrives. */
export function InTurn({
  name,
  atOnce = false,
  children,
}: {
  name: TurnName;
  /** Whether it comes to the page at once: what is seen first. */
  atOnce?: boolean;
  children: ReactNode;
}) {
  const turn = drawingTurns.of(name);
  useEffect(() => turn.join(atOnce), [turn, atOnce]);
  const begun = useSyncExternalStore(turn.subscribe, () => turn.isBegun);
  return (
    <DrawnFrom value={turn}>
      <OwnTurn value={turn}>{(begun || atOnce) && children}</OwnTurn>
    </DrawnFrom>
  );
}

/** Gives one turn after the other, each in a task of its own as far as they take long, until nobody waits. */
export function Turns() {
  const [given, giveAnother] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    const give = () => startTransition(giveAnother);
    return drawingTurns.onWaiting((turns) => (turns === 'after-paint' ? nextPaint.after(give) : give()));
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each rendering gives one turn.
  useEffect(() => {
    if (drawingTurns.giveNext()) startTransition(giveAnother);
  }, [given]);
  return null;
}

/**
 * Marks an element of a part as busy while it waits for its turn, and as earlier while it shows another analysis than the one on screen; past
 * React, which would render the part for it.
 */
export function useTurnMarks(element: RefObject<HTMLElement | null>): void {
  const turn = useContext(OwnTurn);
  useEffect(() => {
    if (!turn) return;
    const mark = () => {
      element.current?.toggleAttribute('data-earlier', turn.standing === 'earlier');
      if (turn.standing === 'now') element.current?.removeAttribute('aria-busy');
      else element.current?.setAttribute('aria-busy', 'true');
    };
    mark();
    return turn.subscribe(mark);
  }, [turn, element]);
}
