import { assertOneGrid, type SignLayer } from './shares';

/** A sign, by the index of its layer and its id there. */
export interface SignRef {
  layer: number;
  sign: number;
}

/** A sign that is aggregated into a sign of a later layer. */
export interface SignLink {
  from: SignRef;
  to: SignRef;
  /** Share of the sign's mass that lies inside the other, at least 0.5. */
  share: number;
  /** Whether layers in between, none of which holds half of the sign, are passed over. */
  skipping: boolean;
}

/** What a sign takes in: nothing, one sign of an earlier layer, or several. */
export type SignForm = 'emerges' | 'carried' | 'supersign';

/** What becomes of a sign: a later sign takes it in, none does, or there is no later layer and the decision rests on it. */
export type SignFate = 'aggregated' | 'dissolves' | 'root';

/** A sign in its place between the layers. */
export interface LinkedSign extends SignRef {
  form: SignForm;
  /** How many signs it takes in. */
  order: number;
  /** The links it takes them in by, by layer and sign. */
  parts: SignLink[];
  fate: SignFate;
  /** The link by which it is taken in itself. */
  into: SignLink | null;
}

/** All signs of all layers and how they are aggregated. */
export interface LinkedSigns {
  /** For every layer its signs, by id. */
  layers: LinkedSign[][];
  /** By layer and sign. */
  links: SignLink[];
}

/** The share of a sign's mass from which on it counts as taken in. */
export const AGGREGATION_SHARE = 0.5;

/**
 * Links every sign to the first later layer that has a sign holding at least half of its mass: the next layer, or, by a
 * skipping link, one behind it. Mass is that of the sign's own layer; of two signs that hold one half each the lower id counts.
 *
 * @param layers in the order of the network, all on one grid; layers without signs are allowed
 * @throws MapError where the layers differ in size
 */
export function linkSigns(layers: readonly SignLayer[]): LinkedSigns {
  assertOneGrid(layers);
  const last = layers.length - 1;
  const linked = layers.map(({ signs }, layer) =>
    signs.map(
      ({ id }): LinkedSign => ({
        layer,
        sign: id,
        form: 'emerges',
        order: 0,
        parts: [],
        fate: layer === last ? 'root' : 'dissolves',
        into: null,
      }),
    ),
  );
  const links: SignLink[] = [];
  layers.forEach((layer, index) => {
    const own: SignLink[] = [];
    linkLayer(layers, index, layer, own);
    own.sort((a, b) => a.from.sign - b.from.sign);
    for (const link of own) {
      const from = linked[index][link.from.sign];
      from.fate = 'aggregated';
      from.into = link;
      linked[link.to.layer][link.to.sign].parts.push(link);
      links.push(link);
    }
  });
  for (const sign of linked.flat()) {
    sign.order = sign.parts.length;
    sign.form = sign.order === 0 ? 'emerges' : sign.order === 1 ? 'carried' : 'supersign';
  }
  return { layers: linked, links };
}

/** Adds the links of one layer's signs, looking at layer after layer until every sign is placed or none is left. */
function linkLayer(layers: readonly SignLayer[], index: number, layer: SignLayer, found: SignLink[]): void {
  let open = layer.signs.map(({ id }) => id);
  let pixels = layer.labels.reduce<number[]>((inside, label, pixel) => {
    if (label >= 0) inside.push(pixel);
    return inside;
  }, []);
  const row = new Int32Array(layer.signs.length);
  for (let later = index + 1; later < layers.length && open.length > 0; later++) {
    const { labels, signs } = layers[later];
    if (signs.length === 0) continue;
    row.fill(-1);
    open.forEach((id, k) => {
      row[id] = k;
    });
    const mass = new Float64Array(open.length * signs.length);
    for (const pixel of pixels) {
      const j = labels[pixel];
      if (j >= 0) mass[row[layer.labels[pixel]] * signs.length + j] += layer.map[pixel];
    }
    const left: number[] = [];
    open.forEach((id, k) => {
      const start = k * signs.length;
      let best = 0;
      for (let j = 1; j < signs.length; j++) if (mass[start + j] > mass[start + best]) best = j;
      const share = mass[start + best] / layer.signs[id].mass;
      if (share >= AGGREGATION_SHARE) {
        found.push({
          from: { layer: index, sign: id },
          to: { layer: later, sign: best },
          share,
          skipping: later > index + 1,
        });
        row[id] = -1;
      } else left.push(id);
    });
    open = left;
    pixels = pixels.filter((pixel) => row[layer.labels[pixel]] >= 0);
  }
}
