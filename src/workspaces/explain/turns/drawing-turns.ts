import type { StoreApi } from 'zustand';
import { shallow } from 'zustand/shallow';
import { type ExplainState, useExplain } from '../../../state/explain-store';
import type { ExplainSettings } from '../../../state/settings';

/** The parts of Explain that are drawn one after the other, in this order: what a person looks at first comes first. */
export const turnOrder = [
  'picture',
  'layers',
  'entropy',
  'versus',
  'within',
  'change',
  'flow',
  'tree',
  'carries',
  'trust',
  'notes',
  'values',
  'ready',
] as const;

export type TurnName = (typeof turnOrder)[number];

/** How many rounds may go by until it is said that all is drawn: more than one analysis brings, fewer than live pictures would. */
const MOST_PASSED = 6;

/** What workers send: all figures are drawn anew for it. */
const arriving = [
  'picture',
  'analysis',
  'measurement',
  'signs',
  'nullSigns',
] as const satisfies (keyof ExplainState)[];

/** Parts that show a step of the slider at once; all others mark it when that is painted. */
const steppingAtOnce: readonly TurnName[] = ['picture', 'versus', 'ready'];

/** The layer that figures mark as selected: between two layers none. */
const markedLayer = ({ layer, position }: ExplainState) => (Number.isInteger(position) ? layer : null);

/** What a turn is waited for: to mark another layer, or to draw what has arrived. */
type WaitingFor = 'step' | 'arrival';

/** When the next turn may be given: when what is on the page has been painted, or at once. */
export type TurnsAre = 'after-paint' | 'at-once';

/**
 * How a part stands to the state: drawn from it, or but for a step; about to be drawn from what has arrived; or still showing another analysis than
 * that of the state.
 */
export type Standing = 'now' | 'waits' | 'earlier';

/** A part's own view of the state, which stays behind until its turn comes. */
export interface Turn extends Pick<StoreApi<ExplainState>, 'getState' | 'getInitialState' | 'subscribe'> {
  readonly standing: Standing;
  /** Whether it has had a turn since it came to the page: before that there is nothing of it. */
  readonly isBegun: boolean;
  /**
   * The part is on the page from now on, and waits for its first turn; returns what takes it away again.
   * @param atOnce whether there is something of it before its first turn
   */
  join(atOnce?: boolean): () => void;
}

export interface DrawingTurns {
  of(name: TurnName): Turn;
  /** Calls `listener` whenever parts begin to wait, and at once if one does; returns what ends that. */
  onWaiting(listener: (turnsAre: TurnsAre) => void): () => void;
  /** Lets the next part that waits be drawn; whether another one may be drawn at once after it. */
  giveNext(): boolean;
}

