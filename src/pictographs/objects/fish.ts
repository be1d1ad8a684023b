import type { Brush } from '../drawing/brush';
import { mixColours } from '../drawing/colour';
import { arc, curve, ellipse, type Path, type Point, polygon, smooth, stroke } from '../drawing/path';

/** A fish from the side, its head to the right. */
export function drawFish(brush: Brush): void {
  const { dice, colours } = brush;
  const long = dice.between(0.62, 0.74);
  const tall = dice.between(0.3, 0.56);
  const hump = dice.between(-0.1, 0.25);
  const body = smooth([
    [long, 0.02],
    [long * 0.78, -tall * 0.62],
    [long * (0.25 + hump), -tall],
    [-long * 0.35, -tall * 0.72],
    [-long * 0.85, -tall * 0.22],
    [-long * 1.02, 0],
    [-long * 0.85, tall * 0.22],
    [-long * 0.3, tall * 0.78],
    [long * 0.3, tall],
    [long * 0.8, tall * 0.6],
  ]);
  const finColour = dice.chance(0.6) ? colours.second : colours.third;
  tail(brush, long, finColour);
  const high = tall + dice.between(0.14, 0.34);
  const finPaint = brush.material(finColour);
  brush.part(
    'fins',
    smooth([
      [long * 0.35, -tall * 0.75],
      [long * 0.1, -high],
      [-long * 0.35, -high * dice.between(0.75, 1)],
      [-long * 0.6, -tall * 0.42],
    ]),
    finPaint,
  );
  brush.part(
    'fins',
    smooth([
      [long * 0.15, tall * 0.75],
      [-long * 0.05, high * 0.95],
      [-long * 0.3, high * 0.85],
      [-long * 0.4, tall * 0.5],
    ]),
    finPaint,
  );
  const scaled = dice.chance(0.4);
  const skin = scaled
    ? { colour: colours.main, texture: brush.texture('scales', colours.dark, dice.between(0.16, 0.26), 0.35) }
    : brush.material(colours.main);
  brush.part('body', body, skin);
  brush.part('body', ellipse(long * 0.1, tall * 0.75, long * 0.9, tall * 0.5), {
    colour: colours.light,
    within: body,
    opacity: 0.55,
    relief: 0.3,
    lift: 0,
  });
  if (!scaled) markings(brush, body, long, tall);
  const gill = long * dice.between(0.3, 0.4);
  brush.part('gill', stroke(arc(gill - tall * 0.4, 0, tall * 0.42, tall * 0.62, -0.9, 0.9), 0.045), {
    colour: mixColours(colours.main, colours.dark, 0.5),
    relief: 0.4,
    lift: 0.2,
  });
  brush.part(
    'fins',
    smooth([
      [gill - 0.1, tall * 0.08],
      [gill - 0.36, -tall * 0.08],
      [gill - 0.42, tall * 0.25],
      [gill - 0.2, tall * 0.4],
    ]),
    finColour,
  );
  const eye: Point = [long * 0.66, -tall * 0.22];
  const size = dice.between(0.09, 0.13);
  brush.part('eye', ellipse(eye[0], eye[1], size), colours.light);
  brush.part('eye', ellipse(eye[0] + size * 0.15, eye[1], size * 0.58), {
    colour: colours.dark,
    lift: 0,
    relief: 0.4,
  });
  brush.part('eye', ellipse(eye[0] + size * 0.3, eye[1] - size * 0.25, size * 0.2), {
    colour: colours.light,
    lift: 0,
    relief: 0,
  });
  brush.part(
    'mouth',
    stroke(
      curve(
        [
          [long * 0.99, tall * 0.12],
          [long * 0.88, tall * 0.2],
          [long * 0.78, tall * 0.16],
        ],
        5,
      ),
      0.045,
    ),
    {
      colour: colours.dark,
      relief: 0,
      lift: 0,
    },
  );
}

function tail(brush: Brush, long: number, colour: Brush['colours']['main']): void {
  const { dice } = brush;
  const end = -1;
  const spread = dice.between(0.32, 0.52);
  const notch = dice.between(0.03, 0.2);
  const root = -long * 0.82;
  const shape: Path = dice.chance(0.6)
    ? smooth([
        [root, -0.08],
        [(root + end) / 2, -spread * 0.6],
        [end, -spread],
        [end + notch, 0],
        [end, spread],
        [(root + end) / 2, spread * 0.6],
        [root, 0.08],
      ])
    : polygon([
        [root + 0.06, 0],
        [end, -spread],
        [end + notch, 0],
        [end, spread],
      ]);
  brush.part('tail', shape, brush.material(colour));
}

function markings(brush: Brush, body: Path, long: number, tall: number): void {
  const { dice, colours } = brush;
  const kind = dice.pick(['bands', 'spots', 'line', 'none'] as const);
  const paint = { colour: colours.accent, within: body, relief: 0.5, lift: 0 };
  if (kind === 'bands') {
    const count = dice.pick([2, 3]);
    for (let i = 0; i < count; i++) {
      const x = long * (0.12 - 0.42 * i);
      brush.part(
        'body',
        stroke(arc(x - 0.3, 0, 0.34, tall * 1.3, -1.2, 1.2), dice.between(0.09, 0.15)),
        paint,
      );
    }
  } else if (kind === 'spots') {
    for (let i = 0; i < 7; i++) {
      brush.part(
        'body',
        ellipse(dice.between(-0.7, 0.2) * long, dice.between(-0.7, 0.5) * tall, dice.between(0.04, 0.08)),
        paint,
      );
    }
  } else if (kind === 'line') {
    brush.part(
      'body',
      stroke(
        [
          [-long, 0],
          [long * 0.4, -tall * 0.05],
        ],
        0.1,
      ),
      paint,
    );
  }
}
