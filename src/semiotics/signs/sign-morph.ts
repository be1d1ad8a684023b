import type { Sign } from './find-signs';
import { type Contours, contourTracer } from './iso-contour';
import type { LinkedSigns, SignLink, SignRef } from './link-signs';
import { signedDistance, type Window } from './signed-distance';

/** The signs of one layer, on the grid of all layers. */
export interface OutlinedLayer {
  signs: readonly Sign[];
  /** height x width, row-major: the id of the sign a pixel lies in, -1 outside. */
  labels: Int32Array;
}

/** The outline of one sign, or of several on their way into one. */
export interface Outline {
  /** The sign it is, or is becoming; for one that dissolves, the one it was. */
  sign: SignRef;
  /** Closed lines, from `x`, `y` on, in pixels of the grid: 0, 0 is the centre of the first pixel. Read at once. */
  contours: Contours;
  x: number;
  y: number;
  /** How much of it is there, 0 to 1. */
  presence: number;
  /** Whether it passes over layers that it is no sign of. */
  skipping: boolean;
}

/** Hands over the outlines at a position between the layers, one after another. */
export type OutlineTour = (position: number, visit: (outline: Outline) => void) => void;

/** The greatest groups of signs move; the rest, of little mass and possibly hundreds, fade from layer to layer. */
const MOVING_GROUPS = 28;
/** Parts of one group that keep an outline of their own while they fuse. */
const MOVING_PARTS = 12;
const SKIPPING_SIGNS = 5;
/** How clearly a sign is seen where it passes over a layer, and how near to a layer it hides: it is no sign of that layer. */
const SKIPPING_PRESENCE = 0.45;
const HIDES_WITHIN = 0.25;

/** Signs of one layer and the sign of a later one they become; either side may be missing. */
interface Group {
  from: SignRef[];
  to: SignRef | null;
  weight: number;
}

/** A group with its signed distances over one window. */
interface Field {
  window: Window;
  from: { sign: SignRef; distance: Float32Array }[];
  to: { sign: SignRef; distance: Float32Array } | null;
}

interface Transition {
  fields: Field[];
  /** Of those that only fade. */
  fading: { before: SignRef[]; after: SignRef[] };
  skipping: { link: SignLink; field: Field }[];
}

/**
 * The outlines of signs as they travel from layer to layer. At a layer they are exactly that layer's signs. Between two, the signs that a sign
 * takes in become it: with d the signed distance from the border of a region, their common outline is the zero line of
 * `(1 - t) min_i d_i + t d_j`, so that parts grow towards each other and fuse. What dissolves shrinks away, what emerges grows, and a sign with a
 * skipping link travels all the way to the layer that takes it in.
 *
 * @param width of the grid
 */
