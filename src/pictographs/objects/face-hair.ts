import type { Brush } from '../drawing/brush';
import type { Colour } from '../drawing/colour';
import { box, ellipse, type Path, type Point, segment, smooth } from '../drawing/path';

/** The head the hair grows on: half its width, its top and its chin, and its outline. */
export interface HeadShape {
  readonly half: number;
  readonly top: number;
  readonly chin: number;
  readonly path: Path;
}

export function longHair(brush: Brush, head: HeadShape, hair: Colour): void {
  const { dice } = brush;
  const wide = head.half * dice.between(1.16, 1.36);
  const end = head.chin + dice.between(0, 0.3);
  brush.part(
    'hair',
    smooth([
      [0, head.top - 0.16],
      [wide * 0.8, head.top + 0.06],
      [wide, 0],
      [wide * dice.between(0.95, 1.1), end - 0.1],
      [wide * 0.6, end],
      [-wide * 0.6, end],
      [-wide * dice.between(0.95, 1.1), end - 0.1],
      [-wide, 0],
      [-wide * 0.8, head.top + 0.06],
    ]),
    brush.material(hair),
  );
}

export function frontHair(brush: Brush, head: HeadShape, hair: Colour, style: string): void {
  const { dice } = brush;
  const { half, top } = head;
  const line = top + dice.between(0.2, 0.3);
  if (style === 'curls') {
    const count = 8;
    for (let i = 0; i < count; i++) {
      const t = i / (count - 1);
      const x = (2 * t - 1) * half * 1.02;
      const y = top + 0.02 + 0.4 * (2 * t - 1) * (2 * t - 1) + dice.between(-0.02, 0.04);
      brush.part('hair', ellipse(x, y, dice.between(0.15, 0.2)), hair);
    }
    return;
  }
  const part = dice.between(-0.5, 0.5) * half;
  const temple = style === 'fringe' ? line + 0.06 : line + dice.between(0.1, 0.24);
  const outline: Point[] = [
    [-half * 1.05, temple + 0.08],
    [-half * 1.04, line - 0.12],
    [-half * 0.7, top - 0.02],
    [0, top - dice.between(0.1, 0.18)],
    [half * 0.7, top - 0.02],
    [half * 1.04, line - 0.12],
    [half * 1.05, temple + 0.08],
    [half * 0.86, line + 0.04],
    ...(style === 'fringe'
      ? ([
          [half * 0.4, line + 0.12],
          [0, line + 0.08],
          [-half * 0.4, line + 0.12],
        ] as Point[])
      : ([
          [part + half * 0.3, line],
          [part, line - 0.1],
          [part - half * 0.3, line + 0.02],
        ] as Point[])),
    [-half * 0.86, line + 0.04],
  ];
  brush.part('hair', smooth(outline), brush.material(hair));
}

export function hat(brush: Brush, head: HeadShape): void {
  const { dice, colours } = brush;
  const brim = head.top + dice.between(0.18, 0.26);
  const crown = head.half * dice.between(0.85, 1);
  const high = dice.between(0.3, 0.5);
  const paint = brush.material(colours.second);
  const dome = [...segment(0, brim, crown, high, Math.PI, 2 * Math.PI)];
  brush.part('hat', dome, paint);
  brush.part('hat', box(0, brim - 0.06, crown * 2, 0.12), { colour: colours.accent, within: dome, lift: 0 });
  brush.part('hat', box(0, brim, crown * dice.between(2.1, 2.9), 0.1, 0.05), paint);
}
