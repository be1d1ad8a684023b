import type { Brush } from '../drawing/brush';
import { mixColours } from '../drawing/colour';
import { box, ellipse, type Path, type Point, rounded, segment, stroke } from '../drawing/path';

/** A toy robot from the front. */
export function drawRobot(brush: Brush): void {
  const { dice, colours } = brush;
  const shoulder = dice.between(-0.16, -0.06);
  const hip = dice.between(0.42, 0.52);
  const half = dice.between(0.36, 0.48);
  const metal = brush.material(colours.main);
  legs(brush, half, hip);
  arms(brush, half, shoulder);
  brush.part('neck', box(0, shoulder - 0.06, 0.2, 0.2), mixColours(colours.third, colours.dark, 0.3));
  const taper = dice.between(0.75, 1.1);
  const body: Point[] = [
    [-half, shoulder],
    [half, shoulder],
    [half * taper, hip],
    [-half * taper, hip],
  ];
  brush.part('body', rounded(body, dice.between(0.04, 0.16)), metal);
  panel(brush, half, shoulder, hip);
  head(brush, shoulder, metal);
}

function head(brush: Brush, shoulder: number, metal: ReturnType<Brush['material']>): void {
  const { dice, colours } = brush;
  const half = dice.between(0.3, 0.42);
  const bottom = shoulder - 0.1;
  const top = bottom - dice.between(0.4, 0.52);
  const y = (top + bottom) / 2;
  antenna(brush, half, top);
  if (dice.chance(0.6)) {
    for (const side of [-1, 1]) {
      brush.part('ears', box(side * (half + 0.03), y, 0.12, 0.2, 0.04), colours.third);
    }
  }
  const paint = dice.chance(0.6) ? metal : brush.material(colours.second);
  const domed = dice.chance(0.3);
  const shape: Path = domed
    ? [
        ...segment(0, top + half, half, half, Math.PI, 2 * Math.PI),
        ...box(0, (top + half + bottom) / 2, half * 2, Math.max(0.05, bottom - top - half)),
      ]
    : box(0, y, half * 2, bottom - top, dice.between(0.03, 0.18));
  brush.part('head', shape, paint);
  const eyeY = y - 0.04 + (domed ? 0.05 : 0);
  const visor = dice.chance(0.3);
  if (visor)
    brush.part('head', box(0, eyeY, half * 1.6, 0.22, 0.1), { colour: colours.dark, relief: -0.4, lift: 0 });
  const size = dice.between(0.075, 0.11);
  const square = dice.chance(0.3);
  for (const side of [-1, 1]) {
    const x = side * half * 0.45;
    if (!visor)
      brush.part(
        'eyes',
        square ? box(x, eyeY, size * 2.3, size * 2.3, 0.02) : ellipse(x, eyeY, size * 1.25),
        colours.light,
      );
    const light = visor ? colours.accent : colours.dark;
    brush.part('eyes', square ? box(x, eyeY, size * 1.2, size * 1.2, 0.01) : ellipse(x, eyeY, size * 0.7), {
      colour: light,
      lift: 0,
    });
  }
  const mouthY = bottom - 0.1;
  const wide = half * dice.between(0.7, 1.1);
  brush.part('mouth', box(0, mouthY, wide, 0.09, 0.02), { colour: colours.dark, relief: -0.3, lift: 0 });
  const teeth = dice.pick([0, 3, 5]);
  for (let i = 0; i < teeth; i++) {
    brush.part('mouth', box(((i + 0.5) / teeth - 0.5) * wide, mouthY, (wide / teeth) * 0.6, 0.06), {
      colour: colours.light,
      relief: 0,
      lift: 0,
    });
  }
}

