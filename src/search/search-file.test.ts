import { beforeAll, describe, expect, it } from 'vitest';
import { filterLayout } from './filters/filter-groups';
import { createSearch, type Search } from './search';
import { parseSearch, serialiseSearch } from './search-file';
import { SearchError } from './search-state';
import { exampleState, runToEnd, trainerIn } from './search-testing';

const made = '2026-03-01T12:30:05.000Z';
let search: Search;

beforeAll(async () => {
  search = createSearch(
    exampleState({ orders: ['semiotic', 'parameters'] }),
    new Map(),
    trainerIn((blocks) => ({ accuracy: blocks.length > 5 ? 0.9 : 0.5 })),
  );
  await runToEnd(search);
});

const fileOf = () => JSON.parse(serialiseSearch({ state: search.state, weights: search.weights, made }));
const opened = (change: (file: ReturnType<typeof fileOf>) => void) => {
  const file = fileOf();
  change(file);
  return () => parseSearch(JSON.stringify(file));
};

describe('a search file', () => {
  it('opens as it was saved, with its weights', () => {
    const file = parseSearch(serialiseSearch({ state: search.state, weights: search.weights, made }));
    expect(file.state).toEqual(search.state);
    expect(file.made).toBe(made);
    expect(file.weights.size).toBeGreaterThan(1);
    expect(file.weights).toEqual(search.weights);
  });
  it('is one of version 1 where it takes out blocks, as before there were filters', () => {
    const file = fileOf();
    expect(file.version).toBe(1);
    const { unit: _, shrink: __, distillation: ___, finalEpochs: ____, ...options } = file.search.options;
    const { shard: _____, scenes: ______, ...early } = { ...file.search, options };
    expect(parseSearch(JSON.stringify({ ...file, search: early })).state).toEqual(search.state);
  });
  it('opens without weights', () => {
    const file = parseSearch(serialiseSearch({ state: search.state, weights: new Map(), made }));
    expect(file.state).toEqual(search.state);
    expect(file.weights.size).toBe(0);
  });
  it('keeps the very bits of weights', () => {
    const values = Float32Array.of(0.1, -1e-30, 3.4e38, 0);
    const weights = new Map([['1/reference', [{ name: 'w', shape: [2, 2], values }]]]);
    const file = parseSearch(serialiseSearch({ state: search.state, weights, made }));
    expect(file.weights.get('1/reference')?.[0].values).toEqual(values);
  });
  it('is refused in words where it is damaged', () => {
    expect(() => parseSearch('{"a"')).toThrow(
      new SearchError('This file is no JSON, or it breaks off. Choose a file saved with "Save search".'),
    );
    expect(opened((file) => (file.schema = 'supersign/analysis'))).toThrow('This file holds no search.');
    expect(opened((file) => (file.version = 7))).toThrow('version 7 of the format');
    expect(opened((file) => (file.search.networks[1].validation.accuracy = 1.5))).toThrow(
      'The search is damaged at search.networks.1.validation.accuracy',
    );
    expect(opened((file) => file.search.networks.splice(0, 1))).toThrow(
      'comes from 1/reference, which is not in it',
    );
    expect(opened((file) => (file.search.networks[2].id = '1/reference'))).toThrow(
      'two networks are called 1/reference',
    );
    expect(opened((file) => (file.weights['1/reference'][0].shape = [1]))).toThrow(
      'not as many as their shape tells',
    );
    expect(opened((file) => (file.weights['1/reference'][0].float32 = '%'))).toThrow('no base64 of float32');
    expect(opened((file) => (file.search.options.seeds = [1, 1]))).toThrow('every seed once');
  });
});

describe('a file of a search that takes out filters', () => {
  const filtered = async () => {
    const state = exampleState({
      unit: 'filters',
      orders: ['uniform'],
      distillation: { weight: 0.5, temperature: 4 },
    });
    const begun = createSearch(
      state,
      new Map(),
      trainerIn((_, move) => ({
        accuracy: 0.9,
        filters: filterLayout(move.architecture).groups.map(({ name, filters }) => ({
          group: name,
          norm: Array.from({ length: filters }, (_, i) => i),
        })),
      })),
    );
    for (let i = 0; i < 3; i++) await begun.advance();
    return { state: begun.state, weights: begun.weights, made };
  };

  it('is one of version 2, and opens as it was saved', async () => {
    const file = await filtered();
    const text = serialiseSearch(file);
    expect(JSON.parse(text).version).toBe(2);
    expect(parseSearch(text)).toEqual(file);
  });
  it('is refused where a network is not what its parent becomes', async () => {
    const file = JSON.parse(serialiseSearch(await filtered()));
    const [, step] = file.search.networks;
    step.change.filters[0].filters.push(2);
    expect(() => parseSearch(JSON.stringify(file))).toThrow(
      `${step.id} is not what 1/reference becomes without the filters that it names`,
    );
    step.change.filters[0] = { group: 'nowhere', filters: [0] };
    expect(() => parseSearch(JSON.stringify(file))).toThrow('is not what 1/reference becomes');
  });
});
