/**
 * What people with a kind of colour blindness see of a colour, in linear RGB. Source: Machado, Oliveira and Fernandes 2009, "A
 * Physiologically-based Model for Simulation of Color Vision Deficiency", severity 1.
 */
export const colourVision: Readonly<Record<string, readonly (readonly [number, number, number])[]>> = {
  'all cones': [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  'no long-wave cones': [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  'no medium-wave cones': [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  'no short-wave cones': [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

type Triple = readonly [number, number, number];

const times = (rows: readonly Triple[], [a, b, c]: Triple): Triple => {
  const [x, y, z] = rows.map(([r, g, bl]) => r * a + g * b + bl * c);
  return [x, y, z];
};

/** sRGB to XYZ, divided by the white of D65. IEC 61966-2-1. */
const toXyz: readonly Triple[] = [
  [0.4124564 / 0.95047, 0.3575761 / 0.95047, 0.1804375 / 0.95047],
  [0.2126729, 0.7151522, 0.072175],
  [0.0193339 / 1.08883, 0.119192 / 1.08883, 0.9503041 / 1.08883],
];

const linear = (level: number) => (level <= 0.04045 ? level / 12.92 : ((level + 0.055) / 1.055) ** 2.4);

/** CIE L*, a*, b* of RGB bytes as somebody of this colour vision sees them. */
export function lab(rgb: Triple, vision: readonly Triple[] = colourVision['all cones']): Triple {
  const [red, green, blue] = rgb.map((byte) => linear(byte / 255));
  const [r, g, b] = times(vision, [red, green, blue]).map((level) => Math.min(1, Math.max(0, level)));
  const [x, y, z] = times(toXyz, [r, g, b]).map((t) =>
    t > 216 / 24389 ? Math.cbrt(t) : (841 / 108) * t + 4 / 29,
  );
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** The bytes of a colour as CSS writes it, #rrggbb. */
export const bytesOf = (hex: string): Triple => {
  const bits = Number.parseInt(hex.slice(1), 16);
  return [bits >> 16, (bits >> 8) & 255, bits & 255];
};

/** Difference of two colours, CIE 1976: about 2 is the least that is noticed side by side. */
export function difference(a: string, b: string, vision: readonly Triple[]): number {
  const [one, other] = [a, b].map((colour) => lab(bytesOf(colour), vision));
  return Math.hypot(...one.map((value, i) => value - other[i]));
}