/** Who has to be told. */
function createListeners<Arguments extends unknown[]>() {
  const listeners = new Set<(...told: Arguments) => void>();
  return {
    add(listener: (...told: Arguments) => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tell(...told: Arguments): void {
      for (const listener of [...listeners]) listener(...told);
    },
  };
}

/**
 * Gives the parts of a page their turns. What arrives would otherwise render and draw all of them in one task, since a store updates
 * React at once. A part that waits draws what it has drawn; as long as that is of the analysis on screen, all else of the state reaches it
 * at once, such as the settings. A step of the slider is drawn by few parts at once; the others wait for their turn to mark it. Turns go round: where analyses come faster than all can be drawn, the last part has its turn as often as the first. Only `ready` waits until nobody
 * else does, for some rounds; where all is of another network, also until that is painted: what was hidden for it must have been so in a frame,
 * or all would be seen to move.
 * @param store what the parts show
 */
export function createDrawingTurns(
  store: Pick<StoreApi<ExplainState>, 'getState' | 'getInitialState' | 'subscribe'>,
): DrawingTurns {
  const waiting = createListeners<[TurnsAre]>();
  const tellWaiting = (what: WaitingFor) => waiting.tell(what === 'step' ? 'after-paint' : 'at-once');
  const parts = turnOrder.map((name) => createPart(store, !steppingAtOnce.includes(name), tellWaiting));
  /** Who was drawn last, how often the part that says that all is drawn was passed over since it waits, and whether it waited for a frame. */
  const round = { last: -1, passed: 0, painted: false };
  const saysReady = parts[turnOrder.indexOf('ready')];
  store.subscribe((state, before) => {
    const arrives = arriving.some((key) => state[key] !== before[key]);
    const what = arrives ? 'arrival' : markedLayer(state) !== markedLayer(before) ? 'step' : null;
    for (const part of parts) part.follow(state, what);
    if (what) tellWaiting(what);
  });
  const nextOne = () => {
    const after = [...parts.slice(round.last + 1), ...parts.slice(0, round.last + 1)];
    const [first, second] = after.filter(({ waits }) => waits());
    return first === saysReady && round.passed < MOST_PASSED ? (second ?? first) : first;
  };
  const isOfAnotherNetwork = () => {
    const [before, now] = [saysReady.turn.getState(), store.getState()].map(networkOf);
    return before !== null && now !== null && before !== now;
  };
  return {
    of: (name) => parts[turnOrder.indexOf(name)].turn,
    onWaiting(listener) {
      if (nextOne()) listener('at-once');
      return waiting.add(listener);
    },
    giveNext() {
      const part = nextOne();
      if (!part) return false;
      if (part === saysReady && isOfAnotherNetwork() && !round.painted) {
        round.painted = true;
        waiting.tell('after-paint');
        return false;
      }
      const at = parts.indexOf(part);
      if (part === saysReady) Object.assign(round, { passed: 0, painted: false });
      else if (at <= round.last && saysReady.waits()) round.passed++;
      round.last = at;
      part.draw();
      const more = nextOne() !== undefined;
      // The next round begins with the first part again.
      if (!more) Object.assign(round, { last: -1, passed: 0 });
      return more;
    },
  };
}

function createPart(
  { getState: current, getInitialState }: Pick<StoreApi<ExplainState>, 'getState' | 'getInitialState'>,
  /** Whether it marks a step in its turn. */
  late: boolean,
  tellWaiting: (what: WaitingFor) => void,
) {
  const changes = createListeners<[ExplainState, ExplainState]>();
  const part = { drawn: current(), waits: null as WaitingFor | null, begun: false, here: 0 };
  const take = (next: ExplainState, always = false) => {
    const before = part.drawn;
    part.drawn = next;
    if (always || next !== before) changes.tell(next, before);
  };
  const turn: Turn = {
    getState: () => part.drawn,
    getInitialState,
    subscribe: changes.add,
    get standing() {
      if (part.waits !== 'arrival') return 'now';
      return part.drawn.analysis === current().analysis ? 'waits' : 'earlier';
    },
    get isBegun() {
      return part.begun;
    },
    join(atOnce = false) {
      part.here++;
      part.begun ||= atOnce;
      if (!part.begun) part.waits = 'arrival';
      if (part.waits) tellWaiting(part.waits);
      return () => {
        part.here--;
        if (part.here > 0) return;
        Object.assign(part, { waits: null, begun: false });
        take(current());
      };
    },
  };
  return {
    turn,
    waits: () => part.waits !== null,
    follow(state: ExplainState, what: WaitingFor | null): void {
      if (part.here > 0 && (what === 'arrival' || (what === 'step' && late))) {
        part.waits = part.waits === 'arrival' ? 'arrival' : what;
      }
      take(part.waits ? meanwhile(part.drawn, state, late) : state, what === 'arrival');
    },
    draw(): void {
      Object.assign(part, { waits: null, begun: true });
      take(current(), true);
    },
  };
}

/** The network of the analysis, null without one. */
export const networkOf = ({ analysis }: Pick<ExplainState, 'analysis'>): string | null =>
  analysis && `${analysis.network.id} ${analysis.network.sha256}`;

/** What a part that waits draws: of the same analysis all but what it waits for, of another one nothing new. */
function meanwhile(drawn: ExplainState, state: ExplainState, late: boolean): ExplainState {
  if (state.analysis !== drawn.analysis) return drawn;
  const { picture, measurement, signs, nullSigns, layer, position } = drawn;
  const meantime = { ...state, picture, measurement, signs, nullSigns };
  if (!late) return meantime;
  const settings = differInLayerAlone(drawn.settings, state.settings) ? drawn.settings : state.settings;
  return { ...meantime, settings, layer, position };
}

/** The settings name the selected layer as well. */
const differInLayerAlone = (a: ExplainSettings, b: ExplainSettings) =>
  a === b || shallow({ ...a, layer: '' }, { ...b, layer: '' });

export const drawingTurns = createDrawingTurns(useExplain);
