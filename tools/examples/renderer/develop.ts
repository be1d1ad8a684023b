import { fbm } from './noise';
import { createRandom } from './random';
import type { Development } from './scene';
import { clamp, smoothstep } from './vec3';

/** Film curve fitted to ACES by Narkowicz (2015): shoulders roll off instead of clipping. */
const film = (x: number): number => clamp((x * (2.51 * x + 0.03)) / (x * (2.43 * x + 0.59) + 0.14));
const encode = (v: number): number => (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055);

/** The light around bright places that a lens scatters: three Gaussians of the light above white. */
function glow(light: Float32Array, width: number, height: number, exposure: number): Float32Array {
  const sum = new Float32Array(light.length);
  for (const sigma of [width / 180, width / 60, width / 20]) {
    const reach = Math.ceil(sigma * 2.5);
    const kernel = Array.from({ length: 2 * reach + 1 }, (_, k) =>
      Math.exp(-((k - reach) ** 2) / (2 * sigma * sigma)),
    );
    const total = kernel.reduce((a, b) => a + b);
    let source = light.map((v) => Math.min(4, Math.max(0, v * exposure - 0.8)));
    for (const [dx, dy] of [
      [1, 0],
      [0, 1],
    ]) {
      const blurred = new Float32Array(source.length);
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++)
          for (let k = -reach; k <= reach; k++) {
            const sx = clamp(x + k * dx, 0, width - 1);
            const sy = clamp(y + k * dy, 0, height - 1);
            const w = kernel[k + reach] / total;
            for (let c = 0; c < 3; c++)
              blurred[(y * width + x) * 3 + c] += w * source[(sy * width + sx) * 3 + c];
          }
      source = blurred;
    }
    for (let i = 0; i < sum.length; i++) sum[i] += source[i] / 3;
  }
  return sum;
}

/** Turns radiance into 8-bit sRGB pixels. */
export function develop(light: Float32Array, width: number, height: number, how: Development): Uint8Array {
  const {
    exposure,
    saturation = 1,
    contrast = 1,
    balance = [1, 1, 1],
    vignette = 0.25,
    grain = 0.012,
    bloom = 0.08,
  } = how;
  const halo = bloom > 0 ? glow(light, width, height, exposure) : undefined;
  const random = createRandom(5);
  const pixels = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 3;
      const r = Math.hypot(x / width - 0.5, y / height - 0.5) * Math.SQRT2;
      const fall = 1 - vignette * smoothstep(0.35, 1.1, r);
      const rgb = [0, 1, 2].map(
        (c) => (light[at + c] * exposure + (halo ? bloom * halo[at + c] : 0)) * balance[c] * fall,
      );
      const grey = 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
      const speck =
        grain * (random() + random() + random() - 1.5 + 0.6 * (fbm(x * 0.7, y * 0.7, 3, 2) - 0.5));
      for (let c = 0; c < 3; c++) {
        const v = encode(film(0.62 * Math.max(0, grey + (rgb[c] - grey) * saturation)));
        const s = clamp(0.5 + (v - 0.5) * contrast);
        // Grain shows in the mid-tones: film has none in clear black or white.
        pixels[at + c] = Math.round(255 * clamp(s + speck * (0.4 + 2.4 * s * (1 - s))));
      }
    }
  return pixels;
}
