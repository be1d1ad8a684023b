import type { ObjectColours } from './brush';
import { type Colour, colourOf, type Tone, toneDistance } from './colour';
import type { Dice } from './dice';
import type { Light } from './surface';
import { cosine, sine, TURN } from './trigonometry';

/** All colours of a scene. Nothing in it depends on what the scene shows. */
export interface Palette {
  /** From far to near; kin of each other. */
  readonly ground: readonly [Colour, Colour, Colour, Colour];
  readonly object: ObjectColours;
}

/** Hues that go together, as turns from the first. */
const HARMONIES: readonly (readonly number[])[] = [
  [0, 0.06, -0.07, 0.5],
  [0, 0.5, 0.08, 0.45],
  [0, 0.42, 0.58, 0.05],
  [0, 0.33, 0.67, 0.1],
  [0, 0.25, 0.5, 0.75],
  [0, -0.1, 0.12, 0.38],
];

export function palette(dice: Dice): Palette {
  const key = dice.pick(['light', 'light', 'light', 'middle', 'dark'] as const);
  // A yellow ground is pleasant where it is light, and mud where it is not.
  const turn = dice.next();
  const hue = key !== 'light' && yellowness(turn) > 0.2 ? turn + 0.33 : turn;
  const harmony = dice.pick(HARMONIES);
  const lightness = { light: [0.8, 0.94], middle: [0.56, 0.7], dark: [0.24, 0.36] }[key];
  const base = dice.between(lightness[0], lightness[1]);
  const chroma = dice.between(0.012, key === 'light' ? 0.055 : 0.075);
  const drift = dice.between(-0.09, 0.09);
  const step =
    dice.between(0.035, 0.075) * (key === 'dark' || (key === 'middle' && dice.chance(0.5)) ? 1 : -1);
  const ground = [0, 1, 2, 3].map(
    (i): Tone => ({ lightness: base + step * i, chroma: chroma * (1 + 0.2 * i), hue: hue + (drift * i) / 3 }),
  );
  const others: Tone[] = [];
  /** A tone of the kind that stands out from the ground and from the given others. */
  const distinct = (
    low: number,
    high: number,
    least: number,
    most: number,
    apart: number,
    from: readonly Tone[],
  ): Tone => {
    let best: Tone | undefined;
    let furthest = -1;
    for (let attempt = 0; attempt < 12; attempt++) {
      const own = hue + dice.pick(harmony) + dice.between(-0.03, 0.03);
      // The nearer to yellow, the lighter, for the same reason.
      const yellow = Math.max(0, yellowness(own));
      const lowest = low + (high - low) * 0.7 * yellow;
      const tone = {
        lightness: dice.between(lowest, high + 0.04 * yellow),
        chroma: dice.between(least, most),
        hue: own,
      };
      const distance = Math.min(
        ...ground.map((other) => toneDistance(tone, other) / 0.2),
        ...from.map((other) => toneDistance(tone, other) / apart),
      );
      if (distance > furthest) [best, furthest] = [tone, distance];
      if (distance >= 1) break;
    }
    others.push(best!);
    return best!;
  };
  const main = distinct(0.42, 0.84, 0.07, 0.17, 0.1, []);
  const second = distinct(0.36, 0.86, 0.06, 0.16, 0.17, [main]);
  const third = distinct(0.35, 0.8, 0.02, 0.1, 0.14, [main, second]);
  const accent = distinct(0.55, 0.8, 0.12, 0.2, 0.18, [main, second]);
  // On a dark ground the darkest tone of an object is still lighter than it.
  const deep = key === 'dark' ? base + dice.between(0.2, 0.26) : dice.between(0.2, 0.3);
  const dark = { lightness: deep, chroma: dice.between(0.02, 0.06), hue: hue + dice.pick(harmony) };
  const bright = key === 'light' ? dice.between(0.95, 0.985) : dice.between(0.9, 0.97);
  const light = { lightness: bright, chroma: dice.between(0.005, 0.035), hue: hue + dice.pick(harmony) };
  return {
    ground: [colourOf(ground[0]), colourOf(ground[1]), colourOf(ground[2]), colourOf(ground[3])],
    object: {
      main: colourOf(main),
      second: colourOf(second),
      third: colourOf(third),
      accent: colourOf(accent),
      dark: colourOf(dark),
      light: colourOf(light),
    },
  };
}

/** 1 at yellow, -1 at its opposite. */
function yellowness(hue: number): number {
  return cosine((hue - 0.28) * TURN);
}

/** A light from above, from the left or the right, warm or cool. */
export function light(dice: Dice): Light {
  const angle = dice.between(-0.85, -0.15) * Math.PI;
  const warm = dice.chance(0.7);
  return {
    x: cosine(angle),
    y: sine(angle),
    bright: colourOf({
      lightness: 0.98,
      chroma: 0.04,
      hue: warm ? dice.between(0.17, 0.3) : dice.between(0.5, 0.7),
    }),
    shade: colourOf({
      lightness: dice.between(0.3, 0.45),
      chroma: 0.08,
      hue: warm ? dice.between(0.68, 0.85) : dice.between(0.02, 0.12),
    }),
    strength: dice.between(0.75, 1.25),
  };
}
