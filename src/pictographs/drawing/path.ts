import { cosine, sine, TURN } from './trigonometry';

/** One closed outline, x and y in turn; `hole` cuts it out of the others. */
export interface Contour {
  readonly points: readonly number[];
  readonly hole?: boolean;
}

/** An area: its outlines, holes apart, may overlap. */
export type Path = readonly Contour[];

export type Point = readonly [x: number, y: number];

/** Maps (x, y) to (a x + c y + e, b x + d y + f), as in SVG. */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

export function polygon(points: readonly Point[]): Path {
  return [{ points: points.flat() }];
}

export function union(...paths: readonly Path[]): Path {
  return paths.flat();
}

/** The area of `path` without that of the holes. */
export function without(path: Path, ...holes: readonly Path[]): Path {
  return [...path, ...holes.flat().map(({ points }) => ({ points, hole: true }))];
}

export function ellipse(x: number, y: number, width: number, height: number = width, angle = 0): Path {
  return [{ points: arcPoints(x, y, width, height, angle, 0, TURN, true) }];
}

/** The part of an ellipse between two angles, cut off by the straight line between its ends. Angles run clockwise from the right. */
export function segment(x: number, y: number, width: number, height: number, from: number, to: number): Path {
  return [{ points: arcPoints(x, y, width, height, 0, from, to, false) }];
}

export function ring(x: number, y: number, outer: number, inner: number): Path {
  return without(ellipse(x, y, outer), ellipse(x, y, inner));
}

/** A rectangle about its centre. */
export function box(x: number, y: number, width: number, height: number, corner = 0, angle = 0): Path {
  const [w, h] = [width / 2, height / 2];
  const corners: Point[] = [
    [-w, -h],
    [w, -h],
    [w, h],
    [-w, h],
  ];
  const upright = corner > 0 ? rounded(corners, corner) : polygon(corners);
  return moved(upright, rotation(angle, x, y));
}

/** A polygon with its corners cut round: each starts `corner` before the corner point, at most half an edge. */
export function rounded(corners: readonly Point[], corner: number): Path {
  const points: number[] = [];
  const count = corners.length;
  for (let i = 0; i < count; i++) {
    const at = corners[i];
    const from = towards(at, corners[(i + count - 1) % count], corner);
    const to = towards(at, corners[(i + 1) % count], corner);
    for (let step = 0; step <= 6; step++) {
      const t = step / 6;
      const [p, q, r] = [(1 - t) * (1 - t), 2 * t * (1 - t), t * t];
      points.push(p * from[0] + q * at[0] + r * to[0], p * from[1] + q * at[1] + r * to[1]);
    }
  }
  return [{ points }];
}

/** A closed smooth curve through the points (Catmull and Rom 1974). */
export function smooth(corners: readonly Point[]): Path {
  const points: number[] = [];
  const count = corners.length;
  for (let i = 0; i < count; i++) {
    const [a, b, c, d] = [-1, 0, 1, 2].map((offset) => corners[(i + offset + count) % count]);
    for (let step = 0; step < 10; step++) {
      points.push(spline(a[0], b[0], c[0], d[0], step / 10), spline(a[1], b[1], c[1], d[1], step / 10));
    }
  }
  return [{ points }];
}

/** Points of an open smooth curve through the given ones, for `stroke`. */
export function curve(through: readonly Point[], steps = 8): Point[] {
  const points: Point[] = [];
  const last = through.length - 1;
  for (let i = 0; i < last; i++) {
    const [a, b, c, d] = [-1, 0, 1, 2].map((offset) => through[Math.min(last, Math.max(0, i + offset))]);
    for (let step = 0; step < steps; step++) {
      const t = step / steps;
      points.push([spline(a[0], b[0], c[0], d[0], t), spline(a[1], b[1], c[1], d[1], t)]);
    }
  }
  points.push(through[last]);
  return points;
}

/** Points on an arc, for `stroke`. */
export function arc(x: number, y: number, width: number, height: number, from: number, to: number): Point[] {
  const flat = arcPoints(x, y, width, height, 0, from, to, false);
  return Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i], flat[2 * i + 1]]);
}

/** A line along the points with round ends and joints, as wide at its end as `endWidth` says. */
export function stroke(points: readonly Point[], width: number, endWidth: number = width): Path {
  const contours: Contour[] = [];
  const last = points.length - 1;
  const half = (i: number): number => (width + ((endWidth - width) * i) / Math.max(1, last)) / 2;
  for (let i = 0; i <= last; i++) {
    contours.push(...ellipse(points[i][0], points[i][1], half(i)));
    if (i === last) break;
    const dx = points[i + 1][0] - points[i][0];
    const dy = points[i + 1][1] - points[i][1];
    const length = Math.sqrt(dx * dx + dy * dy);
    if (length === 0) continue;
    const [x, y] = [-dy / length, dx / length];
    const [from, to] = [half(i), half(i + 1)];
    contours.push({
      points: [
        points[i][0] + x * from,
        points[i][1] + y * from,
        points[i + 1][0] + x * to,
        points[i + 1][1] + y * to,
        points[i + 1][0] - x * to,
        points[i + 1][1] - y * to,
        points[i][0] - x * from,
        points[i][1] - y * from,
      ],
    });
  }
  return contours;
}

export function moved(path: Path, [a, b, c, d, e, f]: Matrix): Path {
  return path.map(({ points, hole }) => {
    const mapped = new Array<number>(points.length);
    for (let i = 0; i < points.length; i += 2) {
      mapped[i] = a * points[i] + c * points[i + 1] + e;
      mapped[i + 1] = b * points[i] + d * points[i + 1] + f;
    }
    return hole ? { points: mapped, hole } : { points: mapped };
  });
}

/** Turns by `angle` about the origin, then moves the origin to (x, y); `scale` goes before both. */
export function rotation(angle: number, x = 0, y = 0, scale = 1): Matrix {
  const [c, s] = [cosine(angle) * scale, sine(angle) * scale];
  return [c, s, -s, c, x, y];
}

function arcPoints(
  x: number,
  y: number,
  width: number,
  height: number,
  angle: number,
  from: number,
  to: number,
  closed: boolean,
): number[] {
  // The chord's error grows with the radius: as many pieces as its root asks for.
  const whole = 10 + 44 * Math.sqrt(Math.max(width, height));
  const count = Math.max(4, Math.ceil((whole * Math.abs(to - from)) / TURN));
  const [c, s] = [cosine(angle), sine(angle)];
  // One turn by a fixed angle from point to point: no sine for each of them.
  const stepAngle = (to - from) / count;
  const [stepX, stepY] = [cosine(stepAngle), sine(stepAngle)];
  let [u, v] = [cosine(from), sine(from)];
  const points: number[] = [];
  for (let i = 0; i < (closed ? count : count + 1); i++) {
    points.push(x + c * u * width - s * v * height, y + s * u * width + c * v * height);
    [u, v] = [u * stepX - v * stepY, u * stepY + v * stepX];
  }
  return points;
}

function towards(from: Point, to: Point, distance: number): Point {
  const dx = to[0] - from[0];
  const dy = to[1] - from[1];
  const length = Math.sqrt(dx * dx + dy * dy);
  if (length === 0) return from;
  const share = Math.min(0.5, distance / length);
  return [from[0] + dx * share, from[1] + dy * share];
}

function spline(a: number, b: number, c: number, d: number, t: number): number {
  return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}
