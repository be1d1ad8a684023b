import type { Brush } from '../drawing/brush';
import { mixColours } from '../drawing/colour';
import { arc, curve, ellipse, type Path, type Point, ring, stroke, union } from '../drawing/path';
import { cosine, sine, TURN } from '../drawing/trigonometry';

/** A bicycle from the side, its front to the right: diamond or step-through frame. */
export function drawBicycle(brush: Brush): void {
  const { dice, colours } = brush;
  const radius = dice.between(0.38, 0.46);
  const y = 0.36;
  const [rear, front]: Point[] = [
    [-dice.between(0.52, 0.6), y],
    [dice.between(0.52, 0.6), y],
  ];
  const tube = dice.between(0.065, 0.095);
  const tyre = dice.between(0.06, 0.1);
  for (const [x] of [rear, front]) wheel(brush, x, y, radius, tyre);

  const crank: Point = [dice.between(-0.1, -0.02), y + dice.between(-0.02, 0.06)];
  const seat: Point = [rear[0] * dice.between(0.42, 0.55), dice.between(-0.42, -0.28)];
  const head: Point = [front[0] - dice.between(0.14, 0.22), dice.between(-0.46, -0.34)];
  const low: Point = [head[0] + 0.05, head[1] + 0.14];
  const step = dice.chance(0.3);
  const topFrom: Point = step ? mixPoints(crank, seat, 0.35) : mixPoints(crank, seat, 0.86);
  const frame = union(
    stroke([rear, crank], tube * 0.8),
    stroke([rear, mixPoints(crank, seat, 0.86)], tube * 0.8),
    stroke([crank, seat], tube),
    stroke([crank, low], tube),
    step
      ? stroke(curve([topFrom, mixPoints(topFrom, low, 0.55), low], 5), tube)
      : stroke([topFrom, mixPoints(head, low, 0.4)], tube),
  );
  brush.part('fork', stroke([head, low, front], tube * 0.85), colours.second);
  brush.part('frame', frame, { colour: colours.main });
  if (dice.chance(0.35)) {
    for (const [x] of [rear, front]) {
      brush.part(
        'mudguards',
        stroke(arc(x, y, radius + 0.07, radius + 0.07, -2.6, -0.7), 0.05),
        colours.second,
      );
    }
  }
  cranks(brush, crank);
  const post: Point = [seat[0] - 0.04, seat[1] - 0.12];
  brush.part('saddle', stroke([seat, post], tube * 0.8), colours.third);
  brush.part(
    'saddle',
    stroke(
      [
        [post[0] - 0.18, post[1] - 0.02],
        [post[0], post[1]],
        [post[0] + 0.16, post[1] - 0.01],
      ],
      0.12,
      0.06,
    ),
    colours.dark,
  );
  handlebar(brush, head, tube);
  if (dice.chance(0.3)) {
    const basket: Path = [
      {
        points: [
          head[0] + 0.1,
          head[1] - 0.2,
          head[0] + 0.46,
          head[1] - 0.2,
          head[0] + 0.4,
          head[1] + 0.06,
          head[0] + 0.14,
          head[1] + 0.06,
        ],
      },
    ];
    brush.part('basket', basket, brush.material(colours.accent));
  }
}

function wheel(brush: Brush, x: number, y: number, radius: number, tyre: number): void {
  const { dice, colours } = brush;
  const count = dice.pick([6, 8, 10]);
  const turn = dice.next();
  const spokes: Path[] = [];
  for (let i = 0; i < count; i++) {
    const angle = turn + (i * TURN) / count;
    spokes.push(
      stroke(
        [
          [x, y],
          [x + cosine(angle) * (radius - tyre), y + sine(angle) * (radius - tyre)],
        ],
        0.016,
      ),
    );
  }
  const metal = mixColours(colours.dark, colours.light, 0.5);
  brush.part('spokes', union(...spokes), { colour: metal, relief: 0, lift: 0 });
  brush.part('wheels', ring(x, y, radius, radius - tyre), colours.dark);
  brush.part('wheels', ring(x, y, radius - tyre * 0.9, radius - tyre * 1.3), {
    colour: colours.light,
    relief: 0.5,
    lift: 0,
  });
  brush.part('wheels', ellipse(x, y, 0.055), colours.third);
}

function cranks(brush: Brush, [x, y]: Point): void {
  const { dice, colours } = brush;
  const angle = dice.next() * TURN;
  const [c, s] = [cosine(angle) * 0.19, sine(angle) * 0.19];
  brush.part('cranks', ring(x, y, 0.13, 0.085), colours.third);
  brush.part(
    'cranks',
    stroke(
      [
        [x - c, y - s],
        [x + c, y + s],
      ],
      0.045,
    ),
    colours.third,
  );
  for (const side of [-1, 1]) {
    brush.part(
      'cranks',
      stroke(
        [
          [x + side * c - 0.06, y + side * s],
          [x + side * c + 0.06, y + side * s],
        ],
        0.055,
      ),
      colours.dark,
    );
  }
}

function handlebar(brush: Brush, head: Point, tube: number): void {
  const { dice, colours } = brush;
  const top: Point = [head[0] - 0.03, head[1] - dice.between(0.1, 0.2)];
  const style = dice.pick(['straight', 'drop', 'swept'] as const);
  const bars: Point[] =
    style === 'straight'
      ? [
          [top[0] - 0.04, top[1] - 0.02],
          [top[0] + 0.17, top[1] - 0.03],
        ]
      : style === 'drop'
        ? [
            top,
            [top[0] + 0.19, top[1] - 0.01],
            [top[0] + 0.25, top[1] + 0.1],
            [top[0] + 0.17, top[1] + 0.18],
            [top[0] + 0.08, top[1] + 0.17],
          ]
        : [
            [top[0] + 0.06, top[1]],
            [top[0] + 0.08, top[1] - 0.07],
            [top[0] - 0.06, top[1] - 0.1],
            [top[0] - 0.2, top[1] - 0.06],
          ];
  brush.part('handlebar', stroke([head, top], tube * 0.8), colours.third);
  brush.part('handlebar', stroke(style === 'straight' ? bars : curve(bars, 5), 0.065), colours.dark);
}

function mixPoints(from: Point, to: Point, share: number): Point {
  return [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
}
