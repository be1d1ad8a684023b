import * as v from 'valibot';
import type { Architecture } from '../training/architecture/architecture';
import type { NamedWeight } from '../training/architecture/named-weight';
import {
  readStoredWeights,
  storedWeightsSchema,
  storeWeights,
} from '../training/architecture/stored-weights';
import { architectureSchema, profileSchema, recipeSchema } from '../training/training-schemas';
import { filterLayout } from './filters/filter-groups';
import { cutCosts, removedOf, type ShrunkGroup } from './filters/shrunk-groups';
import { withoutFilters } from './filters/without-filters';
import {
  SearchError,
  type SearchOptions,
  type SearchOrder,
  type SearchState,
  searchOrders,
  searchUnits,
} from './search-state';

export const SEARCH_SCHEMA = 'supersign/search';
/** Version 1 knew neither filters nor what came with them; a search without them is still saved as one. */
export const SEARCH_VERSION = 2;

/** Weights by the id of their network. */
export type SearchWeights = ReadonlyMap<string, readonly NamedWeight[]>;

/** A search as it is kept in a file. */
export interface SearchFile {
  state: SearchState;
  /** Empty where the file was saved without; a search that begins warm cannot go on then. */
  weights: SearchWeights;
  /** ISO 8601. */
  made: string;
}

const number = v.pipe(v.number(), v.finite());
const count = v.pipe(v.number(), v.integer(), v.minValue(1));
const whole = v.pipe(v.number(), v.integer(), v.minValue(0));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
/** Neither 0 nor 1. */
const openShare = v.pipe(number, v.gtValue(0), v.ltValue(1));
const order = v.picklist(searchOrders);

/** Also what a form or a command line gives is checked by this. */
export const searchOptionsSchema = v.object({
  direction: v.picklist(['prune', 'grow']),
  unit: v.picklist(searchUnits),
  shrink: v.object({
    cut: openShare,
    of: v.optional(v.picklist(cutCosts)),
    most: v.pipe(number, v.gtValue(0), v.maxValue(1)),
  }),
  tolerance: share,
  budget: v.variant('kind', [
    v.object({ kind: v.literal('trainings'), trainings: count }),
    v.object({ kind: v.literal('minutes'), minutes: v.pipe(number, v.gtValue(0)) }),
  ]),
  referenceEpochs: whole,
  epochs: count,
  warmStart: v.boolean(),
  warmLearningRate: v.pipe(number, v.gtValue(0)),
  distillation: v.nullable(v.object({ weight: share, temperature: v.pipe(number, v.gtValue(0)) })),
  finalEpochs: whole,
  profile: profileSchema,
  beyondNull: v.boolean(),
  orders: v.pipe(
    v.array(order),
    v.minLength(1),
    v.check((orders) => new Set(orders).size === orders.length, 'every order once'),
  ),
  seeds: v.pipe(
    v.array(whole),
    v.minLength(1),
    v.check((seeds) => new Set(seeds).size === seeds.length, 'every seed once'),
  ),
});

const score = v.object({ accuracy: share, loss: number });
const orNull = v.nullable(number);

const step = v.object({
  block: v.string(),
  entropy: number,
  null: number,
  fall: orNull,
  nullFall: orNull,
  error: orNull,
});

const change = v.object({
  kind: v.picklist(['remove', 'add', 'shrink']),
  block: v.string(),
  stage: whole,
  candidates: v.pipe(v.array(v.object({ block: v.string(), stage: whole, rank: orNull })), v.minLength(1)),
  step: v.nullable(step),
  filters: v.optional(
    v.pipe(
      v.array(v.object({ group: v.string(), filters: v.pipe(v.array(whole), v.minLength(1)) })),
      v.minLength(1),
    ),
  ),
});

const numbers = v.array(number);
const filterMeasures = v.object({
  group: v.string(),
  norm: numbers,
  scale: v.optional(numbers),
  taylor: v.optional(numbers),
  structure: v.optional(numbers),
  signs: v.optional(numbers),
});

const network = v.object({
  id: v.string(),
  seed: whole,
  order: v.nullable(order),
  role: v.picklist(['reference', 'start', 'step', 'final']),
  parent: v.nullable(v.string()),
  architecture: architectureSchema,
  change: v.nullable(change),
  from: v.nullable(v.string()),
  recipe: v.object({ ...recipeSchema.entries, epochs: whole }),
  validation: score,
  test: score,
  profile: v.array(v.object({ name: v.string(), entropy: number, null: number, error: orNull })),
  filterNorms: v.array(v.object({ block: v.string(), norm: number })),
  filters: v.optional(v.array(filterMeasures)),
  latency: number,
  milliseconds: number,
  parameters: whole,
  multiplyAdds: whole,
  verdict: v.picklist(['reference', 'start', 'kept', 'rejected']),
});

const stateSchema = v.object({
  options: searchOptionsSchema,
  architecture: architectureSchema,
  recipe: recipeSchema,
  labels: v.pipe(v.array(v.string()), v.minLength(2)),
  source: v.string(),
  backend: v.nullable(v.string()),
  networks: v.array(network),
  scenes: v.nullable(
    v.object({
      kind: v.literal('pictographs'),
      seed: whole,
      train: count,
      heldOut: count,
      endless: v.optional(v.boolean()),
    }),
  ),
  shard: v.nullable(
    v.pipe(
      v.object({ index: count, of: count }),
      v.check(({ index, of }) => index <= of, 'no more than there are'),
    ),
  ),
});

