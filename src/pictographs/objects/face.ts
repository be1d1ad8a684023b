import type { Brush } from '../drawing/brush';
import { type Colour, mixColours } from '../drawing/colour';
import {
  arc,
  box,
  curve,
  ellipse,
  type Point,
  polygon,
  ring,
  rounded,
  segment,
  smooth,
  stroke,
  union,
} from '../drawing/path';
import { frontHair, type HeadShape, hat, longHair } from './face-hair';

/** A face from the front with its hair and shoulders. */
export function drawFace(brush: Brush): void {
  const { dice, colours } = brush;
  const half = dice.between(0.46, 0.6);
  const top = dice.between(-0.74, -0.66);
  const chin = dice.between(0.38, 0.5);
  const jaw = half * dice.between(0.62, 0.95);
  const middle = (top + chin) / 2;
  const head: HeadShape = {
    half,
    top,
    chin,
    path: smooth([
      [0, top],
      [half * 0.72, top + 0.14],
      [half, middle - 0.12],
      [half * 0.97, middle + 0.16],
      [jaw, chin - 0.2],
      [jaw * 0.45, chin - 0.02],
      [0, chin],
      [-jaw * 0.45, chin - 0.02],
      [-jaw, chin - 0.2],
      [-half * 0.97, middle + 0.16],
      [-half, middle - 0.12],
      [-half * 0.72, top + 0.14],
    ]),
  };
  const skin = colours.main;
  const hair = dice.chance(0.6) ? colours.dark : colours.second;
  const style = dice.pick(['short', 'long', 'bun', 'curls', 'bald', 'fringe', 'hat'] as const);
  if (style === 'long' || style === 'fringe') longHair(brush, head, hair);
  if (style === 'bun') brush.part('hair', ellipse(dice.between(-0.1, 0.1), top - 0.14, 0.22), hair);
  shoulders(brush, head, skin);
  for (const side of [-1, 1]) {
    if (style === 'long' && dice.chance(0.6)) continue;
    brush.part('ears', ellipse(side * half * 1.02, middle + 0.02, 0.11, 0.16), skin);
    brush.part('ears', ellipse(side * half * 1.03, middle + 0.02, 0.05, 0.09), {
      colour: mixColours(skin, colours.dark, 0.3),
      lift: 0,
      relief: 0,
    });
  }
  brush.part('head', head.path, { colour: skin });
  features(brush, head, hair, skin);
  if (style === 'hat') hat(brush, head);
  else if (style !== 'bald') frontHair(brush, head, hair, style);
}

function features(brush: Brush, head: HeadShape, hair: Colour, skin: Colour): void {
  const { dice, colours } = brush;
  const middle = (head.top + head.chin) / 2;
  const eyeY = middle - dice.between(0, 0.08);
  const apart = head.half * dice.between(0.38, 0.48);
  if (dice.chance(0.5)) {
    for (const side of [-1, 1]) {
      brush.part('head', ellipse(side * head.half * 0.58, eyeY + 0.24, 0.13, 0.1), {
        colour: colours.accent,
        opacity: 0.4,
        relief: 0,
        lift: 0,
        within: head.path,
      });
    }
  }
  const whites = dice.chance(0.7);
  const size = dice.between(0.085, 0.125);
  const look: Point = [dice.between(-0.3, 0.3) * size, dice.between(-0.15, 0.2) * size];
  const iris = dice.chance(0.5) ? colours.dark : mixColours(colours.dark, colours.third, 0.3);
  for (const side of [-1, 1]) {
    const x = side * apart;
    if (whites)
      brush.part('eyes', ellipse(x, eyeY, size * 1.25, size), {
        colour: colours.light,
        relief: 0.3,
        lift: 0.2,
      });
    const pupil = whites ? size * 0.62 : size * 0.72;
    brush.part('eyes', ellipse(x + look[0], eyeY + look[1], pupil), { colour: iris, relief: 0, lift: 0 });
    brush.part('eyes', ellipse(x + look[0] + pupil * 0.3, eyeY + look[1] - pupil * 0.35, pupil * 0.25), {
      colour: colours.light,
      relief: 0,
      lift: 0,
    });
  }
  const tilt = dice.between(-0.05, 0.05);
  const lift = eyeY - size - dice.between(0.06, 0.1);
  for (const side of [-1, 1]) {
    const brow = curve(
      [
        [side * (apart - 0.13), lift + tilt],
        [side * apart, lift - 0.035],
        [side * (apart + 0.13), lift + 0.01],
      ],
      4,
    );
    brush.part('brows', stroke(brow, dice.between(0.04, 0.065)), {
      colour: mixColours(hair, colours.dark, 0.3),
      relief: 0.4,
      lift: 0.2,
    });
  }
  const noseY = eyeY + dice.between(0.2, 0.26);
  const shade = mixColours(skin, colours.dark, 0.28);
  if (dice.chance(0.5)) {
    brush.part(
      'nose',
      smooth([
        [0, eyeY + 0.04],
        [0.09, noseY],
        [0, noseY + 0.05],
        [-0.09, noseY],
      ]),
      { colour: mixColours(skin, colours.dark, 0.1), lift: 0.5 },
    );
  } else {
    brush.part(
      'nose',
      stroke(
        curve(
          [
            [0.02, eyeY + 0.04],
            [0.08, noseY - 0.02],
            [-0.03, noseY + 0.03],
          ],
          5,
        ),
        0.045,
      ),
      { colour: shade, relief: 0, lift: 0 },
    );
  }
  mouth(brush, noseY + dice.between(0.16, 0.2), head, hair);
  if (dice.chance(0.25)) glasses(brush, eyeY, apart, size);
}

