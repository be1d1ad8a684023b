import { type Colour, mixColours } from '../drawing/colour';
import { coverage } from '../drawing/coverage';
import {
  box,
  curve,
  ellipse,
  type Path,
  type Point,
  polygon,
  ring,
  rotation,
  rounded,
  segment,
  smooth,
  stroke,
  union,
} from '../drawing/path';
import { fill, hide } from '../drawing/surface';
import { cosine, sine, TURN } from '../drawing/trigonometry';
import type { Canvas } from './canvas';

/**
 * Things that lie about: single shapes that the objects are made of too, in the colours of the object. They say nothing
 * about the class, and keep a colour or a lone disc from saying it.
 */
export function drawClutter(canvas: Canvas, count: number, sizes: readonly [number, number]): void {
  for (let i = 0; i < count; i++) {
    drawThing(
      canvas,
      place(canvas),
      canvas.dice.between(sizes[0], sizes[1]),
      canvas.dice.between(0, 0.35),
      null,
    );
  }
}

/** The same in front of the object: small, and counted out of the masks. */
export function drawOverlap(canvas: Canvas, count: number, masks: Map<string, Float32Array> | null): void {
  for (let i = 0; i < count; i++) {
    const { dice } = canvas;
    drawThing(
      canvas,
      [dice.between(0.08, 0.92), dice.between(0.08, 0.92)],
      dice.between(0.03, 0.08),
      0,
      masks,
    );
  }
}

/** Anywhere, more often towards the edges, where the object leaves room. */
function place({ dice }: Canvas): [number, number] {
  const first: [number, number] = [dice.next(), dice.next()];
  const second: [number, number] = [dice.next(), dice.next()];
  const off = ([x, y]: [number, number]) => Math.max(Math.abs(x - 0.5), Math.abs(y - 0.5));
  return off(first) > off(second) ? first : second;
}

/** `faded`: share of the ground's colour in that of the thing. `masks`: what the thing hides parts of, if they are kept. */
function drawThing(
  canvas: Canvas,
  [x, y]: Point,
  size: number,
  faded: number,
  masks: Map<string, Float32Array> | null,
): void {
  const { surface, dice, palette, light } = canvas;
  const { main, second, third, accent, dark, light: bright } = palette.object;
  const colour = dice.pick([main, main, second, second, third, accent, dark, bright]);
  const other = dice.pick([main, second, accent, dark, bright]);
  const [a, b, c, d] = rotation(dice.next() * TURN, 0, 0, size);
  const turned = dice.chance(0.5);
  const { side } = surface;
  const matrix = turned
    ? ([a * side, b * side, c * side, d * side, x * side, y * side] as const)
    : ([size * side, 0, 0, size * side, x * side, y * side] as const);
  for (const [path, paint] of shapes(canvas, mixColours(colour, palette.ground[2], faded), other)) {
    fill(surface, path, matrix, { colour: paint, lift: 0.8, relief: 0.9 }, light, null);
    if (masks) hide(masks, side, coverage(path, matrix, side, 0, 0));
  }
}

function shapes({ dice }: Canvas, colour: Colour, other: Colour): [Path, Colour][] {
  switch (dice.below(16)) {
    case 0:
      return [[ellipse(0, 0, 1), colour]];
    case 1:
      return [[ring(0, 0, 1, dice.between(0.5, 0.8)), colour]];
    case 2:
      return [[box(0, 0, 2, dice.between(0.7, 1.8), dice.pick([0, 0.2])), colour]];
    case 3:
      return [
        [
          rounded(
            [
              [0, -1],
              [0.95, 0.8],
              [-0.95, 0.8],
            ],
            dice.pick([0.02, 0.25]),
          ),
          colour,
        ],
      ];
    case 4:
      return [
        [
          stroke(
            curve(
              [
                [-1.2, 0.4],
                [-0.3, dice.between(-0.8, 0.8)],
                [0.4, dice.between(-0.8, 0.8)],
                [1.2, -0.3],
              ],
              5,
            ),
            dice.between(0.16, 0.34),
          ),
          colour,
        ],
      ];
    case 5:
      return [
        [leaf(), colour],
        [
          stroke(
            [
              [-0.8, 0],
              [0.8, 0],
            ],
            0.08,
          ),
          mixColours(colour, other, 0.5),
        ],
      ];
    case 6:
      return [[segment(0, 0.3, 1, 1, Math.PI, TURN), colour]];
    case 7:
      return [[union(box(0, 0, 2, 0.5, 0.1), box(0, 0, 0.5, 2, 0.1)), colour]];
    case 8:
      return [[star(5 + dice.below(4), dice.between(0.42, 0.6)), colour]];
    case 9:
      // A wheel.
      return [
        [ellipse(0, 0, 1), colour],
        [ellipse(0, 0, 0.6), other],
        [ellipse(0, 0, 0.2), colour],
      ];
    case 10:
      // A window.
      return [
        [box(0, 0, 1.7, 1.7), colour],
        [
          union(
            box(-0.38, -0.38, 0.58, 0.58),
            box(0.38, -0.38, 0.58, 0.58),
            box(-0.38, 0.38, 0.58, 0.58),
            box(0.38, 0.38, 0.58, 0.58),
          ),
          other,
        ],
      ];
    case 11:
      // A wheel with spokes.
      return [
        [spokes(6 + dice.below(5)), other],
        [ring(0, 0, 1, 0.8), colour],
      ];
    case 12:
      // An eye, a button.
      return [
        [ellipse(0, 0, 0.9, dice.between(0.6, 0.9)), colour],
        [ellipse(0.1, 0, 0.4), other],
      ];
    case 13:
      // A sprig.
      return [
        [
          stroke(
            [
              [0, 1.1],
              [0, -0.9],
            ],
            0.1,
          ),
          colour,
        ],
        [
          union(
            ...[-0.5, 0, 0.5].flatMap((y) =>
              [-1, 1].map((side) => ellipse(side * 0.36, y - 0.2, 0.36, 0.16, -side * 0.6)),
            ),
          ),
          colour,
        ],
      ];
    case 14:
      // A gable.
      return [
        [box(0, 0.45, 1.4, 1), colour],
        [
          polygon([
            [0, -0.95],
            [1, 0],
            [-1, 0],
          ]),
          other,
        ],
      ];
    default:
      return [
        [
          stroke(
            [
              [-1, 0],
              [1, 0],
            ],
            0.16,
          ),
          colour,
        ],
        [union(ellipse(-1, 0, 0.3), ellipse(1, 0, 0.3)), other],
      ];
  }
}

function leaf(): Path {
  return smooth([
    [-1, 0],
    [-0.4, -0.42],
    [0.4, -0.36],
    [1, 0],
    [0.4, 0.36],
    [-0.4, 0.42],
  ]);
}

function star(points: number, inner: number): Path {
  return polygon(
    Array.from({ length: 2 * points }, (_, i) => {
      const angle = (i * TURN) / (2 * points);
      const radius = i % 2 ? inner : 1;
      return [cosine(angle) * radius, sine(angle) * radius] as const;
    }),
  );
}

function spokes(count: number): Path {
  return union(
    ...Array.from({ length: count }, (_, i) => {
      const angle = (i * TURN) / count;
      return stroke(
        [
          [0, 0],
          [cosine(angle) * 0.9, sine(angle) * 0.9],
        ],
        0.08,
      );
    }),
  );
}
