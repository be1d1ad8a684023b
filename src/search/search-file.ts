import * as v from 'valibot';
import { layerMethods } from '../saliency/method-names';
import { ENTROPY_MEASURES, type EntropyMeasure } from '../semiotics';
import type { NamedWeight } from '../training/architecture/named-weight';
import {
  readStoredWeights,
  storedWeightsSchema,
  storeWeights,
} from '../training/architecture/stored-weights';
import { architectureSchema, recipeSchema } from '../training/training-schemas';
import { SearchError, type SearchState, searchOrders } from './search-state';

export const SEARCH_SCHEMA = 'supersign/search';
export const SEARCH_VERSION = 1;

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
const order = v.picklist(searchOrders);

const profileOptions = v.object({
  pictures: count,
  method: v.picklist(layerMethods),
  measure: v.picklist(ENTROPY_MEASURES.map(({ id }) => id) as EntropyMeasure[]),
  levels: count,
  grid: v.picklist(['input', 'native']),
  shuffles: count,
});

/** Also what a form or a command line gives is checked by this. */
export const searchOptionsSchema = v.object({
  direction: v.picklist(['prune', 'grow']),
  tolerance: share,
  budget: v.variant('kind', [
    v.object({ kind: v.literal('trainings'), trainings: count }),
    v.object({ kind: v.literal('minutes'), minutes: v.pipe(number, v.gtValue(0)) }),
  ]),
  referenceEpochs: count,
  epochs: count,
  warmStart: v.boolean(),
  warmLearningRate: v.pipe(number, v.gtValue(0)),
  profile: profileOptions,
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
  kind: v.picklist(['remove', 'add']),
  block: v.string(),
  stage: whole,
  candidates: v.pipe(v.array(v.object({ block: v.string(), stage: whole, rank: orNull })), v.minLength(1)),
  step: v.nullable(step),
});

const network = v.object({
  id: v.string(),
  seed: whole,
  order: v.nullable(order),
  role: v.picklist(['reference', 'start', 'step']),
  parent: v.nullable(v.string()),
  architecture: architectureSchema,
  change: v.nullable(change),
  from: v.nullable(v.string()),
  recipe: recipeSchema,
  validation: score,
  test: score,
  profile: v.array(v.object({ name: v.string(), entropy: number, null: number, error: orNull })),
  filterNorms: v.array(v.object({ block: v.string(), norm: number })),
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
});

const fileSchema = v.object({
  schema: v.literal(SEARCH_SCHEMA),
  version: v.literal(SEARCH_VERSION),
  made: v.string(),
  search: stateSchema,
  weights: v.optional(v.record(v.string(), storedWeightsSchema)),
});

/** JSON text of a search. */
export function serialiseSearch({ state, weights, made }: SearchFile): string {
  const stored = [...weights].map(([id, own]) => [id, storeWeights(own)]);
  return JSON.stringify({
    schema: SEARCH_SCHEMA,
    version: SEARCH_VERSION,
    made,
    search: state,
    ...(stored.length > 0 && { weights: Object.fromEntries(stored) }),
  });
}

/** @throws SearchError naming what is wrong and where */
export function parseSearch(text: string): SearchFile {
  const json = parsedJson(text);
  const { schema, version } = (json ?? {}) as { schema?: unknown; version?: unknown };
  if (schema !== SEARCH_SCHEMA) throw new SearchError(`This file holds no search. ${CHOOSE}`);
  if (version !== SEARCH_VERSION) {
    throw new SearchError(
      `This search was saved in version ${JSON.stringify(version)} of the format; only version ${SEARCH_VERSION} can be opened here.`,
    );
  }
  const result = v.safeParse(fileSchema, json, { abortEarly: true });
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
  const known = new Set<string>();
  for (const { id, parent } of networks) {
    if (known.has(id)) throw new SearchError(`The search is damaged: two networks are called ${id}.`);
    if (parent !== null && !known.has(parent)) {
      throw new SearchError(`The search is damaged: ${id} comes from ${parent}, which is not in it.`);
    }
    known.add(id);
  }
}

function readWeights(stored: Parameters<typeof readStoredWeights>[0]): NamedWeight[] {
  try {
    return readStoredWeights(stored);
  } catch (error) {
    throw new SearchError(`The search is damaged: ${(error as Error).message}.`);
  }
}
