import { beforeEach, describe, expect, it } from 'vitest';
import { createStore } from 'zustand';
import type { AnalyseResult } from '../../../saliency/analysis';
import { type ExplainState, useExplain } from '../../../state/explain-store';
import { createDrawingTurns, type DrawingTurns, type TurnName } from './drawing-turns';

const analysisOf = (id: string) => ({ network: { id } }) as AnalyseResult;
const [first, second, third] = ['first', 'second', 'third'].map(analysisOf);
const some: Partial<Record<'measurement' | 'signs', never>> = { measurement: {} as never };

const createPage = () => createStore<ExplainState>()(() => useExplain.getInitialState());

let store: ReturnType<typeof createPage>;
let turns: DrawingTurns;
/** Parts in the order in which they were drawn, with the analysis that they then drew. */
let drawn: string[];

const networkNow = (name: TurnName) => turns.of(name).getState().analysis?.network.id ?? 'none';

function join(...names: TurnName[]): void {
  for (const name of names) {
    turns.of(name).join();
    while (turns.giveNext());
    let before = turns.of(name).getState();
    turns.of(name).subscribe(() => {
      const now = turns.of(name).getState();
      if (now.analysis !== before.analysis) drawn.push(`${name} ${networkNow(name)}`);
      before = now;
    });
  }
}

beforeEach(() => {
  store = createPage();
  turns = createDrawingTurns(store);
  drawn = [];
  join('entropy', 'picture', 'flow', 'layers');
});

describe('an analysis that arrives', () => {
  it('is drawn by one part a turn, in the order picture, strip, entropy, then the rest', () => {
    store.setState({ analysis: first });
    expect(drawn).toEqual([]);
    const more = [1, 2, 3, 4].map(() => turns.giveNext());
    expect(drawn).toEqual(['picture first', 'layers first', 'entropy first', 'flow first']);
    expect(more).toEqual([true, true, true, false]);
    expect(turns.giveNext()).toBe(false);
  });

  it('leaves what waits as it was, and says that it is of an earlier one', () => {
    store.setState({ analysis: first, layer: 3 });
    while (turns.giveNext());
    store.setState({ analysis: second, layer: 7 });
    turns.giveNext();
    expect([networkNow('picture'), turns.of('picture').getState().layer]).toEqual(['second', 7]);
    expect([networkNow('layers'), turns.of('layers').getState().layer]).toEqual(['first', 3]);
    expect([turns.of('picture').standing, turns.of('layers').standing]).toEqual(['now', 'earlier']);
    store.setState({ layer: 5 });
    expect([turns.of('picture').getState().layer, turns.of('layers').getState().layer]).toEqual([5, 3]);
  });

  it('in the middle of a round goes to whoever comes next, and then round', () => {
    store.setState({ analysis: first });
    turns.giveNext();
    turns.giveNext();
    store.setState({ analysis: second });
    while (turns.giveNext());
    expect(drawn).toEqual([
      ...['picture first', 'layers first'],
      ...['entropy second', 'flow second', 'picture second', 'layers second'],
    ]);
  });

  it('in the middle of a round is not said to be ready before all of it is drawn', () => {
    join('ready');
    for (const analysis of [first, second, third]) {
      store.setState({ analysis });
      for (let i = 0; i < 4; i++) turns.giveNext();
    }
    while (turns.giveNext());
    expect(drawn.filter((words) => words.startsWith('ready'))).toEqual(['ready third']);
    expect(drawn.at(-1)).toBe('ready third');
  });

  it('of another network is said to be ready when it was painted, so that what is hidden meanwhile is not seen to move', () => {
    join('ready');
    const told: string[] = [];
    turns.onWaiting((turnsAre) => told.push(turnsAre));
    store.setState({ analysis: first });
    while (turns.giveNext());
    store.setState({ analysis: second });
    while (turns.giveNext());
    expect(drawn.slice(-2)).toEqual(['entropy second', 'flow second']);
    // The turn that comes after a frame.
    expect([told.at(-1), turns.giveNext(), drawn.at(-1)]).toEqual(['after-paint', false, 'ready second']);
    store.setState({ analysis: analysisOf('second') });
    told.length = 0;
    while (turns.giveNext());
    expect([told, drawn.at(-1)]).toEqual([[], 'ready second']);
    expect(drawn.slice(-5)).toEqual(
      ['picture', 'layers', 'entropy', 'flow', 'ready'].map((part) => `${part} second`),
    );
  });

  it('faster than all can be drawn is said to be ready all the same, after some rounds', () => {
    join('ready');
    for (let i = 0; i < 40; i++) {
      store.setState({ analysis: [first, second, third][i % 3] });
      turns.giveNext();
    }
    expect(drawn.some((words) => words.startsWith('ready'))).toBe(true);
  });

  it('faster than all can be drawn keeps no part waiting for ever', () => {
    for (const analysis of [first, second, third, first, second, third]) {
      store.setState({ analysis });
      turns.giveNext();
    }
    expect(drawn.map((words) => words.split(' ')[0])).toEqual([
      ...['picture', 'layers', 'entropy', 'flow'],
      ...['picture', 'layers'],
    ]);
  });
});