export function outlineTour(
  layers: readonly OutlinedLayer[],
  linked: LinkedSigns,
  width: number,
): OutlineTour {
  const trace = contourTracer();
  const resting = new Map<number, Outline[]>();
  const transitions = new Map<number, Transition>();
  let [mixed, common] = [new Float32Array(0), new Float32Array(0)];

  const room = (cells: number) => {
    if (mixed.length >= cells) return;
    mixed = new Float32Array(cells);
    common = new Float32Array(cells);
  };
  const signOf = ({ layer, sign }: SignRef) => layers[layer].signs[sign];
  const distanceOf = (sign: SignRef, window: Window) => ({
    sign,
    distance: signedDistance(layers[sign.layer].labels, width, sign.sign, window),
  });
  const fieldOf = (from: readonly SignRef[], to: SignRef | null): Field => {
    const window = around([...from, ...(to ? [to] : [])].map((sign) => signOf(sign).box));
    return { window, from: from.map((sign) => distanceOf(sign, window)), to: to && distanceOf(to, window) };
  };

  /** Half a pixel inside of a sign's border and half a pixel outside: the signed distance where the border runs, and all that its line asks for. */
  const sidesOf = ({ layer, sign }: SignRef, window: Window): Float32Array => {
    const [columns, rows] = sizeOf(window);
    room(columns * rows);
    mixed.fill(0.5, 0, columns * rows);
    const [x0, y0] = window;
    const { labels } = layers[layer];
    // The window is a pixel wider than the sign, which may touch the edge of the grid.
    for (let y = 1; y < rows - 1; y++) {
      const [here, there] = [y * columns, (y0 + y) * width + x0];
      for (let x = 1; x < columns - 1; x++) if (labels[there + x] === sign) mixed[here + x] = -0.5;
    }
    return mixed;
  };

  /** The signs of one layer as they are. */
  const rest = (layer: number): Outline[] => {
    const known = resting.get(layer);
    if (known) return known;
    const outlines = layers[layer].signs.map(({ id, box }): Outline => {
      const sign = { layer, sign: id };
      const window = around([box]);
      const { points, ends } = trace(sidesOf(sign, window), ...sizeOf(window));
      const contours = { points: points.slice(0, 2 * (ends.at(-1) ?? 0)), ends };
      return { sign, contours, x: window[0], y: window[1], presence: 1, skipping: false };
    });
    resting.set(layer, outlines);
    return outlines;
  };

  const transitionAt = (layer: number): Transition => {
    const known = transitions.get(layer);
    if (known) return known;
    const groups = groupsBetween(layers, linked, layer);
    const moving = groups.slice(0, MOVING_GROUPS).map((group) => ({
      ...group,
      from: [...group.from].sort((a, b) => signOf(b).share - signOf(a).share).slice(0, MOVING_PARTS),
    }));
    const held = new Set(moving.flatMap(({ from, to }) => [...from, ...(to ? [to] : [])].map(keyOf)));
    const left = (at: number) => linked.layers[at].filter((sign) => !held.has(keyOf(sign)));
    const transition: Transition = {
      fields: moving.map(({ from, to }) => fieldOf(from, to)),
      fading: { before: left(layer), after: left(layer + 1) },
      skipping: linked.links
        .filter(({ skipping, from, to }) => skipping && from.layer <= layer && to.layer > layer)
        .sort((a, b) => signOf(b.from).share - signOf(a.from).share)
        .slice(0, SKIPPING_SIGNS)
        .map((link) => ({ link, field: fieldOf([link.from], link.to) })),
    };
    transitions.set(layer, transition);
    return transition;
  };

  /** The outlines of one group on its way: those of its parts, then their common one. */
  const visitField = (
    { window, from, to }: Field,
    share: number,
    look: { presence: number; skipping: boolean },
    visit: (outline: Outline) => void,
  ) => {
    const [columns, rows] = sizeOf(window);
    const cells = columns * rows;
    room(cells);
    const show = (field: Float32Array, sign: SignRef, presence: number) => {
      const contours = trace(field, columns, rows);
      if (contours.ends.length === 0) return;
      visit({
        sign,
        contours,
        x: window[0],
        y: window[1],
        presence: presence * look.presence,
        skipping: look.skipping,
      });
    };
    if (!to || from.length === 0) {
      const { sign, distance } = to ?? from[0];
      const gone = to ? 1 - share : share;
      const inset = gone * depthOf(distance);
      for (let i = 0; i < cells; i++) mixed[i] = distance[i] + inset;
      show(mixed, sign, 1 - gone);
      return;
    }
    common.fill(Number.POSITIVE_INFINITY, 0, cells);
    for (const part of from) {
      const { distance } = part;
      for (let i = 0; i < cells; i++) {
        const value = distance[i] + (to.distance[i] - distance[i]) * share;
        mixed[i] = value;
        if (value < common[i]) common[i] = value;
      }
      if (from.length > 1) show(mixed, part.sign, 1 - share);
    }
    show(common, to.sign, 1);
  };

  return (position, visit) => {
    const layer = Math.floor(position);
    const share = position - layer;
    if (share === 0) {
      for (const outline of rest(layer)) visit(outline);
      return;
    }
    const { fields, fading, skipping } = transitionAt(layer);
    for (const [signs, presence] of [
      [fading.before, 1 - share],
      [fading.after, share],
    ] as const) {
      for (const { layer, sign } of signs) visit({ ...rest(layer)[sign], presence });
    }
    const nearness = Math.min(share, 1 - share) / HIDES_WITHIN;
    for (const { link, field } of skipping) {
      const way = (position - link.from.layer) / (link.to.layer - link.from.layer);
      visitField(field, way, { presence: SKIPPING_PRESENCE * Math.min(1, nearness), skipping: true }, visit);
    }
    for (const field of fields) visitField(field, share, { presence: 1, skipping: false }, visit);
  };
}

/** All groups between a layer and the next, the greatest share of mass first. */
function groupsBetween(
  layers: readonly OutlinedLayer[],
  { layers: linked }: LinkedSigns,
  layer: number,
): Group[] {
  const shareOf = ({ layer, sign }: SignRef) => layers[layer].signs[sign].share;
  const groups: Group[] = linked[layer + 1].map((to) => {
    const from = to.parts.filter((link) => link.from.layer === layer).map((link) => link.from);
    return { from, to, weight: from.reduce((sum, part) => sum + shareOf(part), shareOf(to)) };
  });
  for (const from of linked[layer]) {
    if (from.fate === 'dissolves') groups.push({ from: [from], to: null, weight: shareOf(from) });
  }
  return groups.sort((a, b) => b.weight - a.weight);
}

/** One pixel around all of the boxes. */
const around = (boxes: readonly Window[]): Window => [
  Math.min(...boxes.map(([x0]) => x0)) - 1,
  Math.min(...boxes.map(([, y0]) => y0)) - 1,
  Math.max(...boxes.map(([, , x1]) => x1)) + 1,
  Math.max(...boxes.map(([, , , y1]) => y1)) + 1,
];

const sizeOf = ([x0, y0, x1, y1]: Window): [width: number, height: number] => [x1 - x0, y1 - y0];

const keyOf = ({ layer, sign }: SignRef) => `${layer} ${sign}`;

/** Distance from the border to the innermost pixel. */
const depthOf = (distance: Float32Array) => -distance.reduce((least, value) => Math.min(least, value), 0);
