import { blur } from './blur-drawing';
import type { Colour } from './colour';
import { type Coverage, coverage } from './coverage';
import type { Matrix, Path } from './path';
import { type Texture, textureShare } from './texture';
import { cosine, sine } from './trigonometry';

/** Where the light of a scene comes from and what it does to a colour. */
export interface Light {
  /** Unit vector in the picture's plane towards the light. */
  readonly x: number;
  readonly y: number;
  /** What full light tends to. */
  readonly bright: Colour;
  /** What full shade leaves of each channel. */
  readonly shade: Colour;
  /** Contrast of light and shade, about 1. */
  readonly strength: number;
}

export interface Paint {
  readonly colour: Colour;
  readonly texture?: Texture;
  /** Share of the full modelling by light; 1 unless given, 0 for flat paint. */
  readonly relief?: number;
  /** Share of the full shadow cast on what lies right below; 1 unless given. */
  readonly lift?: number;
  readonly opacity?: number;
  /** Nothing is painted outside this area. */
  readonly within?: Path;
}

/** A picture in work: side x side premultiplied RGBA, row-major, channels in [0, 1], and the masks of its parts if they are kept. */
export interface Surface {
  readonly side: number;
  readonly pixels: Float32Array;
  readonly masks: Map<string, Float32Array> | null;
}

export function newSurface(side: number, masks: boolean): Surface {
  return { side, pixels: new Float32Array(4 * side * side), masks: masks ? new Map() : null };
}

/**
 * Paints the area of `path` in one colour with its texture, lit from the side of the light, with a soft shadow on what the
 * surface holds already. `part` names the mask it belongs to.
 */
export function fill(
  surface: Surface,
  path: Path,
  matrix: Matrix,
  paint: Paint,
  light: Light,
  part: string | null,
): void {
  const { side, pixels, masks } = surface;
  const [a, b, c, d] = matrix;
  const unit = Math.sqrt(Math.abs(a * d - b * c));
  const reach = side * 0.022;
  const radius = Math.max(1, Math.round(reach * 0.8));
  // Wide enough that light and shade are looked up inside the window from every pixel the area covers.
  const padding = Math.ceil(reach) + 2 * radius + 1;
  const area = coverage(path, matrix, side, padding, 0);
  const { left, top, width, height, values } = area;
  if (width === 0 || height === 0) return;
  if (paint.within) {
    const clip = coverage(paint.within, matrix, side, padding, 1, area).values;
    for (let i = 0; i < width * height; i++) values[i] *= clip[i];
  }
  const relief = (paint.relief ?? 1) * light.strength;
  const lift = (paint.lift ?? 1) * 0.5 * light.strength;
  const soft = relief > 0 || lift > 0 ? blur(values, width, height, radius, 2) : values;
  // How far light and shade reach over an edge, in whole pixels of the window.
  const stepX = Math.round(light.x * reach);
  const stepY = Math.round(light.y * reach);
  const step = stepY * width + stepX;
  if (lift > 0) castShadow(surface, area, soft, -stepX, -stepY, lift, lost(light));

  const { colour, texture } = paint;
  const opacity = paint.opacity ?? 1;
  const size = 0.5 * Math.max(area.extent.right - area.extent.left, area.extent.bottom - area.extent.top, 1);
  const middleX = 0.5 * (area.extent.left + area.extent.right);
  const middleY = 0.5 * (area.extent.top + area.extent.bottom);
  const slope = (0.16 * relief) / size;
  const [brightRed, brightGreen, brightBlue] = light.bright;
  const [lostRed, lostGreen, lostBlue] = lost(light);
  // The texture's own coordinates change by a fixed amount from pixel to pixel.
  let [uX, uY, vX, vY, pixel, weight] = [0, 0, 0, 0, 1, 0];
  if (texture) {
    const turn = Math.sqrt(a * a + b * b) || 1;
    const [cos, sin] = [a / turn, b / turn];
    const [tc, ts] = [cosine(texture.angle), sine(texture.angle)];
    const scale = 1 / Math.max(1e-6, texture.period * unit);
    [uX, uY] = [(cos * tc - sin * ts) * scale, (sin * tc + cos * ts) * scale];
    [vX, vY] = [-uY, uX];
    pixel = scale;
    // Finer than the pixels show it is its mean.
    weight = texture.amount * Math.min(1, Math.max(0, (0.5 - scale) * 5));
  }
  const firstRow = Math.max(0, -top);
  const lastRow = Math.min(height, side - top);
  const firstColumn = Math.max(0, -left);
  const lastColumn = Math.min(width, side - left);
  for (let row = firstRow; row < lastRow; row++) {
    const y = top + row + 0.5;
    for (let column = firstColumn; column < lastColumn; column++) {
      const at = row * width + column;
      const cover = values[at] * opacity;
      if (cover === 0) continue;
      let [red, green, blue] = colour;
      const x = left + column + 0.5;
      if (weight > 0 && texture) {
        const u = (x - matrix[4]) * uX + (y - matrix[5]) * uY;
        const v = (x - matrix[4]) * vX + (y - matrix[5]) * vY;
        const share = weight * textureShare(texture.kind, u, v, pixel, texture.seed);
        red += (texture.colour[0] - red) * share;
        green += (texture.colour[1] - green) * share;
        blue += (texture.colour[2] - blue) * share;
      }
      if (relief > 0) {
        const k =
          slope * ((x - middleX) * light.x + (y - middleY) * light.y) +
          0.45 * relief * (soft[at - step] - soft[at + step]);
        if (k > 0) {
          red += (brightRed - red) * k;
          green += (brightGreen - green) * k;
          blue += (brightBlue - blue) * k;
        } else {
          red += red * lostRed * k;
          green += green * lostGreen * k;
          blue += blue * lostBlue * k;
        }
      }
      const to = 4 * ((top + row) * side + left + column);
      const keep = 1 - cover;
      pixels[to] = pixels[to] * keep + red * cover;
      pixels[to + 1] = pixels[to + 1] * keep + green * cover;
      pixels[to + 2] = pixels[to + 2] * keep + blue * cover;
      pixels[to + 3] = pixels[to + 3] * keep + cover;
    }
  }
  if (masks && part !== null) keepMask(masks, part, side, area);
}

