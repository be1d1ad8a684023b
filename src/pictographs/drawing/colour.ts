import { cosine, sine, TURN } from './trigonometry';

/** sRGB, each channel in [0, 1]. */
export type Colour = readonly [red: number, green: number, blue: number];

/** A colour as the eye sorts it: OKLCH (Ottosson 2020); hue in turns. */
export interface Tone {
  readonly lightness: number;
  readonly chroma: number;
  readonly hue: number;
}

/** The tone in sRGB. What no screen can show loses chroma until one can, and keeps lightness and hue. */
export function colourOf({ lightness, chroma, hue }: Tone): Colour {
  const a = cosine(hue * TURN);
  const b = sine(hue * TURN);
  for (let kept = chroma; ; kept *= 0.9) {
    const linear = linearColour(lightness, kept * a, kept * b);
    if (linear.every((value) => value >= -0.001 && value <= 1.001) || kept < 0.002) {
      return [companded(linear[0]), companded(linear[1]), companded(linear[2])];
    }
  }
}

/** Distance of two tones in OKLab; about 0.02 is just visible. */
export function toneDistance(one: Tone, other: Tone): number {
  const lightness = one.lightness - other.lightness;
  const a = one.chroma * cosine(one.hue * TURN) - other.chroma * cosine(other.hue * TURN);
  const b = one.chroma * sine(one.hue * TURN) - other.chroma * sine(other.hue * TURN);
  return Math.sqrt(lightness * lightness + a * a + b * b);
}

export function mixColours(one: Colour, other: Colour, share: number): Colour {
  return [
    one[0] + (other[0] - one[0]) * share,
    one[1] + (other[1] - one[1]) * share,
    one[2] + (other[2] - one[2]) * share,
  ];
}

function linearColour(lightness: number, a: number, b: number): Colour {
  const long = cube(lightness + 0.3963377774 * a + 0.2158037573 * b);
  const medium = cube(lightness - 0.1055613458 * a - 0.0638541728 * b);
  const short = cube(lightness - 0.0894841775 * a - 1.291485548 * b);
  return [
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  ];
}

function cube(value: number): number {
  return value * value * value;
}

/** The sRGB transfer curve to about 1e-3 from square roots alone (Giesen and Taylor): the power function may differ by engine. */
function companded(linear: number): number {
  const value = Math.min(1, Math.max(0, linear));
  if (value < 0.0031308) return 12.92 * value;
  const second = Math.sqrt(value);
  const fourth = Math.sqrt(second);
  const eighth = Math.sqrt(fourth);
  const result = 0.662002687 * second + 0.68412206 * fourth - 0.323583601 * eighth - 0.022541147 * value;
  return Math.min(1, Math.max(0, result));
}