function antenna(brush: Brush, half: number, top: number): void {
  const { dice, colours } = brush;
  const two = dice.chance(0.4);
  for (const x of two ? [-half * 0.6, half * 0.6] : [0]) {
    const tip: Point = [x * dice.between(1, 1.5), top - dice.between(0.12, 0.22)];
    brush.part('antenna', stroke([[x, top + 0.04], tip], 0.05), colours.third);
    brush.part('antenna', ellipse(tip[0], tip[1], dice.between(0.055, 0.085)), colours.accent);
  }
}

function panel(brush: Brush, half: number, shoulder: number, hip: number): void {
  const { dice, colours } = brush;
  const y = (shoulder + hip) / 2;
  const width = half * dice.between(1, 1.3);
  const height = (hip - shoulder) * dice.between(0.45, 0.62);
  brush.part('panel', box(0, y, width, height, 0.04), colours.light);
  const kind = dice.pick(['buttons', 'gauge', 'bars'] as const);
  if (kind === 'buttons') {
    for (let i = 0; i < 6; i++) {
      const x = ((i % 3) - 1) * width * 0.28;
      const at = y + (i < 3 ? -1 : 1) * height * 0.2;
      brush.part('panel', ellipse(x, at, 0.045), [colours.accent, colours.dark, colours.second][i % 3]);
    }
  } else if (kind === 'gauge') {
    const radius = Math.min(width, height) * 0.38;
    brush.part('panel', ellipse(0, y, radius), { colour: colours.second, relief: -0.3, lift: 0 });
    brush.part(
      'panel',
      stroke(
        [
          [0, y],
          [radius * 0.6, y - radius * 0.5],
        ],
        0.04,
      ),
      colours.accent,
    );
  } else {
    for (let i = 0; i < 3; i++) {
      const long = width * dice.between(0.3, 0.8);
      brush.part('panel', box((long - width * 0.8) / 2, y + (i - 1) * height * 0.27, long, height * 0.14), {
        colour: [colours.accent, colours.second, colours.dark][i],
        relief: 0.4,
        lift: 0.2,
      });
    }
  }
}

function arms(brush: Brush, half: number, shoulder: number): void {
  const { dice, colours } = brush;
  for (const side of [-1, 1]) {
    const raised = dice.chance(0.3);
    const from: Point = [side * (half - 0.02), shoulder + 0.12];
    const elbow: Point = [side * (half + 0.22), shoulder + dice.between(0.12, 0.28)];
    const hand: Point = [
      side * (half + dice.between(0.2, 0.32)),
      shoulder + (raised ? dice.between(-0.28, -0.12) : dice.between(0.42, 0.56)),
    ];
    brush.part('arms', stroke([from, elbow, hand], 0.12), brush.colours.third);
    brush.part('arms', ellipse(elbow[0], elbow[1], 0.085), mixColours(colours.third, colours.dark, 0.3));
    brush.part('arms', ellipse(hand[0], hand[1], 0.11), colours.second);
  }
}

function legs(brush: Brush, half: number, hip: number): void {
  const { dice, colours } = brush;
  const ground = 0.94;
  if (dice.chance(0.25)) {
    // On a caterpillar track.
    brush.part('legs', box(0, (hip + ground) / 2 + 0.05, half * 2, ground - hip, 0.2), colours.dark);
    for (let i = -1; i <= 1; i++)
      brush.part('legs', ellipse(i * half * 0.6, (hip + ground) / 2 + 0.06, 0.12), colours.third);
    return;
  }
  const apart = half * dice.between(0.45, 0.6);
  const wide = dice.between(0.13, 0.2);
  for (const side of [-1, 1]) {
    brush.part(
      'legs',
      box(side * apart, (hip + ground) / 2 - 0.05, wide, ground - hip + 0.05),
      colours.third,
    );
    brush.part(
      'legs',
      rounded(
        [
          [side * apart - 0.17, ground - 0.14],
          [side * apart + 0.17, ground - 0.14],
          [side * apart + 0.2, ground],
          [side * apart - 0.2, ground],
        ],
        0.06,
      ),
      colours.second,
    );
  }
}