describe('values of the same analysis', () => {
  beforeEach(() => {
    store.setState({ analysis: first, layer: 2 });
    while (turns.giveNext());
  });

  it('wait for their turn, and all else of the state does not', () => {
    store.setState({ ...some, note: 'Cancelled.' });
    const { measurement, note } = turns.of('entropy').getState();
    expect([measurement, note, turns.of('entropy').standing]).toEqual([null, 'Cancelled.', 'waits']);
    while (turns.giveNext());
    expect(turns.of('entropy').getState()).toBe(store.getState());
  });

  it('make earlier what waits for them when another analysis comes', () => {
    store.setState(some);
    store.setState({ analysis: second });
    expect(turns.of('entropy').standing).toBe('earlier');
  });
});

describe('a step to another layer', () => {
  const layers = () =>
    [...(['picture', 'layers', 'entropy', 'flow'] as const)].map((name) => turns.of(name).getState().layer);

  beforeEach(() => {
    store.setState({ analysis: first, layer: 2, position: 2 });
    while (turns.giveNext());
  });

  it('is shown by the picture at once, and marked by the others in their turns, none of which is busy', () => {
    store.setState({ layer: 4, position: 4 });
    const seen = [layers()];
    const standing = turns.of('layers').standing;
    while (turns.giveNext()) seen.push(layers());
    expect(seen).toEqual([
      [4, 2, 2, 2],
      [4, 4, 2, 2],
      [4, 4, 4, 2],
    ]);
    expect([layers(), standing]).toEqual([[4, 4, 4, 4], 'now']);
  });

  it('brings settings to a part that waits, but for the name of the layer', () => {
    const before = turns.of('entropy').getState().settings;
    store.setState({ layer: 4, position: 4, settings: { ...before, layer: 'conv3_1' } });
    expect(turns.of('entropy').getState().settings).toBe(before);
    store.setState({ settings: { ...before, layer: 'conv3_1', levels: 8 } });
    expect(turns.of('entropy').getState().settings.levels).toBe(8);
    while (turns.giveNext());
    expect(turns.of('entropy').getState().settings.layer).toBe('conv3_1');
  });

  it('is told of as such, apart from what arrives', () => {
    const told: string[] = [];
    turns.onWaiting((what) => told.push(what));
    store.setState({ layer: 4, position: 4 });
    store.setState(some);
    expect(told).toEqual(['after-paint', 'at-once']);
  });

  it('that is shown already when values arrive is shown by the picture all the same', () => {
    store.setState(some);
    store.setState({ layer: 4, position: 4 });
    expect(layers()).toEqual([4, 2, 2, 2]);
    while (turns.giveNext());
    expect(layers()).toEqual([4, 4, 4, 4]);
  });

  it('is none while the animation moves between two layers: nothing is marked then', () => {
    store.setState({ position: 2.25 });
    while (turns.giveNext());
    store.setState({ position: 2.5 });
    store.setState({ position: 2.75, layer: 3 });
    expect(turns.giveNext()).toBe(false);
    expect(turns.of('entropy').getState().position).toBe(2.75);
  });
});

describe('a part that comes to the page', () => {
  it('waits for its first turn, unless it is there at once', () => {
    const leave = turns.of('change').join();
    turns.of('tree').join(true);
    expect([turns.of('change').isBegun, turns.of('tree').isBegun]).toEqual([false, true]);
    turns.giveNext();
    expect(turns.of('change').isBegun).toBe(true);
    leave();
    expect(turns.of('change').isBegun).toBe(false);
  });

  it('is told of by those who give turns, and so is one that waits already', () => {
    const told: string[] = [];
    turns.onWaiting(() => told.push('early'));
    turns.of('notes').join();
    turns.onWaiting(() => told.push('late'));
    expect(told).toEqual(['early', 'late']);
  });

  it('and has left again takes no turn', () => {
    turns.of('values').join()();
    store.setState({ analysis: first });
    while (turns.giveNext());
    expect(turns.of('values').standing).toBe('now');
    expect(drawn).toHaveLength(4);
  });
});
