import type { SignRef } from '../../semiotics';
import type { FlowData } from './flow-data';
import type { FlowLayout } from './flow-layout';

/** The signs of a layer as they stand, from top to bottom, those within "others" included. */
export const signsInOrder = (layout: FlowLayout, layer: number): number[] =>
  layout.columns[layer].flatMap((node) => (node.kind === 'lane' ? [] : node.signs));

/**
 * Where a key leads from a sign: right to what takes it in, left to the heaviest of its parts, up and down within the layer.
 * The sign itself where there is nothing; null when the key is none of these.
 */
export function signForKey(data: FlowData, layout: FlowLayout, at: SignRef, key: string): SignRef | null {
  if (!data.linked) return null;
  const { into, parts } = data.linked.layers[at.layer][at.sign];
  const order = signsInOrder(layout, at.layer);
  const place = order.indexOf(at.sign);
  const within = (position: number) => ({
    layer: at.layer,
    sign: order[Math.max(0, Math.min(order.length - 1, position))],
  });
  switch (key) {
    case 'ArrowRight':
      return into ? into.to : at;
    case 'ArrowLeft': {
      const mass = ({ from }: { from: SignRef }) => data.layers[from.layer].signs[from.sign].share;
      return parts.length > 0 ? parts.reduce((a, b) => (mass(b) > mass(a) ? b : a)).from : at;
    }
    case 'ArrowUp':
      return within(place - 1);
    case 'ArrowDown':
      return within(place + 1);
    case 'Home':
      return within(0);
    case 'End':
      return within(order.length - 1);
    default:
      return null;
  }
}
