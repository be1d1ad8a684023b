import type { SignRef } from '../../semiotics';
import type { FlowData } from './flow-data';
import type { Extent, FlowLayout } from './flow-layout';
import { signExtent } from './flow-lit';

/** How far from a body it is still meant, in pixels. */
const NEAR = 5;

/** The sign under a point of the figure: that of the body there, or that whose link runs there; null for none. */
export function signAt(data: FlowData, layout: FlowLayout, x: number, y: number): SignRef | null {
  if (!data.linked || data.layers.length === 0) return null;
  const { axis } = layout;
  const position = axis.position(x);
  const layer = Math.round(position);
  const reach = Math.max(NEAR, layout.bodyWidth / 2 + 2);
  if (Math.abs(x - axis.x(layer)) <= reach) return inColumn(data, layout, layer, y);
  // Before the first body and behind the last there is no link.
  if (Math.abs(x - axis.x(position)) > NEAR) return null;
  const from = Math.floor(position);
  return onLink(layout, from, position - from, y);
}

function inColumn(data: FlowData, layout: FlowLayout, layer: number, y: number): SignRef | null {
  let nearest: SignRef | null = null;
  let least = NEAR;
  data.layers[layer].signs.forEach(({ id: sign }) => {
    const distance = outside(signExtent(data, layout, { layer, sign }), y);
    if (distance < least) {
      nearest = { layer, sign };
      least = distance;
    }
  });
  return nearest;
}

function outside(extent: Extent, y: number): number {
  return Math.max(0, extent.y - y, y - extent.y - extent.height);
}

/** The sign whose link runs at height `y`, a share `along` of the way from column `from` to the next. */
function onLink(layout: FlowLayout, from: number, along: number, y: number): SignRef | null {
  const t = curveParameter(along);
  const rise = t * t * (3 - 2 * t);
  for (const { link, extents } of layout.threads) {
    const start = extents[from - link.from.layer];
    const end = extents[from + 1 - link.from.layer];
    if (!start || !end) continue;
    const at = {
      y: start.y + (end.y - start.y) * rise,
      height: start.height + (end.height - start.height) * rise,
    };
    if (outside(at, y) <= 0.5) return link.from;
  }
  return null;
}

/** Where on a ribbon's curve, whose handles both lie half way, a share of its width is reached. */
function curveParameter(along: number): number {
  let [low, high] = [0, 1];
  for (let step = 0; step < 20; step++) {
    const t = (low + high) / 2;
    const x = 1.5 * (1 - t) * t + t * t * t;
    if (x < along) low = t;
    else high = t;
  }
  return (low + high) / 2;
}