function mouth(brush: Brush, y: number, head: HeadShape, hair: Colour): void {
  const { dice, colours } = brush;
  const wide = head.half * dice.between(0.3, 0.46);
  if (dice.chance(0.22)) {
    const beard = union(segment(0, y - 0.06, head.half * 1.05, head.chin - y + 0.12, 0, Math.PI));
    brush.part('hair', beard, { colour: hair, within: head.path, lift: 0.5 });
  }
  if (dice.chance(0.18)) {
    brush.part(
      'hair',
      smooth([
        [0, y - 0.1],
        [wide * 1.1, y - 0.02],
        [wide * 0.5, y + 0.01],
        [0, y - 0.03],
        [-wide * 0.5, y + 0.01],
        [-wide * 1.1, y - 0.02],
      ]),
      hair,
    );
  }
  const lips = mixColours(colours.accent, colours.dark, 0.25);
  const kind = dice.pick(['smile', 'open', 'line', 'lips'] as const);
  if (kind === 'open') {
    brush.part('mouth', segment(0, y - 0.02, wide, wide * 0.75, 0, Math.PI), {
      colour: colours.dark,
      relief: 0,
      lift: 0,
    });
    brush.part('mouth', box(0, y + 0.015, wide * 1.5, 0.055, 0.01), {
      colour: colours.light,
      relief: 0,
      lift: 0,
    });
  } else if (kind === 'lips') {
    brush.part(
      'mouth',
      smooth([
        [wide * 0.8, y],
        [wide * 0.25, y - 0.05],
        [0, y - 0.03],
        [-wide * 0.25, y - 0.05],
        [-wide * 0.8, y],
        [0, y + 0.08],
      ]),
      { colour: lips, lift: 0.2 },
    );
  } else {
    const bend = kind === 'smile' ? 0.09 : dice.between(-0.03, 0.03);
    brush.part(
      'mouth',
      stroke(
        curve(
          [
            [-wide, y - bend * 0.5],
            [0, y + bend],
            [wide, y - bend * 0.5],
          ],
          6,
        ),
        0.055,
      ),
      { colour: lips, relief: 0, lift: 0 },
    );
  }
}

function glasses(brush: Brush, y: number, apart: number, size: number): void {
  const { dice, colours } = brush;
  const radius = Math.min(apart - 0.03, size * 1.75);
  const square = dice.chance(0.4);
  for (const side of [-1, 1]) {
    const rim = square
      ? [
          ...box(side * apart, y, radius * 2.1, radius * 1.6, 0.05),
          ...box(side * apart, y, radius * 2.1 - 0.09, radius * 1.6 - 0.09, 0.04).map(({ points }) => ({
            points,
            hole: true,
          })),
        ]
      : ring(side * apart, y, radius, radius - 0.045);
    brush.part('glasses', rim, colours.third);
  }
  brush.part(
    'glasses',
    stroke(
      [
        [-apart + radius, y],
        [apart - radius, y],
      ],
      0.045,
    ),
    colours.third,
  );
}

function shoulders(brush: Brush, head: HeadShape, skin: Colour): void {
  const { dice, colours } = brush;
  const wide = dice.between(0.7, 0.92);
  const neck = head.half * dice.between(0.36, 0.5);
  const from = head.chin + dice.between(0.04, 0.12);
  brush.part('neck', box(0, head.chin + 0.06, neck * 2, 0.5), {
    colour: mixColours(skin, colours.dark, 0.18),
  });
  const clothes = rounded(
    [
      [-neck * 1.15, from],
      [neck * 1.15, from],
      [wide * 0.92, from + dice.between(0.12, 0.22)],
      [wide, 1],
      [-wide, 1],
      [-wide * 0.92, from + dice.between(0.12, 0.22)],
    ],
    dice.between(0.1, 0.2),
  );
  brush.part('clothes', clothes, brush.material(colours.third));
  const collar = dice.pick(['vee', 'round', 'buttons', 'none'] as const);
  if (collar === 'vee') {
    const vee = polygon([
      [-neck, from - 0.02],
      [neck, from - 0.02],
      [0, from + 0.26],
    ]);
    brush.part('neck', vee, { colour: skin, relief: 0.5, lift: 0, within: clothes });
  } else if (collar === 'round') {
    brush.part('clothes', stroke(arc(0, from, neck * 1.1, 0.13, 0, Math.PI), 0.06), {
      colour: colours.accent,
      within: clothes,
      lift: 0.4,
    });
  } else if (collar === 'buttons') {
    for (let i = 0; i < 3; i++)
      brush.part('clothes', ellipse(0, from + 0.12 + 0.15 * i, 0.035), {
        colour: colours.light,
        within: clothes,
      });
  }
}
