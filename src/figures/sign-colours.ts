import type { LinkedSigns, SignRef } from '../semiotics';
import type { FigureTheme } from './theme';

/** The colour of every sign: that of the final sign it becomes part of, grey where it dissolves on the way. */
export type SignColours = (sign: SignRef) => string;

/** Told apart from each other, from grey and from the accent of the selected layer, on paper and on a dark heat map. */
const palettes: Record<FigureTheme['name'], readonly string[]> = {
  light: ['#2b6a9f', '#c68a2a', '#3f8f6b', '#8a5aa8', '#c2607a', '#5b8f9c'],
  dark: ['#6fa9d8', '#d6a24c', '#6dbd97', '#b18bd0', '#e08ea4', '#86bcc8'],
};

/**
 * Colours by final sign; roots in order of mass take the palette in turn.
 * @param masses mass of every sign of the last layer, by id
 */
export function signColours(
  { layers }: LinkedSigns,
  masses: readonly number[],
  { name, grey }: Pick<FigureTheme, 'name' | 'grey'>,
): SignColours {
  const palette = palettes[name];
  const order = masses.map((_, id) => id).sort((a, b) => masses[b] - masses[a]);
  const colours: string[][] = [];
  for (let layer = layers.length - 1; layer >= 0; layer--) {
    colours[layer] = layers[layer].map(({ sign, fate, into }) => {
      if (into) return colours[into.to.layer][into.to.sign];
      return fate === 'root' ? palette[order.indexOf(sign) % palette.length] : grey;
    });
  }
  return ({ layer, sign }) => colours[layer][sign];
}