const fileSchema = v.object({
  schema: v.literal(SEARCH_SCHEMA),
  version: v.picklist([1, SEARCH_VERSION]),
  made: v.string(),
  search: stateSchema,
  weights: v.optional(v.record(v.string(), storedWeightsSchema)),
});

/** JSON text of a search. */
export function serialiseSearch({ state, weights, made }: SearchFile): string {
  const stored = [...weights].map(([id, own]) => [id, storeWeights(own)]);
  return JSON.stringify({
    schema: SEARCH_SCHEMA,
    version: isOfVersion1(state) ? 1 : SEARCH_VERSION,
    made,
    // In one order of keys, so that a search that was gone on with is written as one that was never left.
    search: sorted(state),
    ...(stored.length > 0 && { weights: Object.fromEntries(stored) }),
  });
}

/** Whether a page that knows version 1 alone can go on with it. */
function isOfVersion1({ options, shard }: SearchState): boolean {
  const { unit, distillation, finalEpochs, referenceEpochs, orders } = options;
  const plain: readonly SearchOrder[] = ['semiotic', 'random', 'l1', 'parameters'];
  return (
    unit === 'blocks' &&
    distillation === null &&
    finalEpochs === 0 &&
    referenceEpochs > 0 &&
    shard === null &&
    orders.every((each) => plain.includes(each))
  );
}

/** What a search is that was begun before there were filters. */
export type EarlierSearch = Omit<SearchState, 'options' | 'scenes' | 'shard'> &
  Partial<Pick<SearchState, 'scenes' | 'shard'>> & { options: Partial<SearchOptions> };

/** A search as it was kept at any time, with what was added since. */
export const completed = (search: EarlierSearch): SearchState => ({
  ...search,
  options: {
    ...{ unit: 'blocks', shrink: { cut: 0.2, most: 0.5 }, distillation: null, finalEpochs: 0 },
    ...search.options,
  } as SearchOptions,
  scenes: search.scenes ?? null,
  shard: search.shard ?? null,
});

/** Whether two searches are the same but for how far they are, and where. */
export function sameDesign(one: SearchState, other: SearchState): boolean {
  const designOf = ({ networks: _, backend: __, shard: ___, ...design }: SearchState) => sorted(design);
  return JSON.stringify(designOf(one)) === JSON.stringify(designOf(other));
}

/** Objects with their keys in one order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, each]) => [key, sorted(each)]));
}

/** @throws SearchError naming what is wrong and where */
export function parseSearch(text: string): SearchFile {
  const json = parsedJson(text);
  const { schema, version } = (json ?? {}) as { schema?: unknown; version?: unknown };
  if (schema !== SEARCH_SCHEMA) throw new SearchError(`This file holds no search. ${CHOOSE}`);
  if (version !== 1 && version !== SEARCH_VERSION) {
    throw new SearchError(
      `This search was saved in version ${JSON.stringify(version)} of the format; versions 1 and ${SEARCH_VERSION} can be opened here. Open it with a newer Supersign.`,
    );
  }
  const result = v.safeParse(fileSchema, withAdded(json), { abortEarly: true });
  if (!result.success) {
    const [issue] = result.issues;
    throw new SearchError(`The search is damaged at ${v.getDotPath(issue) ?? 'its root'}: ${issue.message}.`);
  }
  const { search, weights = {}, made } = result.output;
  checkParents(search);
  return {
    state: search,
    made,
    weights: new Map(Object.entries(weights).map(([id, own]) => [id, readWeights(own)])),
  };
}

/** What a file of version 1 lacks; of a damaged one the check tells. */
function withAdded(json: unknown): unknown {
  const { search } = json as { search?: EarlierSearch };
  const isSearch = typeof search === 'object' && search !== null && typeof search.options === 'object';
  return isSearch ? { ...(json as object), search: completed(search) } : json;
}

const CHOOSE = 'Choose a file saved with "Save search".';

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new SearchError(`This file is no JSON, or it breaks off. ${CHOOSE}`);
  }
}

/** Every network stands behind its parent, and no two have one id. */
function checkParents({ networks }: SearchState): void {
  const known = new Map<string, Architecture>();
  for (const { id, parent, architecture, change } of networks) {
    if (known.has(id)) throw new SearchError(`The search is damaged: two networks are called ${id}.`);
    if (parent !== null && !known.has(parent)) {
      throw new SearchError(`The search is damaged: ${id} comes from ${parent}, which is not in it.`);
    }
    const before = known.get(parent ?? '');
    if (before && change?.filters && !isWithout(architecture, before, change.filters)) {
      throw new SearchError(
        `The search is damaged: ${id} is not what ${parent} becomes without the filters that it names.`,
      );
    }
    known.set(id, architecture);
  }
}

function isWithout(after: Architecture, before: Architecture, filters: readonly ShrunkGroup[]): boolean {
  const groups = new Map(filterLayout(before).groups.map((group) => [group.name, group.filters]));
  const areThere = filters.every(({ group, filters: own }) =>
    own.every((filter) => filter < (groups.get(group) ?? 0)),
  );
  if (!areThere) return false;
  try {
    const expected = withoutFilters(before, removedOf(filters));
    return JSON.stringify(sorted(expected.stages)) === JSON.stringify(sorted(after.stages));
  } catch {
    return false;
  }
}

function readWeights(stored: Parameters<typeof readStoredWeights>[0]): NamedWeight[] {
  try {
    return readStoredWeights(stored);
  } catch (error) {
    throw new SearchError(`The search is damaged: ${(error as Error).message}.`);
  }
}
