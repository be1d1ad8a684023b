import type { Brush } from '../drawing/brush';
import { mixColours } from '../drawing/colour';
import {
  curve,
  ellipse,
  moved,
  type Path,
  type Point,
  polygon,
  rotation,
  smooth,
  stroke,
} from '../drawing/path';
import { cosine, sine, TURN } from '../drawing/trigonometry';

/** A flower on its stem: an open blossom or a tulip; in a pot now and then. */
export function drawFlower(brush: Brush): void {
  const { dice, colours } = brush;
  const centre: Point = [dice.between(-0.15, 0.15), dice.between(-0.45, -0.3)];
  const potted = dice.chance(0.3);
  const foot: Point = [dice.between(-0.1, 0.1), potted ? 0.6 : 0.96];
  const bend: Point = [dice.between(-0.22, 0.22), (centre[1] + foot[1]) / 2];
  const spine = curve([foot, bend, centre], 6);
  brush.part('stem', stroke(spine, dice.between(0.07, 0.11), 0.06), colours.third);
  leaves(brush, spine, potted);
  if (potted) pot(brush);
  if (dice.chance(0.22)) tulip(brush, centre);
  else blossom(brush, centre);
}

function blossom(brush: Brush, [x, y]: Point): void {
  const { dice, colours } = brush;
  const count = 5 + dice.below(8);
  const reach = dice.between(0.44, 0.56);
  const wide = Math.min(0.3, (dice.between(0.85, 1.25) * reach * Math.PI) / count / 1.6);
  const shape = dice.pick(['round', 'pointed', 'heart'] as const);
  const turn = dice.next();
  const paint = brush.material(colours.main);
  if (dice.chance(0.4)) {
    const back = { ...paint, colour: mixColours(colours.main, colours.dark, 0.25) };
    for (let i = 0; i < count; i++) {
      brush.part('petals', petal(shape, reach * 1.04, wide, x, y, turn + ((i + 0.5) * TURN) / count), back);
    }
  }
  for (let i = 0; i < count; i++) {
    const angle = turn + (i * TURN) / count;
    brush.part('petals', petal(shape, reach, wide, x, y, angle), { ...paint, lift: 0.6 });
  }
  if (dice.chance(0.4)) {
    for (let i = 0; i < count; i++) {
      const angle = turn + (i * TURN) / count;
      const line: Point[] = [
        [x + cosine(angle) * reach * 0.2, y + sine(angle) * reach * 0.2],
        [x + cosine(angle) * reach * 0.62, y + sine(angle) * reach * 0.62],
      ];
      brush.part('petals', stroke(line, 0.045, 0.02), {
        colour: colours.second,
        opacity: 0.8,
        relief: 0,
        lift: 0,
      });
    }
  }
  const heart = dice.between(0.13, 0.22);
  brush.part('centre', ellipse(x, y, heart), colours.accent);
  if (dice.chance(0.6)) {
    const dots = 6 + dice.below(4);
    for (let i = 0; i < dots; i++) {
      const angle = (i * TURN) / dots;
      brush.part(
        'centre',
        ellipse(x + cosine(angle) * heart * 0.6, y + sine(angle) * heart * 0.6, heart * 0.13),
        {
          colour: colours.dark,
          relief: 0,
          lift: 0,
        },
      );
    }
  } else {
    brush.part('centre', ellipse(x, y, heart * 0.55), {
      colour: mixColours(colours.accent, colours.dark, 0.4),
      lift: 0,
    });
  }
}

function petal(
  shape: 'round' | 'pointed' | 'heart',
  long: number,
  wide: number,
  x: number,
  y: number,
  angle: number,
): Path {
  const outline: Path =
    shape === 'round'
      ? ellipse(long * 0.56, 0, long * 0.46, wide)
      : shape === 'pointed'
        ? smooth([
            [0.02, 0],
            [long * 0.3, -wide * 0.85],
            [long * 0.66, -wide * 0.8],
            [long, 0],
            [long * 0.66, wide * 0.8],
            [long * 0.3, wide * 0.85],
          ])
        : smooth([
            [0.02, 0],
            [long * 0.45, -wide * 0.85],
            [long * 0.92, -wide * 0.9],
            [long * 0.86, 0],
            [long * 0.92, wide * 0.9],
            [long * 0.45, wide * 0.85],
          ]);
  return moved(outline, rotation(angle, x, y));
}

function tulip(brush: Brush, [x, y]: Point): void {
  const { dice, colours } = brush;
  const high = dice.between(0.42, 0.54);
  const half = dice.between(0.3, 0.42);
  const side = (sign: number): Path =>
    smooth([
      [x, y + 0.2],
      [x + sign * half * 0.9, y - 0.02],
      [x + sign * half, y - high * 0.6],
      [x + sign * half * 0.95, y - high],
      [x + sign * half * 0.25, y - high * 0.45],
    ]);
  const paint = brush.material(colours.main);
  brush.part(
    'petals',
    smooth([
      [x, y - high * 1.05],
      [x + half * 0.4, y - high * 0.4],
      [x, y + 0.18],
      [x - half * 0.4, y - high * 0.4],
    ]),
    {
      ...paint,
      colour: mixColours(colours.main, colours.dark, 0.25),
    },
  );
  brush.part('petals', side(-1), paint);
  brush.part('petals', side(1), paint);
  brush.part('centre', ellipse(x, y + 0.15, 0.14, 0.1), colours.accent);
}

function leaves(brush: Brush, spine: readonly Point[], potted: boolean): void {
  const { dice, colours } = brush;
  const count = potted ? dice.pick([1, 2]) : dice.pick([1, 2, 2, 3]);
  const paint = brush.material(colours.second);
  let sign = dice.pick([-1, 1]);
  for (let i = 0; i < count; i++) {
    const at =
      spine[
        Math.min(
          spine.length - 1,
          1 + Math.floor(((i + dice.between(0.2, 0.8)) * spine.length * 0.5) / count),
        )
      ];
    const long = dice.between(0.34, 0.56);
    const angle = sign > 0 ? -dice.between(0.2, 0.9) : Math.PI + dice.between(0.2, 0.9);
    const wide = dice.between(0.09, 0.16);
    const leaf = smooth([
      [0, 0],
      [long * 0.3, -wide],
      [long * 0.7, -wide * 0.7],
      [long, 0],
      [long * 0.7, wide * 0.7],
      [long * 0.3, wide],
    ]);
    const place = rotation(angle, at[0], at[1]);
    brush.part('leaves', moved(leaf, place), paint);
    brush.part(
      'leaves',
      moved(
        stroke(
          [
            [0.04, 0],
            [long * 0.85, 0],
          ],
          0.03,
          0.012,
        ),
        place,
      ),
      {
        colour: mixColours(colours.second, colours.dark, 0.4),
        relief: 0,
        lift: 0,
      },
    );
    sign = -sign;
  }
}

function pot(brush: Brush): void {
  const { dice, colours } = brush;
  const half = dice.between(0.26, 0.36);
  brush.part(
    'pot',
    polygon([
      [-half, 0.5],
      [half, 0.5],
      [half * 0.72, 0.96],
      [-half * 0.72, 0.96],
    ]),
    brush.material(colours.accent),
  );
  brush.part(
    'pot',
    polygon([
      [-half * 1.15, 0.44],
      [half * 1.15, 0.44],
      [half * 1.15, 0.56],
      [-half * 1.15, 0.56],
    ]),
    colours.accent,
  );
}
