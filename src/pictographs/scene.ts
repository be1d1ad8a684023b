import { blur } from './drawing/blur-drawing';
import type { Brush, ObjectColours } from './drawing/brush';
import { mixColours } from './drawing/colour';
import { scratch } from './drawing/coverage';
import { type Dice, dice, mix } from './drawing/dice';
import { light, palette } from './drawing/palette';
import type { Matrix } from './drawing/path';
import { fill, type Light, lost, newSurface, type Surface } from './drawing/surface';
import { textureKinds } from './drawing/texture';
import { cosine, sine, TURN } from './drawing/trigonometry';
import { drawSetting } from './settings';
import { drawClutter, drawOverlap } from './settings/clutter';

/** What a scene is made of besides its object's class. */
export interface SceneKey {
  readonly seed: number;
  readonly index: number;
  readonly side: number;
  readonly masks: boolean;
}

export interface Scene {
  /** side x side premultiplied RGBA, opaque, channels in [0, 1]. */
  readonly surface: Surface;
  /** The visible coverage of every part; null unless asked for. */
  readonly masks: Map<string, Float32Array> | null;
}

/** The dice of a scene's aspects, by number. */
const ASPECTS = {
  colours: 1,
  light: 2,
  setting: 3,
  clutter: 4,
  pose: 5,
  object: 6,
  overlap: 7,
  finish: 8,
} as const;

/** Paints the setting, the clutter, the object with its shadow, and what lies in front of it. */
export function drawScene({ seed, index, side, masks }: SceneKey, draw: (brush: Brush) => void): Scene {
  const roll = (aspect: keyof typeof ASPECTS): Dice => dice(seed, index, ASPECTS[aspect]);
  const colours = palette(roll('colours'));
  const lit = light(roll('light'));
  const surface = newSurface(side, false);
  const canvas = { surface, palette: colours, light: lit };
  drawSetting({ ...canvas, dice: roll('setting') });
  const clutter = roll('clutter');
  drawClutter({ ...canvas, dice: clutter }, 4 + clutter.below(7), [0.03, 0.14]);

  const layer = newSurface(side, masks);
  const pose = roll('pose');
  draw(brushOf(layer, placement(pose, side), colours.object, lit, roll('object')));
  shadow(surface, layer, lit, pose.between(0.35, 0.7), pose.between(0.015, 0.06));
  compose(surface, layer);

  const overlap = roll('overlap');
  drawOverlap({ ...canvas, dice: overlap }, overlap.pick([0, 1, 1, 2, 2, 3]), layer.masks);
  finish(surface, roll('finish'), lit);
  return { surface, masks: layer.masks };
}

/** From an object's own units to pixels: size, turn, mirror, a little shear, and a place that keeps it in the picture. */
function placement(pose: Dice, side: number): Matrix {
  const half = side * pose.between(0.24, 0.45);
  const turn = pose.between(-0.095, 0.095) * TURN;
  const stretch = pose.between(0.9, 1.1);
  const shear = pose.between(-0.12, 0.12);
  const mirror = pose.chance(0.5) ? -1 : 1;
  const [c, s] = [cosine(turn), sine(turn)];
  const room = Math.max(side * 0.03, side * 0.5 - half * 0.95);
  const x = side / 2 + pose.between(-1, 1) * room;
  const y = side / 2 + pose.between(-1, 1) * room;
  const [w, h] = [half * stretch * mirror, half / stretch];
  return [c * w, s * w, (c * shear - s) * h, (s * shear + c) * h, x, y];
}

function brushOf(layer: Surface, matrix: Matrix, colours: ObjectColours, lit: Light, roll: Dice): Brush {
  return {
    dice: roll,
    colours,
    part: (name, path, paint) => {
      fill(layer, path, matrix, 'colour' in paint ? paint : { colour: paint }, lit, name);
    },
    material: (colour) => {
      if (!roll.chance(0.35)) return { colour };
      const other = mixColours(
        colour,
        roll.pick([colours.dark, colours.light, colours.second]),
        roll.between(0.35, 0.7),
      );
      const kind = roll.pick(textureKinds);
      return {
        colour,
        texture: {
          kind,
          colour: other,
          period: roll.between(0.14, 0.32),
          angle: roll.pick([0, TURN / 4, TURN / 8]),
          amount: roll.between(0.4, 0.9),
          seed: roll.below(1e6),
        },
      };
    },
    texture: (kind, colour, period, amount) => ({
      kind,
      colour,
      period,
      amount,
      angle: 0,
      seed: roll.below(1e6),
    }),
  };
}

/** The soft shadow of the whole layer on the picture below; `distance` as a share of the side. */
function shadow(surface: Surface, layer: Surface, lit: Light, strength: number, distance: number): void {
  const { side, pixels } = surface;
  const alpha = scratch(4, side * side);
  for (let i = 0; i < side * side; i++) alpha[i] = layer.pixels[4 * i + 3];
  const soft = blur(alpha, side, side, Math.max(1, Math.round(side * (0.01 + 0.4 * distance))), 2);
  const taken = lost(lit);
  const [dx, dy] = [Math.round(-lit.x * distance * side), Math.round(-lit.y * distance * side)];
  for (let y = 0; y < side; y++) {
    const from = y - dy;
    if (from < 0 || from >= side) continue;
    for (let x = Math.max(0, dx); x < Math.min(side, side + dx); x++) {
      const share = strength * soft[from * side + x - dx];
      const at = 4 * (y * side + x);
      for (let channel = 0; channel < 3; channel++) {
        pixels[at + channel] *= 1 - share * taken[channel];
      }
    }
  }
}

function compose(surface: Surface, layer: Surface): void {
  const [under, over] = [surface.pixels, layer.pixels];
  for (let i = 0; i < under.length; i += 4) {
    const keep = 1 - over[i + 3];
    if (keep === 1) continue;
    under[i] = under[i] * keep + over[i];
    under[i + 1] = under[i + 1] * keep + over[i + 1];
    under[i + 2] = under[i + 2] * keep + over[i + 2];
  }
}

/** Light falls off away from its side, and paper has a grain. */
function finish({ side, pixels }: Surface, roll: Dice, lit: Light): void {
  const fall = roll.between(0.02, 0.16);
  const grain = roll.between(0.004, 0.03);
  const seed = roll.below(4294967296);
  const scale = fall / side;
  for (let y = 0, at = 0, i = 0; y < side; y++) {
    for (let x = 0; x < side; x++, at += 4, i++) {
      const shade = 1 + scale * ((x - side / 2) * lit.x + (y - side / 2) * lit.y);
      const noise = grain * (mix(i ^ seed) / 4294967296 - 0.5);
      pixels[at] = pixels[at] * shade + noise;
      pixels[at + 1] = pixels[at + 1] * shade + noise;
      pixels[at + 2] = pixels[at + 2] * shade + noise;
    }
  }
}
