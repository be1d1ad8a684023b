import { type Mesh, merge } from './mesh';
import { tube } from './shapes';
import type { Vec3 } from './vec3';

/** Strokes of the letters that the scenes write, as points on a grid 4 wide and 6 high. */
const STROKES: Record<string, [number, number][][]> = {
  A: [
    [
      [0, 0],
      [2, 6],
      [4, 0],
    ],
    [
      [0.8, 2.2],
      [3.2, 2.2],
    ],
  ],
  C: [
    [
      [4, 5],
      [3, 6],
      [1, 6],
      [0, 5],
      [0, 1],
      [1, 0],
      [3, 0],
      [4, 1],
    ],
  ],
  E: [
    [
      [4, 6],
      [0, 6],
      [0, 0],
      [4, 0],
    ],
    [
      [0, 3],
      [3.2, 3],
    ],
  ],
  G: [
    [
      [4, 5],
      [3, 6],
      [1, 6],
      [0, 5],
      [0, 1],
      [1, 0],
      [3, 0],
      [4, 1],
      [4, 3],
      [2.4, 3],
    ],
  ],
  I: [
    [
      [2, 0],
      [2, 6],
    ],
  ],
  L: [
    [
      [0, 6],
      [0, 0],
      [4, 0],
    ],
  ],
  N: [
    [
      [0, 0],
      [0, 6],
      [4, 0],
      [4, 6],
    ],
  ],
  O: [
    [
      [1, 0],
      [0, 1],
      [0, 5],
      [1, 6],
      [3, 6],
      [4, 5],
      [4, 1],
      [3, 0],
      [1, 0],
    ],
  ],
  R: [
    [
      [0, 0],
      [0, 6],
      [3, 6],
      [4, 5],
      [4, 4],
      [3, 3],
      [0, 3],
    ],
    [
      [2.2, 3],
      [4, 0],
    ],
  ],
  S: [
    [
      [4, 5],
      [3, 6],
      [1, 6],
      [0, 5],
      [0, 4],
      [1, 3],
      [3, 3],
      [4, 2],
      [4, 1],
      [3, 0],
      [1, 0],
      [0, 1],
    ],
  ],
  T: [
    [
      [0, 6],
      [4, 6],
    ],
    [
      [2, 6],
      [2, 0],
    ],
  ],
  Y: [
    [
      [0, 6],
      [2, 3],
      [4, 6],
    ],
    [
      [2, 3],
      [2, 0],
    ],
  ],
};

/** A word of raised strokes in the plane z = 0, centred, its capitals `height` high. */
export function lettering(word: string, height: number, weight = 0.09): Mesh {
  const unit = height / 6;
  const advance = 5.6;
  const start = -(word.length * advance - 1.6) / 2;
  return merge(
    ...[...word].flatMap((letter, i) => {
      const at = ([x, y]: [number, number]): Vec3 => [(start + i * advance + x) * unit, (y - 3) * unit, 0];
      // A tube a straight piece: one along the whole stroke would pinch at sharp corners.
      return (STROKES[letter] ?? []).flatMap((stroke) =>
        stroke.slice(1).map((point, k) => tube([at(stroke[k]), at(point)], weight * height, 6)),
      );
    }),
  );
}
