import type { Brush } from '../drawing/brush';
import { mixColours } from '../drawing/colour';
import { box, ellipse, type Path, type Point, rounded, segment, stroke } from '../drawing/path';
import { cosine, sine, TURN } from '../drawing/trigonometry';

/** A clock from the front: an alarm clock on feet, a wall clock, or one with a pendulum. */
export function drawClock(brush: Brush): void {
  const { dice, colours } = brush;
  const style = dice.pick(['alarm', 'wall', 'pendulum'] as const);
  const radius = style === 'wall' ? dice.between(0.76, 0.92) : dice.between(0.56, 0.66);
  const y = style === 'alarm' ? 0.08 : style === 'pendulum' ? -0.3 : 0;
  if (style === 'alarm') bells(brush, radius, y);
  if (style === 'pendulum') pendulum(brush, y + radius);
  const form = dice.pick(['round', 'round', 'square', 'octagon'] as const);
  brush.part('case', outline(form, y, radius), brush.material(colours.main));
  const inner = radius * dice.between(0.76, 0.86);
  const face = mixColours(colours.light, colours.second, dice.pick([0, 0.15, 1]));
  const faceForm = form === 'round' || dice.chance(0.6) ? 'round' : form;
  brush.part('dial', outline(faceForm, y, inner), { colour: face, lift: 0.2, relief: -0.35 });
  marks(brush, y, inner, face);
  hands(brush, y, inner);
}

function outline(form: 'round' | 'square' | 'octagon', y: number, radius: number): Path {
  if (form === 'round') return ellipse(0, y, radius);
  if (form === 'square') return box(0, y, radius * 1.86, radius * 1.86, radius * 0.25);
  const corners = Array.from({ length: 8 }, (_, i): Point => {
    const angle = ((i + 0.5) * TURN) / 8;
    return [cosine(angle) * radius * 1.04, y + sine(angle) * radius * 1.04];
  });
  return rounded(corners, radius * 0.1);
}

function marks(brush: Brush, y: number, radius: number, face: Brush['colours']['main']): void {
  const { dice, colours } = brush;
  const count = dice.pick([4, 12, 12]);
  const round = dice.chance(0.4);
  // A dark dial wants light marks.
  const brightness = face[0] + face[1] + face[2];
  const ink = brightness > 1.3 ? colours.dark : colours.light;
  for (let i = 0; i < count; i++) {
    const angle = (i * TURN) / count;
    const main = i % (count / 4) === 0;
    const [c, s] = [cosine(angle), sine(angle)];
    const size = main ? 0.06 : 0.035;
    const path = round
      ? ellipse(c * radius * 0.82, y + s * radius * 0.82, size)
      : stroke(
          [
            [c * radius * (main ? 0.72 : 0.8), y + s * radius * (main ? 0.72 : 0.8)],
            [c * radius * 0.88, y + s * radius * 0.88],
          ],
          size,
        );
    brush.part('marks', path, { colour: ink, relief: 0, lift: 0 });
  }
}

function hands(brush: Brush, y: number, radius: number): void {
  const { dice, colours } = brush;
  const hour = dice.next() * TURN;
  const minute = dice.next() * TURN;
  const wide = dice.between(0.06, 0.1);
  const hand = (angle: number, length: number, width: number): Path =>
    stroke(
      [
        [-cosine(angle) * radius * 0.12, y - sine(angle) * radius * 0.12],
        [cosine(angle) * length, y + sine(angle) * length],
      ],
      width,
      width * 0.6,
    );
  const ink = dice.chance(0.5) ? colours.dark : mixColours(colours.dark, colours.third, 0.45);
  brush.part('hands', hand(hour, radius * dice.between(0.42, 0.52), wide), { colour: ink, lift: 0.8 });
  brush.part('hands', hand(minute, radius * dice.between(0.66, 0.76), wide * 0.8), {
    colour: ink,
    lift: 0.8,
  });
  if (dice.chance(0.4))
    brush.part('hands', hand(dice.next() * TURN, radius * 0.7, 0.03), { colour: colours.accent, lift: 0.5 });
  brush.part('hands', ellipse(0, y, wide * 0.95), colours.accent);
}

function bells(brush: Brush, radius: number, y: number): void {
  const { dice, colours } = brush;
  const apart = dice.between(0.5, 0.6);
  for (const side of [-1, 1]) {
    const foot: Point = [side * radius * 0.62, y + radius * 0.72];
    brush.part('feet', stroke([foot, [side * radius * 0.9, y + radius * 1.18]], 0.14, 0.1), colours.third);
    const angle = -Math.PI / 2 + side * apart;
    const [x0, y0] = [cosine(angle) * radius * 1.1, y + sine(angle) * radius * 1.1];
    const tilt = side * apart;
    const bell = segment(0, 0, 0.28, 0.24, Math.PI, TURN).map(({ points }) => {
      const turned: number[] = [];
      for (let i = 0; i < points.length; i += 2) {
        turned.push(
          x0 + cosine(tilt) * points[i] - sine(tilt) * points[i + 1],
          y0 + sine(tilt) * points[i] + cosine(tilt) * points[i + 1],
        );
      }
      return { points: turned };
    });
    brush.part('bells', bell, brush.material(colours.second));
  }
  brush.part(
    'bells',
    stroke(
      [
        [0, y - radius],
        [0, y - radius - 0.24],
      ],
      0.07,
    ),
    colours.third,
  );
  brush.part('bells', ellipse(0, y - radius - 0.25, 0.1, 0.07), colours.third);
}

function pendulum(brush: Brush, top: number): void {
  const { dice, colours } = brush;
  const half = dice.between(0.24, 0.34);
  const bottom = 0.95;
  brush.part(
    'case',
    box(0, (top + bottom) / 2 - 0.1, half * 2, bottom - top + 0.2, 0.05),
    brush.material(colours.main),
  );
  brush.part('pendulum', box(0, (top + bottom) / 2 - 0.06, half * 1.5, bottom - top - 0.06, 0.03), {
    colour: mixColours(colours.main, colours.dark, 0.55),
    relief: -0.3,
    lift: 0,
  });
  const swing = dice.between(-0.12, 0.12);
  brush.part(
    'pendulum',
    stroke(
      [
        [0, top],
        [swing, bottom - 0.24],
      ],
      0.04,
    ),
    colours.light,
  );
  brush.part('pendulum', ellipse(swing, bottom - 0.24, 0.12), colours.accent);
}
