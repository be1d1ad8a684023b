import type { StoredTensors } from '../stored-tensors';
import type { KerasWeights } from './layer-config';

/**
 * The weights of an archive. They lie in groups called like the class of their layer, counted up in every model, by their
 * position among the layer's variables: `layers/conv2d_1/vars/0`, `layers/functional/layers/conv2d/vars/0`.
 * @param config the model's description
 */
export function numberedWeights(config: unknown, tensors: StoredTensors): KerasWeights {
  const groups = new Map<string, string>();
  collectGroups(config, '', [], { groups, names: tensors.names });
  /** A layer inside a layer lies in its group, under the name of the attribute. */
  const groupOf = (path: readonly string[]): string | undefined => {
    const own = groups.get(JSON.stringify(path));
    const around = groups.get(JSON.stringify(path.slice(0, -1)));
    return own ?? (around && `${around}/${path.at(-1)}`);
  };
  return {
    tensors,
    find(path, _, position) {
      const group = groupOf(path);
      return group === undefined ? null : tensors.take(`${group}/vars/${position}`);
    },
    namesOf: (path) => tensors.names.filter((name) => name.startsWith(`${groupOf(path)}/`)),
  };
}

interface Described {
  class_name?: unknown;
  name?: unknown;
  config?: { name?: unknown; layers?: unknown };
}

interface Collected {
  /** Takes the group of every layer, by its path as JSON. */
  readonly groups: Map<string, string>;
  /** Of all tensors. */
  readonly names: readonly string[];
}

/** Where tf.keras 2.12 and 2.13 keep the layers of a model. */
const EARLIER = '_layer_checkpoint_dependencies/';

function collectGroups(
  model: unknown,
  group: string,
  path: readonly string[],
  { groups, names }: Collected,
): void {
  const layers = (model as Described | null)?.config?.layers;
  if (!Array.isArray(layers) || path.length > 20) return;
  const isEarlier = names.some((name) => name.startsWith(`${group}${EARLIER}`));
  const container = `${group}${isEarlier ? EARLIER : 'layers/'}`;
  const kinds = (layers as (Described | null)[]).map((layer) => snakeCase(String(layer?.class_name)));
  const numbered = isEarlier ? earlierNames(kinds, container, names) : counted(kinds, () => 1);
  (layers as (Described | null)[]).forEach((layer, i) => {
    const name = String(layer?.name ?? layer?.config?.name);
    const own = `${container}${numbered[i]}`;
    groups.set(JSON.stringify([...path, name]), own);
    collectGroups(layer, `${own}/`, [...path, name], { groups, names });
  });
}

/** What the group of a list calls its entries, by their classes: `lstm_cell`, `gru_cell`, `lstm_cell_1`. */
export const groupNames = (classNames: readonly string[]) => counted(classNames.map(snakeCase), () => 1);

/** @param places how many numbers a layer takes up among those of its class */
function counted(kinds: readonly string[], places: (name: string) => number): string[] {
  const counts = new Map<string, number>();
  return kinds.map((kind) => {
    const count = counts.get(kind) ?? 0;
    const name = count > 0 ? `${kind}_${count}` : kind;
    counts.set(kind, count + places(name));
    return name;
  });
}

/**
 * tf.keras 2.12 and 2.13 count a layer with weights twice (`layer_with_weights-0` and `layer-1` are one), which leaves out
 * every other number. Where that does not name all groups there are, they are counted once.
 */
function earlierNames(kinds: readonly string[], container: string, names: readonly string[]): string[] {
  const present = new Set(
    names
      .filter((name) => name.startsWith(container))
      .map((name) => name.slice(container.length).split('/')[0]),
  );
  const twice = counted(kinds, (name) => (present.has(name) ? 2 : 1));
  const found = new Set(twice);
  return [...present].every((name) => found.has(name)) ? twice : counted(kinds, () => 1);
}

/** Classes that files call by another name than the one that groups are named after. */
const ownNames: Readonly<Record<string, string>> = { GroupQueryAttention: 'GroupedQueryAttention' };

/** `to_snake_case` of keras/src/utils/naming.py. */
const snakeCase = (name: string) =>
  (ownNames[name] ?? name)
    .replace(/\W+/g, '')
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
