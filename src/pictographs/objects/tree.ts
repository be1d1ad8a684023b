import type { Brush } from '../drawing/brush';
import { mixColours } from '../drawing/colour';
import { ellipse, type Path, type Point, polygon, rounded, smooth, stroke, union } from '../drawing/path';
import { cosine, sine, TURN } from '../drawing/trigonometry';

const GROUND = 0.92;

/** A tree: broad, of clouds of leaves, in tiers like a fir, or slender. */
export function drawTree(brush: Brush): void {
  const { dice, colours } = brush;
  const style = dice.pick(['clouds', 'round', 'fir', 'slender'] as const);
  const bark = mixColours(colours.second, colours.dark, dice.between(0, 0.4));
  const width = dice.between(0.14, 0.24);
  const lean = dice.between(-0.12, 0.12);
  const crownBase = style === 'fir' ? 0.55 : dice.between(0.1, 0.35);
  const trunk: Path = polygon([
    [-width * 0.5 + lean, crownBase - 0.5],
    [width * 0.5 + lean, crownBase - 0.5],
    [width * 0.55 + lean * 0.4, GROUND - 0.18],
    [width * 1.15, GROUND],
    [-width * 1.15, GROUND],
    [-width * 0.55 + lean * 0.4, GROUND - 0.18],
  ]);
  brush.part('trunk', trunk, brush.material(bark));
  if (style !== 'fir') {
    for (const side of [-1, 1]) {
      const rise = dice.between(0.3, 0.5);
      brush.part(
        'branches',
        stroke(
          [
            [lean * 0.5, crownBase + 0.12],
            [side * 0.22 + lean, crownBase - rise * 0.5],
            [side * 0.42 + lean, crownBase - rise],
          ],
          width * 0.6,
          width * 0.25,
        ),
        bark,
      );
    }
  }
  if (style === 'fir') tiers(brush);
  else if (style === 'clouds') clouds(brush, crownBase, lean);
  else oneCrown(brush, crownBase, lean, style === 'slender');
}

function tiers(brush: Brush): void {
  const { dice, colours } = brush;
  const count = dice.pick([2, 3, 4]);
  const wide = dice.between(0.5, 0.72);
  const top = -0.95;
  const bottom = 0.6;
  const paint = brush.material(colours.main);
  for (let i = count - 1; i >= 0; i--) {
    const y1 = top + ((bottom - top) * (i + 1)) / count;
    const y0 = Math.max(top, y1 - ((bottom - top) / count) * 1.6);
    const half = wide * (0.45 + (0.55 * (i + 1)) / count);
    const shade = mixColours(colours.main, colours.dark, 0.06 * i);
    const points: Point[] = [
      [0, y0],
      [half, y1],
      [half * 0.4, y1 - 0.05],
      [0, y1 + 0.02],
      [-half * 0.4, y1 - 0.05],
      [-half, y1],
    ];
    brush.part('crown', rounded(points, 0.06), { ...paint, colour: shade });
  }
  fruits(
    brush,
    Array.from({ length: dice.pick([0, 4, 7]) }, () => {
      const y = dice.between(-0.4, 0.5);
      return [dice.between(-0.5, 0.5) * (y + 0.9) * 0.5, y] as const;
    }),
  );
}

function clouds(brush: Brush, base: number, lean: number): void {
  const { dice, colours } = brush;
  const count = 4 + dice.below(4);
  const paint = brush.material(colours.main);
  const places: Point[] = [];
  for (let i = 0; i < count; i++) {
    const angle = Math.PI * (0.95 + (1.1 * i) / (count - 1));
    const distance = dice.between(0.35, 0.5);
    places.push([lean + cosine(angle) * distance * 1.15, base - 0.45 + sine(angle) * distance]);
  }
  places.push([lean, base - 0.5], [lean + dice.between(-0.2, 0.2), base - 0.3]);
  places.forEach(([x, y], i) => {
    const radius = dice.between(0.26, 0.38);
    const shade = mixColours(
      colours.main,
      i % 3 === 2 ? colours.second : colours.dark,
      i % 3 === 2 ? 0.25 : 0.1 * (i % 2),
    );
    brush.part('crown', ellipse(x, y, radius, radius * dice.between(0.85, 1)), {
      ...paint,
      colour: shade,
      lift: 0.7,
    });
  });
  const amount = dice.chance(0.5) ? 0 : 4 + dice.below(5);
  fruits(
    brush,
    Array.from(
      { length: amount },
      () => [lean + dice.between(-0.5, 0.5), base - 0.4 + dice.between(-0.4, 0.25)] as const,
    ),
  );
}

function oneCrown(brush: Brush, base: number, lean: number, slender: boolean): void {
  const { dice, colours } = brush;
  const top = -0.95;
  const half = slender ? dice.between(0.3, 0.42) : dice.between(0.58, 0.76);
  const middle = (top + base) / 2;
  const height = (base - top) / 2 + 0.08;
  const crown = slender
    ? drop(lean, top, base + 0.1, half, dice.between(0.1, 0.5))
    : scalloped(brush, lean, middle, half, height);
  brush.part('crown', crown, brush.material(colours.main));
  const shades: Path[] = [];
  for (let i = 0; i < 5; i++) {
    const [x, y] = [lean + dice.between(-0.6, 0.6) * half, middle + dice.between(-0.7, 0.7) * height];
    shades.push(slender ? ellipse(x, y, 0.035, 0.09) : ellipse(x, y, half * dice.between(0.1, 0.26)));
  }
  brush.part('crown', union(...shades), {
    colour: mixColours(colours.main, colours.light, 0.3),
    within: crown,
    opacity: 0.5,
    relief: 0.5,
    lift: 0,
  });
  const amount = dice.chance(0.5) ? 0 : 4 + dice.below(6);
  fruits(
    brush,
    Array.from({ length: amount }, () => {
      const y = dice.between(-0.65, 0.6);
      const room = half * 0.8 * Math.sqrt(1 - y * y);
      return [lean + dice.between(-1, 1) * room, middle + y * height] as const;
    }),
  );
}

/** An upright drop, widest at the share `low` of its height above its foot. */
function drop(x: number, top: number, foot: number, half: number, low: number): Path {
  const widest = foot + (top - foot) * (0.25 + 0.3 * low);
  return smooth([
    [x, top],
    [x + half * 0.62, (top + widest) / 2],
    [x + half, widest],
    [x + half * 0.7, (widest + 2 * foot) / 3],
    [x, foot],
    [x - half * 0.7, (widest + 2 * foot) / 3],
    [x - half, widest],
    [x - half * 0.62, (top + widest) / 2],
  ]);
}

/** An ellipse with a rim of leaf clouds, or a plain one. */
function scalloped({ dice }: Brush, x: number, y: number, half: number, height: number): Path {
  if (dice.chance(0.3)) return ellipse(x, y, half, height);
  const lobes = 7 + dice.below(6);
  const size = (2.4 * half) / lobes;
  const rim = Array.from({ length: lobes }, (_, i) => {
    const angle = ((i + dice.between(-0.15, 0.15)) * TURN) / lobes;
    const radius = size * dice.between(0.85, 1.15);
    return ellipse(x + cosine(angle) * (half - size * 0.7), y + sine(angle) * (height - size * 0.7), radius);
  });
  return union(ellipse(x, y, half - size * 0.55, height - size * 0.55), ...rim);
}

function fruits(brush: Brush, places: readonly Point[]): void {
  for (const [x, y] of places) brush.part('fruits', ellipse(x, y, 0.07), brush.colours.accent);
}
