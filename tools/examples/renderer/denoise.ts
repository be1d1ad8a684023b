import type { Film } from './path-tracer';

const KERNEL = [3 / 8, 1 / 4, 1 / 16];
/** Keeps black surfaces from dividing by nothing. */
const BLACK = 0.02;

/** Three channels a pixel and the variance of their luminance. */
interface Layer {
  values: Float32Array;
  variance: Float32Array;
}

const luminance = (b: Float32Array, i: number): number =>
  0.2126 * b[i * 3] + 0.7152 * b[i * 3 + 1] + 0.0722 * b[i * 3 + 2];

/** One pass of an edge-avoiding filter whose taps lie `step` apart; `alike` weighs pairs of pixels by other knowledge. */
function pass(
  { values, variance }: Layer,
  width: number,
  height: number,
  step: number,
  alike: (i: number, j: number) => number,
): Layer {
  const next: Layer = {
    values: new Float32Array(values.length),
    variance: new Float32Array(variance.length),
  };
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const own = luminance(values, i);
      let noise = 0;
      let near = 0;
      for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++)
        for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++, near++)
          noise += variance[ny * width + nx];
      const tolerance = 2.5 * Math.sqrt(noise / near) + 1e-5;
      let total = 0;
      for (let dy = -2; dy <= 2; dy++)
        for (let dx = -2; dx <= 2; dx++) {
          const px = x + dx * step;
          const py = y + dy * step;
          if (px < 0 || py < 0 || px >= width || py >= height) continue;
          const j = py * width + px;
          const w =
            KERNEL[Math.abs(dx)] *
            KERNEL[Math.abs(dy)] *
            alike(i, j) *
            Math.exp(-Math.abs(own - luminance(values, j)) / tolerance);
          total += w;
          next.variance[i] += w * w * variance[j];
          for (let c = 0; c < 3; c++) next.values[i * 3 + c] += w * values[j * 3 + c];
        }
      next.variance[i] /= total * total;
      for (let c = 0; c < 3; c++) next.values[i * 3 + c] /= total;
    }
  return next;
}

/**
 * Smooths what is left of the sampling noise, not the picture: an edge-avoiding a-trous filter
 * (Dammertz et al. 2010) over the light divided by the albedo, stopped by normals, albedo and the
 * measured variance (as in Schied et al. 2017). The albedo is smoothed first in the same way, which
 * leaves textures alone but calms what lies out of focus.
 */
export function denoise(film: Film): Float32Array {
  const { width, height, normal } = film;
  const n = width * height;
  let tint: Layer = { values: film.albedo, variance: film.albedoVariance };
  for (const step of [1, 2, 4]) tint = pass(tint, width, height, step, () => 1);
  const albedo = tint.values;

  let light: Layer = { values: new Float32Array(n * 3), variance: new Float32Array(n) };
  for (let i = 0; i < n; i++) {
    light.variance[i] = film.variance[i] / (luminance(albedo, i) + BLACK) ** 2;
    for (let k = i * 3; k < i * 3 + 3; k++) light.values[k] = film.light[k] / (albedo[k] + BLACK);
  }
  const alike = (i: number, j: number): number => {
    let apart = 0;
    let colors = 0;
    for (let c = 0; c < 3; c++) {
      apart += (normal[i * 3 + c] - normal[j * 3 + c]) ** 2;
      colors += (albedo[i * 3 + c] - albedo[j * 3 + c]) ** 2;
    }
    return Math.exp(-apart * 12 - colors * 60);
  };
  for (const step of [1, 2, 4]) light = pass(light, width, height, step, alike);
  return light.values.map((v, i) => v * (albedo[i] + BLACK));
}
