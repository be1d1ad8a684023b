import type { LinkedSigns, SignRef } from '../../semiotics';
import { rootRanks } from './sign-colours';

/** The colour of every sign's outline over a picture. */
export type OutlineColours = (sign: SignRef) => string;

/**
 * The hues of the flow's palette, pale: heat maps are dark, whatever the page's theme. Of different lightness, so that they stay apart in
 * every kind of colour vision.
 */
const palette = ['#79daff', '#ffc86d', '#80c6a8', '#e674b5', '#969bfb'];
const further = '#ffffff';
const none = '#7e7c79';

/** Every colour that an outline can have. */
export const allOutlineColours: readonly string[] = [...palette, further, none];

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
