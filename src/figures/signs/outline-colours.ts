import type { LinkedSigns, SignRef } from '../../semiotics';
import { rootRanks } from './sign-colours';

/** The colour of every sign's outline over a picture. */
export type OutlineColours = (sign: SignRef) => string;

/** The hues of the flow's palette, pale: heat maps are dark, whatever the page's theme. */
const palette = ['#9fd0f7', '#f2c766', '#8fe0cf', '#f0a9c6', '#cbb3fa'];
const further = '#ffffff';
const none = '#cfcdc7';

/**
 * Colours by the final sign that a sign becomes part of, its rank as in the flow; grey where it dissolves on the way.
 * @param roots signs of the last layer
 */
export function outlineColours(
  { layers }: LinkedSigns,
  roots: readonly { readonly id: number; readonly share: number }[],
): OutlineColours {
  const ranks = rootRanks(roots);
  const colours: string[][] = [];
  for (let layer = layers.length - 1; layer >= 0; layer--) {
    colours[layer] = layers[layer].map(({ sign, fate, into }) => {
      if (into) return colours[into.to.layer][into.to.sign];
      return fate === 'root' ? (palette[ranks[sign]] ?? further) : none;
    });
  }
  return ({ layer, sign }) => colours[layer][sign];
}
