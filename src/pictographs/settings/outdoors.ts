import { type Colour, mixColours } from '../drawing/colour';
import { box, ellipse, type Point, polygon, smooth, stroke, union } from '../drawing/path';
import { sine, TURN } from '../drawing/trigonometry';
import { type Canvas, glow, gradient, lay } from './canvas';

function sky(canvas: Canvas): void {
  const { dice, palette } = canvas;
  gradient(canvas, palette.ground[1], palette.ground[0], 0, 1);
  if (dice.chance(0.6)) {
    const [x, y, radius] = [dice.between(0.1, 0.9), dice.between(0.08, 0.4), dice.between(0.05, 0.12)];
    const sun = dice.chance(0.5)
      ? palette.object.light
      : mixColours(palette.object.accent, palette.ground[0], 0.4);
    glow(canvas, x, y, radius * 3.2, sun, 0.45);
    lay(canvas, ellipse(x, y, radius), { colour: sun });
  }
  const clouds = dice.below(4);
  for (let i = 0; i < clouds; i++) {
    const [x, y, size] = [dice.next(), dice.between(0.05, 0.4), dice.between(0.05, 0.1)];
    const cloud = union(
      box(x, y + size * 0.35, size * 3.2, size * 0.7, size * 0.35),
      ellipse(x - size * 0.5, y, size * 0.6),
      ellipse(x + size * 0.4, y - size * 0.15, size * 0.75),
    );
    lay(canvas, cloud, {
      colour: mixColours(palette.object.light, palette.ground[0], 0.3),
      opacity: 0.85,
      relief: 0.5,
    });
  }
}

/** The land below a line through the heights, given at equal distances. */
function land(canvas: Canvas, heights: readonly number[], colour: Colour, curved: boolean): void {
  const line: Point[] = heights.map((y, i) => [(i / (heights.length - 1)) * 1.2 - 0.1, y]);
  const [first, last] = [line[0], line[line.length - 1]];
  const corners: Point[] = [
    [last[0], 1.1],
    [first[0], 1.1],
  ];
  const path = curved
    ? smooth([...line, [last[0] + 0.2, 0.9], [last[0], 1.4], [first[0], 1.4], [first[0] - 0.2, 0.9]])
    : polygon([...line, ...corners]);
  lay(canvas, path, { colour, relief: 0.5, lift: 0.35 });
}

export function hills(canvas: Canvas): void {
  const { dice, palette } = canvas;
  sky(canvas);
  const layers = 2 + dice.below(3);
  for (let i = 0; i < layers; i++) {
    const base = 0.45 + (0.45 * (i + 0.5)) / layers;
    const swing = dice.between(0.03, 0.11);
    const heights = Array.from({ length: 6 }, () => base + dice.between(-swing, swing));
    land(canvas, heights, mixColours(palette.ground[1], palette.ground[3], (i + 1) / layers), true);
  }
}

export function mountains(canvas: Canvas): void {
  const { dice, palette } = canvas;
  sky(canvas);
  const layers = 2 + dice.below(2);
  for (let i = 0; i < layers; i++) {
    const base = 0.35 + (0.5 * (i + 0.6)) / layers;
    const heights = Array.from(
      { length: 9 },
      (_, k) => base + (k % 2 ? -1 : 1) * dice.between(0.02, 0.16 - 0.03 * i),
    );
    land(canvas, heights, mixColours(palette.ground[1], palette.ground[3], (i + 1) / layers), false);
  }
}

export function waves(canvas: Canvas): void {
  const { dice, palette } = canvas;
  sky(canvas);
  const layers = 3 + dice.below(4);
  const start = dice.between(0.3, 0.55);
  for (let i = 0; i < layers; i++) {
    const base = start + ((1 - start) * i) / layers;
    const swing = dice.between(0.01, 0.04);
    const phase = dice.next();
    const heights = Array.from(
      { length: 14 },
      (_, k) => base + swing * sine((phase + k / dice.between(3.6, 4.4)) * TURN),
    );
    land(canvas, heights, mixColours(palette.ground[1], palette.ground[3], (i + 1) / layers), true);
  }
}

export function blocks(canvas: Canvas): void {
  const { dice, palette } = canvas;
  sky(canvas);
  for (let layer = 0; layer < 2; layer++) {
    const colour = mixColours(palette.ground[1], palette.ground[3], (layer + 1) / 2);
    for (let x = -0.05; x < 1.05; ) {
      const width = dice.between(0.08, 0.2);
      const top = dice.between(0.35, 0.7) + layer * 0.12;
      const shade = mixColours(colour, palette.ground[2], dice.between(0, 0.5));
      lay(canvas, box(x + width / 2, (top + 1.1) / 2, width, 1.1 - top), {
        colour: shade,
        relief: 0.5,
        lift: 0.3,
        ...(dice.chance(0.5)
          ? {
              texture: {
                kind: dice.pick(['dots', 'checks', 'bricks', 'stripes'] as const),
                colour: mixColours(shade, palette.object.light, 0.5),
                period: 0.06,
                angle: 0,
                amount: 0.5,
                seed: dice.below(1e6),
              },
            }
          : {}),
      });
      x += width * dice.between(0.9, 1.2);
    }
  }
  if (dice.chance(0.5))
    lay(canvas, box(0.5, 1, 1.2, dice.between(0.15, 0.4)), {
      colour: palette.ground[3],
      relief: 0.4,
      lift: 0.4,
    });
  else
    lay(
      canvas,
      stroke(
        [
          [-0.1, 0.95],
          [1.1, 0.95],
        ],
        0.14,
      ),
      { colour: palette.ground[2], relief: 0.4, lift: 0.4 },
    );
}
