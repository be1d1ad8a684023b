import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { startBackend } from '../src/engine/engine-testing';
import { parseSearch, serialiseSearch } from '../src/search/search-file';
import { GIVEN, type Scenes, type SearchState } from '../src/search/search-state';
import { readArguments, UsageError } from './command-line';
import { goneOnWith, planOf, searchArguments } from './search-plan';

const root = path.resolve(import.meta.dirname, '..');
const planned = (line: string) => planOf(root, readArguments(line.split(' '), searchArguments));

beforeAll(() => startBackend('cpu'));

describe('a search that is found', () => {
  const line = 'pictographs --bundled --unit filters --order l1 --train 32 --held-out 40';
  const file = (state: SearchState) =>
    parseSearch(serialiseSearch({ state, weights: new Map(), made: '2026-03-01T12:30:05.000Z' }));

  it('is gone on with where it is the same, also where an early file does not hold its scenes', () => {
    const { state } = planned(line);
    expect(goneOnWith(file(state), state)?.state).toEqual(state);
    expect(goneOnWith(file({ ...state, scenes: null }), state)?.state).toEqual(state);
  });

  it('is not where it is another one, of other scenes, or another part', () => {
    const { state } = planned(line);
    for (const other of ['--cut 40', '--cost parameters', '--train 64', '--shard 1/2'])
      expect(goneOnWith(file(planned(`${line} ${other}`).state), state), other).toBeNull();
    const scenes = { ...(state.scenes as Scenes), seed: 2 };
    expect(goneOnWith(file({ ...state, scenes }), state)).toBeNull();
  });
});

describe('a search as the command line asks for it', () => {
  it('trains a smaller reference, and takes out blocks, unless told otherwise', () => {
    const { state, weights, data } = planned('pictographs --train 32 --held-out 40');
    expect(state.options).toMatchObject({ unit: 'blocks', distillation: null, finalEpochs: 0 });
    expect(state.options.orders).toEqual(['semiotic', 'random', 'l1', 'parameters']);
    expect(state.architecture.side).toBe(32);
    expect(weights.size).toBe(0);
    expect(data).toEqual({ kind: 'pictographs', seed: 1, train: 32, heldOut: 40, endless: true });
    expect(state.scenes).toEqual(data);
  });

  it('takes the bundled network as it is where that is asked for', () => {
    const { state, weights } = planned(
      'pictographs --bundled --unit filters --order l1 --cut 30 --distil 0 --final-epochs 0 --tolerance 0 --shard 3/16',
    );
    expect(state.architecture.side).toBe(64);
    expect(state.options).toMatchObject({
      unit: 'filters',
      orders: ['l1'],
      referenceEpochs: 0,
      finalEpochs: 0,
      tolerance: 0,
      distillation: null,
      shrink: { cut: 0.3, of: 'multiply-adds', most: 0.5 },
      budget: { kind: 'trainings', trainings: 3 },
      seeds: [1],
    });
    expect(state.shard).toEqual({ index: 3, of: 16 });
    expect(planned('pictographs --cost multiply-adds').state.options.shrink.of).toBe('multiply-adds');
    // The default is kept as files had it before there was a choice.
    expect(planned('pictographs --cost both').state.options.shrink).not.toHaveProperty('of');
    expect(planned('pictographs --unit filters --cost both').state.options.shrink).not.toHaveProperty('of');
    expect(planned('pictographs --unit filters --minutes 9').state.options.budget).toEqual({
      kind: 'minutes',
      minutes: 9,
    });
    const matrix = weights.get(GIVEN)?.find(({ name }) => name === 'logits/matrix');
    expect(matrix?.shape).toEqual([128, 10]);
  });

  it.each([
    ['pictographs --unit layers', 'There is no unit layers'],
    ['pictographs --order best', 'There is no order best'],
    ['pictographs --tolerance much', '--tolerance must be a number of points from 0 to 100'],
    ['pictographs --cost time', 'There is no cost time; there are both, parameters, multiply-adds.'],
    ['pictographs --distil 2', '--distil must be a share from 0 to 1'],
    ['pictographs --shard 17/16', '--shard 17/16: expected I/N'],
    ['pictographs --final-epochs 1.5', '--final-epochs must be a whole number'],
    ['cats', 'There is no world cats'],
    ['photos10', 'say where they are with --data'],
    ['photos10 --data nowhere.zip', 'There is no '],
  ])('%s is refused in words', (line, words) => {
    expect(() => planned(line)).toThrow(UsageError);
    expect(() => planned(line)).toThrow(words);
  });
});
