import type { Brush } from '../drawing/brush';
import { mixColours } from '../drawing/colour';
import { box, ellipse, type Path, type Point, polygon, stroke } from '../drawing/path';

/** A sailboat from the side: one or two masts, triangular or square-headed sails. */
export function drawSailboat(brush: Brush): void {
  const { dice, colours } = brush;
  const deck = dice.between(0.38, 0.52);
  const keel = deck + dice.between(0.26, 0.4);
  const half = dice.between(0.72, 0.95);
  const mast = dice.between(-0.2, 0.2);
  const top = dice.between(-0.98, -0.8);
  const wood = mixColours(colours.dark, colours.third, 0.4);

  brush.part(
    'mast',
    stroke(
      [
        [mast, deck + 0.05],
        [mast, top],
      ],
      0.065,
      0.04,
    ),
    wood,
  );
  flag(brush, mast, top);
  const clear = dice.between(0.05, 0.1);
  const boom = deck - dice.between(0.08, 0.16);
  const belly = dice.between(0.02, 0.18);
  const mainEnd = -half * dice.between(0.7, 0.95);
  const gaff = dice.chance(0.3);
  const mainSail = gaff
    ? sail([mast - clear, top + 0.3], [mast - clear, boom], [mainEnd, boom], belly, [
        mast + (mainEnd - mast) * 0.55,
        top + 0.12,
      ])
    : sail([mast - clear, top + 0.08], [mast - clear, boom], [mainEnd, boom], belly);
  brush.part('sails', mainSail, brush.material(colours.main));
  if (dice.chance(0.5)) {
    const bands = dice.pick([1, 2]);
    for (let i = 0; i < bands; i++) {
      const y = top + 0.55 + i * 0.28;
      brush.part('sails', box(mast - 0.5, y, 1.2, 0.1), {
        colour: colours.accent,
        within: mainSail,
        relief: 0.5,
        lift: 0,
      });
    }
  }
  brush.part(
    'mast',
    stroke(
      [
        [mast, boom + 0.05],
        [mainEnd, boom + 0.05],
      ],
      0.045,
    ),
    wood,
  );
  if (dice.chance(0.82)) {
    const tip = half * dice.between(0.75, 1);
    const head = top + dice.between(0.05, 0.35);
    brush.part(
      'sails',
      sail([mast + clear, head], [mast + clear, boom + 0.03], [tip, boom + 0.03], belly * 0.7),
      dice.chance(0.5) ? brush.material(colours.second) : colours.main,
    );
  }
  const rake = dice.between(0.1, 0.3);
  const hull: Path = smoothHull(half, deck, keel, rake, dice.between(0, 0.1));
  brush.part('hull', hull, brush.material(colours.second));
  const stripe = deck + (keel - deck) * dice.between(0.25, 0.5);
  brush.part('hull', box(0, stripe, 2.4, dice.between(0.05, 0.1)), {
    colour: colours.light,
    within: hull,
    relief: 0.5,
    lift: 0,
  });
  if (dice.chance(0.4)) {
    for (let i = -1; i <= 1; i++) {
      brush.part('hull', ellipse(i * 0.3, stripe + 0.09, 0.045), {
        colour: colours.dark,
        lift: 0,
        relief: 0.4,
      });
    }
  }
}

/** A sail between its head, the foot of its mast side and its far corner, bulging away from the mast. */
function sail(head: Point, foot: Point, corner: Point, belly: number, peak?: Point): Path {
  const points: Point[] = [head, foot, corner];
  const from = peak ?? head;
  const away = corner[0] < foot[0] ? -1 : 1;
  for (let i = 1; i < 9; i++) {
    const t = i / 9;
    const bulge = 4 * t * (1 - t) * belly;
    points.push([
      corner[0] + (from[0] - corner[0]) * t + away * bulge,
      corner[1] + (from[1] - corner[1]) * t - bulge * 0.3,
    ]);
  }
  if (peak) points.push(peak);
  return polygon(points);
}

function smoothHull(half: number, deck: number, keel: number, rake: number, sheer: number): Path {
  const points: Point[] = [];
  for (let i = 0; i <= 10; i++) {
    const t = i / 10;
    points.push([-half + 2 * half * t, deck + sheer * 4 * t * (1 - t) - (t > 0.8 ? (t - 0.8) * 0.4 : 0)]);
  }
  for (let i = 1; i < 10; i++) {
    const t = i / 10;
    const square = (2 * t - 1) * (2 * t - 1);
    const lower = 1 - square * square;
    points.push([
      half - rake * t * 0.5 - 2 * (half - rake * 0.5) * t * 0.98 - rake * (1 - t) * 0.6,
      deck + (keel - deck) * Math.min(1, 0.25 + lower),
    ]);
  }
  return polygon(points);
}

function flag(brush: Brush, mast: number, top: number): void {
  const { dice, colours } = brush;
  if (!dice.chance(0.75)) return;
  const long = dice.between(0.2, 0.34);
  const points: Point[] = dice.chance(0.5)
    ? [
        [mast, top - 0.02],
        [mast + long, top + 0.06],
        [mast, top + 0.15],
      ]
    : [
        [mast, top - 0.02],
        [mast + long * 0.5, top + 0.02],
        [mast + long, top - 0.03],
        [mast + long, top + 0.11],
        [mast + long * 0.5, top + 0.15],
        [mast, top + 0.11],
      ];
  brush.part('flag', polygon(points), colours.accent);
}
