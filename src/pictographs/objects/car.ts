import type { Brush } from '../drawing/brush';
import { mixColours } from '../drawing/colour';
import {
  box,
  ellipse,
  type Path,
  type Point,
  ring,
  rounded,
  segment,
  stroke,
  without,
} from '../drawing/path';
import { cosine, sine, TURN } from '../drawing/trigonometry';

/** A car from the side, its front to the right: saloon, hatchback, van or pickup. */
export function drawCar(brush: Brush): void {
  const { dice, colours } = brush;
  const length = dice.between(0.88, 1);
  const floor = dice.between(0.3, 0.38);
  const belt = floor - dice.between(0.34, 0.46);
  const top = belt - dice.between(0.3, 0.46);
  const style = dice.pick(['saloon', 'hatchback', 'van', 'pickup'] as const);
  const wheel = dice.between(0.2, 0.26);
  const rear = -length + wheel + dice.between(0.1, 0.2);
  const front = length - wheel - dice.between(0.1, 0.2);

  const cabin = {
    saloon: [-0.58, -0.36, 0.22, 0.52],
    hatchback: [-0.92, -0.72, 0.15, 0.5],
    van: [-0.95, -0.88, 0.42, 0.72],
    pickup: [-0.2, -0.12, 0.3, 0.56],
  }[style].map((x) => x * length);
  const roof: Point[] = [
    [cabin[0], belt + 0.06],
    [cabin[1], top],
    [cabin[2], top],
    [cabin[3], belt + 0.06],
  ];
  const bodyPaint = brush.material(colours.main);
  brush.part('cabin', rounded(roof, dice.between(0.06, 0.16)), dice.chance(0.7) ? bodyPaint : colours.second);

  const hood = belt + dice.between(0.02, 0.1);
  const body: Point[] = [
    [-length, belt + dice.between(0, 0.08)],
    [cabin[3], belt],
    [length * 0.93, hood + 0.06],
    [length, hood + 0.2],
    [length, floor],
    [-length, floor],
  ];
  const arches = [rear, front].map((x) => ellipse(x, floor, wheel * 1.16));
  brush.part('body', without(rounded(body, dice.between(0.08, 0.16)), ...arches), bodyPaint);
  if (dice.chance(0.4)) {
    brush.part('body', box(0, floor - dice.between(0.08, 0.2), 1.9 * length, dice.between(0.04, 0.1)), {
      colour: colours.accent,
      within: without(rounded(body, 0.1), ...arches),
      relief: 0.4,
      lift: 0,
    });
  }
  panes(brush, roof, belt, top, style);
  const seam = dice.between(-0.05, 0.15) * length;
  brush.part(
    'body',
    stroke(
      [
        [seam, belt + 0.04],
        [seam, floor - 0.06],
      ],
      0.02,
    ),
    {
      colour: mixColours(colours.main, colours.dark, 0.55),
      relief: 0,
      lift: 0,
    },
  );
  brush.part(
    'body',
    box(seam - 0.1, belt + 0.12, 0.11, 0.035, 0.015),
    mixColours(colours.main, colours.dark, 0.5),
  );
  brush.part('bumper', box(length - 0.02, floor - 0.03, 0.2, 0.1, 0.04), colours.third);
  brush.part('bumper', box(-length + 0.02, floor - 0.03, 0.2, 0.1, 0.04), colours.third);
  brush.part('lights', ellipse(length - 0.07, hood + 0.18, 0.065, 0.075), colours.light);
  brush.part('lights', box(-length + 0.06, hood + 0.17, 0.08, 0.12, 0.03), colours.accent);
  const spokes = dice.pick([0, 4, 5, 6]);
  const turn = dice.between(0, 1);
  for (const x of [rear, front]) {
    brush.part('wheels', ellipse(x, floor, wheel), colours.dark);
    brush.part('wheels', ellipse(x, floor, wheel * 0.6), { colour: colours.light, lift: 0.4 });
    for (let i = 0; i < spokes; i++) {
      const angle = turn + (i * TURN) / spokes;
      const hole = ellipse(
        x + cosine(angle) * wheel * 0.36,
        floor + sine(angle) * wheel * 0.36,
        wheel * 0.13,
      );
      brush.part('wheels', hole, { colour: colours.dark, relief: 0, lift: 0 });
    }
    brush.part('wheels', ellipse(x, floor, wheel * 0.16), colours.third);
  }
  if (style === 'saloon' && dice.chance(0.4)) {
    brush.part(
      'rack',
      stroke(
        [
          [cabin[1] + 0.05, top - 0.06],
          [cabin[2] - 0.02, top - 0.06],
        ],
        0.05,
      ),
      colours.third,
    );
    brush.part('rack', box((cabin[1] + cabin[2]) / 2, top - 0.15, 0.34, 0.14, 0.04), colours.accent);
  }
}

function panes(brush: Brush, roof: Point[], belt: number, top: number, style: string): void {
  const { dice, colours } = brush;
  const glass = mixColours(colours.light, colours.second, dice.between(0.1, 0.5));
  const inset = 0.07;
  const sill = belt - 0.02;
  // The edges of the roof at the height of the panes.
  const at = (i: number, j: number, y: number): number => {
    const t = (y - roof[i][1]) / (roof[j][1] - roof[i][1]);
    return roof[i][0] + (roof[j][0] - roof[i][0]) * t;
  };
  const upper = top + inset;
  const [left0, left1] = [at(0, 1, sill) + inset, at(0, 1, upper) + inset];
  const [right0, right1] = [at(3, 2, sill) - inset, at(3, 2, upper) - inset];
  const count = style === 'pickup' ? 1 : style === 'van' ? dice.pick([1, 3]) : 2;
  const area: Path = rounded(
    [
      [left0, sill],
      [left1, upper],
      [right1, upper],
      [right0, sill],
    ],
    0.04,
  );
  brush.part('windows', area, { colour: glass, relief: 0.5, lift: 0.5 });
  const gleam = (left0 + right0) / 2 + dice.between(-0.2, 0.2);
  brush.part(
    'windows',
    stroke(
      [
        [gleam - 0.1, sill + 0.1],
        [gleam + 0.12, upper - 0.1],
      ],
      0.07,
    ),
    {
      colour: colours.light,
      opacity: 0.5,
      within: area,
      relief: 0,
      lift: 0,
    },
  );
  for (let i = 1; i < count; i++) {
    const x = left0 + ((right0 - left0) * i) / count;
    brush.part(
      'cabin',
      stroke(
        [
          [x, sill + 0.04],
          [x, upper - 0.03],
        ],
        0.05,
      ),
      { colour: colours.main, relief: 0.5, lift: 0.3 },
    );
  }
  if (style === 'van' && count === 1) {
    // A panel van: only the driver has a window.
    brush.part(
      'cabin',
      box((left0 + right0) / 2 - 0.22, (sill + upper) / 2, right0 - left0 - 0.2, sill - upper + 0.04),
      colours.main,
    );
  }
  if (dice.chance(0.2)) {
    brush.part('windows', segment(right0 - 0.2, sill, 0.07, 0.16, Math.PI, TURN), {
      colour: colours.dark,
      lift: 0,
    });
    brush.part('windows', ring(right0 - 0.06, sill - 0.05, 0.07, 0.05), { colour: colours.dark, lift: 0 });
  }
}
