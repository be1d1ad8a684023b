import { mixColours } from '../drawing/colour';
import { cloudNoise } from '../drawing/grain';
import { arc, box, ellipse, polygon, ring, segment, union } from '../drawing/path';
import { textureKinds } from '../drawing/texture';
import { cosine, sine, TURN } from '../drawing/trigonometry';
import { type Canvas, glow, gradient, lay } from './canvas';
import { blocks, hills, mountains, waves } from './outdoors';

type Setting = (canvas: Canvas) => void;

const settings: readonly Setting[] = [
  studio,
  hills,
  mountains,
  room,
  pattern,
  watercolour,
  rays,
  tiles,
  waves,
  blocks,
];

/** Paints what stands behind everything: one of ten settings, the same ones for every class. */
export function drawSetting(canvas: Canvas): void {
  canvas.dice.pick(settings)(canvas);
}

function studio(canvas: Canvas): void {
  const { dice, palette, light } = canvas;
  const [far, near, deep] = palette.ground;
  const angle = dice.next() * TURN;
  gradient(canvas, near, deep, cosine(angle), sine(angle));
  glow(
    canvas,
    dice.between(0.2, 0.8),
    dice.between(0.2, 0.7),
    dice.between(0.5, 0.9),
    mixColours(far, light.bright, 0.35),
    0.8,
  );
  if (dice.chance(0.4)) {
    // A disc as posters have it behind what they show.
    lay(canvas, ellipse(dice.between(0.3, 0.7), dice.between(0.3, 0.7), dice.between(0.26, 0.42)), {
      colour: mixColours(deep, palette.ground[3], 0.6),
      opacity: 0.7,
    });
  }
}

function room(canvas: Canvas): void {
  const { dice, palette } = canvas;
  const [far, wall, deep, floor] = palette.ground;
  gradient(canvas, far, wall, 0.6, 0.8);
  const line = dice.between(0.66, 0.85);
  if (dice.chance(0.6)) {
    const kind = dice.pick(['stripes', 'dots', 'checks', 'scales', 'speckle'] as const);
    lay(canvas, box(0.5, line / 2, 1.1, line), {
      colour: mixColours(far, wall, 0.5),
      texture: {
        kind,
        colour: deep,
        period: dice.between(0.08, 0.2),
        angle: 0,
        amount: dice.between(0.3, 0.7),
        seed: dice.below(1e6),
      },
    });
  }
  const frames = dice.below(3);
  for (let i = 0; i < frames; i++) {
    const [x, y] = [dice.between(0.08, 0.92), dice.between(0.12, 0.42)];
    const [w, h] = [dice.between(0.14, 0.26), dice.between(0.14, 0.26)];
    lay(canvas, box(x, y, w, h), {
      colour: mixColours(palette.object.third, deep, 0.5),
      relief: 0.7,
      lift: 0.7,
    });
    lay(canvas, box(x, y, w * 0.78, h * 0.78), { colour: mixColours(palette.object.light, far, 0.5) });
    lay(canvas, dice.chance(0.5) ? ellipse(x, y, w * 0.2) : box(x, y + h * 0.15, w * 0.5, h * 0.3), {
      colour: mixColours(palette.object.accent, wall, 0.5),
    });
  }
  const planks = dice.chance(0.6);
  lay(canvas, box(0.5, (line + 1.1) / 2, 1.2, 1.1 - line), {
    colour: floor,
    relief: 0.4,
    ...(planks
      ? {
          texture: {
            kind: 'planks',
            colour: deep,
            period: 0.16,
            angle: 0,
            amount: 0.6,
            seed: dice.below(1e6),
          } as const,
        }
      : {}),
  });
  lay(canvas, box(0.5, line, 1.2, 0.03), {
    colour: mixColours(palette.object.light, wall, 0.6),
    lift: 0.5,
    relief: 0.5,
  });
}

