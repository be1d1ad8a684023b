import type { Shape } from '../operation';
import type { ExplicitPadding } from '../window';

/** Row-major numbers with their shape, batch first: what the slow, literal definitions below work on. */
export interface Numbers {
  readonly shape: number[];
  readonly values: Float64Array;
}

/** A generator of numbers around zero, the same for the same seed (mulberry32). */
export function randomNumbers(shape: Shape, seed: number): Numbers {
  let state = seed | 0;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * 2 - 1;
  };
  const size = shape.reduce((product, length) => product * length, 1);
  return { shape: [...shape], values: Float64Array.from({ length: size }, next).map(Math.fround) };
}

interface Windows {
  strides: readonly [number, number];
  dilations: readonly [number, number];
  sides: ExplicitPadding;
  /** Rows and columns of the output. */
  places: readonly [number, number];
}

/** Convolution by its definition. filter [kh, kw, c_in / groups, c_out] */
export function convolve(
  x: Numbers,
  filter: Numbers,
  bias: Numbers | null,
  groups: number,
  { strides, dilations, sides, places }: Windows,
): Numbers {
  const [batch, height, width, channels] = x.shape;
  const [rows, columns, depth, out] = filter.shape;
  const values: number[] = [];
  for (let n = 0; n < batch; n++)
    for (let oy = 0; oy < places[0]; oy++)
      for (let ox = 0; ox < places[1]; ox++)
        for (let o = 0; o < out; o++) {
          const group = Math.floor(o / (out / groups));
          let sum = bias ? bias.values[o] : 0;
          for (let ky = 0; ky < rows; ky++)
            for (let kx = 0; kx < columns; kx++) {
              const y = oy * strides[0] + ky * dilations[0] - sides.top;
              const column = ox * strides[1] + kx * dilations[1] - sides.left;
              if (y < 0 || y >= height || column < 0 || column >= width) continue;
              for (let c = 0; c < depth; c++) {
                sum +=
                  x.values[((n * height + y) * width + column) * channels + group * depth + c] *
                  filter.values[((ky * columns + kx) * depth + c) * out + o];
              }
            }
          values.push(sum);
        }
  return { shape: [batch, ...places, out], values: Float64Array.from(values) };
}

interface Pool {
  by: 'maximum' | 'average';
  size: readonly [number, number];
  countPadding: boolean;
}

/** Pooling by its definition: padding up to `sides` may count, what hangs over it never does. */
export function pool(x: Numbers, { by, size, countPadding }: Pool, windows: Windows): Numbers {
  const { strides, sides, places } = windows;
  const [batch, height, width, channels] = x.shape;
  const values: number[] = [];
  for (let n = 0; n < batch; n++)
    for (let oy = 0; oy < places[0]; oy++)
      for (let ox = 0; ox < places[1]; ox++)
        for (let c = 0; c < channels; c++) {
          let [sum, maximum, inside, padded] = [0, Number.NEGATIVE_INFINITY, 0, 0];
          for (let ky = 0; ky < size[0]; ky++)
            for (let kx = 0; kx < size[1]; kx++) {
              const y = oy * strides[0] + ky - sides.top;
              const column = ox * strides[1] + kx - sides.left;
              if (y >= height + sides.bottom || column >= width + sides.right) continue;
              padded += 1;
              if (y < 0 || y >= height || column < 0 || column >= width) continue;
              inside += 1;
              const value = x.values[((n * height + y) * width + column) * channels + c];
              sum += value;
              maximum = Math.max(maximum, value);
            }
          values.push(by === 'maximum' ? maximum : sum / (countPadding ? padded : inside));
        }
  return { shape: [batch, ...places, channels], values: Float64Array.from(values) };
}

export const innerProduct = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((sum, value, i) => sum + value * b[i], 0);
