import type { Brush } from '../drawing/brush';
import { mixColours } from '../drawing/colour';
import {
  box,
  ellipse,
  type Path,
  type Point,
  polygon,
  rounded,
  segment,
  stroke,
  union,
} from '../drawing/path';

const GROUND = 0.82;

/** A house seen from the front: gable, hip or lean-to roof, an annex now and then. */
export function drawHouse(brush: Brush): void {
  const { dice, colours } = brush;
  const half = dice.between(0.5, 0.78);
  const top = dice.between(-0.2, 0.12);
  const peak = top - dice.between(0.4, 0.72);
  const over = dice.between(0.06, 0.2);
  const style = dice.pick(['gable', 'hip', 'shed'] as const);

  if (dice.chance(0.75)) {
    const x = dice.pick([-1, 1]) * half * dice.between(0.3, 0.65);
    const width = dice.between(0.13, 0.22);
    const height = peak - dice.between(-0.12, 0.08);
    brush.part('chimney', box(x, (height + top) / 2, width, top - height, 0.01), colours.third);
    brush.part(
      'chimney',
      box(x, height, width * 1.35, 0.09, 0.02),
      mixColours(colours.third, colours.dark, 0.35),
    );
  }
  if (dice.chance(0.35)) {
    const side = dice.pick([-1, 1]);
    const width = dice.between(0.25, 0.4);
    const from = side * half;
    const height = dice.between(0.25, 0.5);
    brush.part(
      'wall',
      box(from + (side * width) / 2, GROUND - height / 2, width, height),
      brush.material(colours.second),
    );
    brush.part(
      'roof',
      polygon([
        [from, GROUND - height - 0.22],
        [from + side * (width + 0.08), GROUND - height + 0.02],
        [from, GROUND - height + 0.02],
      ]),
      colours.accent,
    );
  }
  const wall: Point[] =
    style === 'gable'
      ? [
          [-half, top],
          [0, peak],
          [half, top],
          [half, GROUND],
          [-half, GROUND],
        ]
      : [
          [-half, top],
          [half, top],
          [half, GROUND],
          [-half, GROUND],
        ];
  brush.part('wall', polygon(wall), brush.material(colours.main));
  brush.part(
    'wall',
    box(0, GROUND - 0.04, 2 * half + 0.06, 0.1, 0.01),
    mixColours(colours.main, colours.dark, 0.35),
  );

  windows(brush, half, top);
  door(brush, half);

  const roofPaint = brush.material(colours.second);
  if (style === 'gable') {
    const thick = dice.between(0.1, 0.17);
    const slope = (top - peak) / half;
    const eave: Point = [half + over, top + slope * over];
    const roof: Path = polygon([
      [0, peak - thick],
      [eave[0], eave[1] - thick],
      [eave[0], eave[1]],
      [0, peak],
      [-eave[0], eave[1]],
      [-eave[0], eave[1] - thick],
    ]);
    if (dice.chance(0.5)) {
      // A gable filled by the roof itself.
      brush.part(
        'roof',
        polygon([
          [0, peak],
          [half, top],
          [-half, top],
        ]),
        roofPaint,
      );
    }
    brush.part('roof', roof, roofPaint);
  } else if (style === 'hip') {
    const ridge = half * dice.between(0.3, 0.7);
    brush.part(
      'roof',
      rounded(
        [
          [-ridge, peak],
          [ridge, peak],
          [half + over, top + 0.05],
          [-half - over, top + 0.05],
        ],
        0.04,
      ),
      roofPaint,
    );
  } else {
    const lean = dice.pick([-1, 1]);
    brush.part(
      'roof',
      polygon([
        [lean * (half + over), peak + 0.1],
        [lean * (half + over), top + 0.06],
        [-lean * (half + over), top + 0.06],
        [-lean * (half + over), top - 0.06],
      ]),
      roofPaint,
    );
  }
}

function door(brush: Brush, half: number): void {
  const { dice, colours } = brush;
  const width = dice.between(0.22, 0.32);
  const height = dice.between(0.42, 0.55);
  const x = dice.between(-0.5, 0.5) * (half - width);
  const arched = dice.chance(0.4);
  const outline = (grow: number): Path => {
    const w = width + grow;
    const body = box(
      x,
      GROUND - height / 2 + (arched ? w / 4 : 0),
      w,
      height - (arched ? w / 2 : 0) + grow / 2,
    );
    return arched
      ? union(body, segment(x, GROUND - height + w / 2, w / 2, w / 2, Math.PI, 2 * Math.PI))
      : body;
  };
  brush.part('door', outline(0.07), colours.light);
  brush.part('door', outline(0), { colour: colours.accent, relief: 0.6, lift: 0.5 });
  brush.part('door', ellipse(x + width * 0.3, GROUND - height * 0.42, 0.028), colours.light);
  if (dice.chance(0.5)) brush.part('door', box(x, GROUND + 0.02, width * 1.7, 0.08, 0.02), colours.third);
}

function windows(brush: Brush, half: number, top: number): void {
  const { dice, colours } = brush;
  const columns = half > 0.62 ? dice.pick([2, 3]) : 2;
  const width = dice.between(0.2, 0.28);
  const height = width * dice.between(0.9, 1.35);
  const y = top + 0.12 + height / 2;
  const lit = dice.chance(0.5) ? colours.accent : mixColours(colours.light, colours.third, 0.25);
  const glass = mixColours(lit, colours.light, 0.35);
  const rounds = dice.chance(0.15);
  for (let i = 0; i < columns; i++) {
    const x = ((i + 0.5) / columns - 0.5) * 2 * (half - 0.04);
    if (rounds) {
      brush.part('windows', ellipse(x, y, width * 0.62), colours.light);
      brush.part('windows', ellipse(x, y, width * 0.46), { colour: glass, lift: 0 });
    } else {
      brush.part('windows', box(x, y, width + 0.08, height + 0.08, 0.015), colours.light);
      brush.part('windows', box(x, y, width, height), { colour: glass, lift: 0 });
    }
    const cross = union(
      stroke(
        [
          [x, y - height / 2],
          [x, y + height / 2],
        ],
        0.03,
      ),
      stroke(
        [
          [x - width / 2, y],
          [x + width / 2, y],
        ],
        0.03,
      ),
    );
    brush.part('windows', cross, { colour: colours.light, relief: 0.3, lift: 0.4 });
    if (!rounds)
      brush.part('windows', box(x, y + height / 2 + 0.06, width + 0.16, 0.05, 0.01), colours.third);
  }
}