function pattern(canvas: Canvas): void {
  const { dice, palette } = canvas;
  const [far, near, deep, deepest] = palette.ground;
  gradient(canvas, far, near, 0, 1);
  lay(canvas, box(0.5, 0.5, 1.1, 1.1), {
    colour: near,
    opacity: 0.9,
    texture: {
      kind: dice.pick(textureKinds),
      colour: dice.chance(0.5) ? deepest : mixColours(deep, palette.object.second, 0.25),
      period: dice.between(0.09, 0.28),
      angle: dice.pick([0, 0.7854, dice.next() * TURN]),
      amount: dice.between(0.4, 0.9),
      seed: dice.below(1e6),
    },
  });
}

function watercolour(canvas: Canvas): void {
  const { surface, dice, palette } = canvas;
  const { side, pixels } = surface;
  const [far, , deep, deepest] = palette.ground;
  const scale = dice.between(2.5, 6) / side;
  const seed = dice.below(1e6);
  const stretch = dice.pick([1, 1, 0.35]);
  for (let y = 0, at = 0; y < side; y++) {
    for (let x = 0; x < side; x++, at += 4) {
      const value = cloudNoise(x * scale * stretch, y * scale, seed);
      const t = Math.min(1, Math.max(0, (value - 0.25) * 2));
      const second = t * t;
      for (let channel = 0; channel < 3; channel++) {
        const base = far[channel] + (deep[channel] - far[channel]) * t;
        pixels[at + channel] = base + (deepest[channel] - base) * second * 0.7;
      }
      pixels[at + 3] = 1;
    }
  }
}

function rays(canvas: Canvas): void {
  const { dice, palette } = canvas;
  const [far, near, deep] = palette.ground;
  gradient(canvas, far, near, 0, 1);
  const [x, y] = [dice.between(0.2, 0.8), dice.between(0.2, 1.1)];
  const count = 8 + dice.below(9);
  const turn = dice.next();
  const wedges = Array.from({ length: count }, (_, i) => {
    const angle = turn + (i * TURN) / count;
    const wide = TURN / count / 4;
    return polygon([
      [x, y],
      [x + 2 * cosine(angle - wide), y + 2 * sine(angle - wide)],
      [x + 2 * cosine(angle + wide), y + 2 * sine(angle + wide)],
    ]);
  });
  lay(canvas, union(...wedges), { colour: deep, opacity: dice.between(0.5, 0.9) });
  glow(canvas, x, y, 0.6, far, 0.5);
}

function tiles(canvas: Canvas): void {
  const { dice, palette } = canvas;
  gradient(canvas, palette.ground[0], palette.ground[1], 0.6, 0.8);
  const count = 3 + dice.below(3);
  const size = 1 / count;
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < count; column++) {
      const [x, y] = [(column + 0.5) * size, (row + 0.5) * size];
      const colour = palette.ground[dice.below(4)];
      lay(canvas, box(x, y, size * 1.01, size * 1.01), { colour });
      const other = dice.chance(0.12)
        ? mixColours(palette.object.second, colour, 0.45)
        : palette.ground[dice.below(4)];
      const quarter = dice.below(4) * (TURN / 4);
      const shape = dice.pick(['quarter', 'disc', 'half', 'ring', 'none'] as const);
      if (shape === 'quarter') {
        const [cx, cy] = [
          x - cosine(quarter + TURN / 8) * size * Math.SQRT1_2,
          y - sine(quarter + TURN / 8) * size * Math.SQRT1_2,
        ];
        const edge = arc(cx, cy, size, size, quarter, quarter + TURN / 4);
        lay(canvas, polygon([[cx, cy], ...edge]), { colour: other });
      } else if (shape === 'disc') lay(canvas, ellipse(x, y, size * 0.36), { colour: other });
      else if (shape === 'half')
        lay(canvas, segment(x, y, size / 2, size / 2, quarter, quarter + TURN / 2), { colour: other });
      else if (shape === 'ring') lay(canvas, ring(x, y, size * 0.42, size * 0.24), { colour: other });
    }
  }
}