/** What full shade takes from each channel. */
export function lost({ shade }: Light): Colour {
  return [1 - shade[0], 1 - shade[1], 1 - shade[2]];
}

/** Darkens what is painted already, and only that, (stepX, stepY) away from the area. */
function castShadow(
  { side, pixels }: Surface,
  { left, top, width, height }: Coverage,
  soft: Float32Array,
  stepX: number,
  stepY: number,
  strength: number,
  [red, green, blue]: Colour,
): void {
  const [firstRow, lastRow] = [Math.max(0, -top, stepY), Math.min(height, side - top, height + stepY)];
  const [firstColumn, lastColumn] = [Math.max(0, -left, stepX), Math.min(width, side - left, width + stepX)];
  for (let row = firstRow; row < lastRow; row++) {
    const from = (row - stepY) * width - stepX;
    for (let column = firstColumn; column < lastColumn; column++) {
      const shadow = soft[from + column] * strength;
      if (shadow === 0) continue;
      const to = 4 * ((top + row) * side + left + column);
      pixels[to] -= shadow * red * pixels[to];
      pixels[to + 1] -= shadow * green * pixels[to + 1];
      pixels[to + 2] -= shadow * blue * pixels[to + 2];
    }
  }
}

/** What is painted now belongs to `part` and hides what lay there before. */
function keepMask(masks: Map<string, Float32Array>, part: string, side: number, area: Coverage): void {
  if (!masks.has(part)) masks.set(part, new Float32Array(side * side));
  hide(masks, side, area);
  const own = masks.get(part)!;
  eachPixel(side, area, (to, cover) => {
    own[to] += cover;
  });
}

/** Takes what an area covers out of every mask. */
export function hide(masks: Map<string, Float32Array>, side: number, area: Coverage): void {
  for (const mask of masks.values()) {
    eachPixel(side, area, (to, cover) => {
      mask[to] *= 1 - cover;
    });
  }
}

function eachPixel(side: number, area: Coverage, visit: (to: number, cover: number) => void): void {
  const { left, top, width, height, values } = area;
  for (let row = Math.max(0, -top); row < Math.min(height, side - top); row++) {
    for (let column = Math.max(0, -left); column < Math.min(width, side - left); column++) {
      const cover = values[row * width + column];
      if (cover > 0) visit((top + row) * side + left + column, cover);
    }
  }
}
