import { addVertex, emptyMesh, type Mesh } from './mesh';
import { normalize } from './vec3';

export type Outline = [number, number][];

const turn = (a: number[], b: number[], c: number[]): number =>
  (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);

/** Triangles of a simple polygon given counter-clockwise, by cutting ears. */
export function triangulate(outline: Outline): number[] {
  const left = outline.map((_, i) => i);
  const triangles: number[] = [];
  let stuck = 0;
  while (left.length > 2 && stuck < left.length) {
    const n = left.length;
    const i = stuck;
    const [a, b, c] = [left[i % n], left[(i + 1) % n], left[(i + 2) % n]];
    const [pa, pb, pc] = [outline[a], outline[b], outline[c]];
    const blocked = left.some((k) => {
      if (k === a || k === b || k === c) return false;
      const p = outline[k];
      return turn(pa, pb, p) >= 0 && turn(pb, pc, p) >= 0 && turn(pc, pa, p) >= 0;
    });
    if (turn(pa, pb, pc) > 0 && !blocked) {
      triangles.push(a, b, c);
      left.splice((i + 1) % n, 1);
      stuck = 0;
    } else stuck++;
  }
  return triangles;
}

/** A counter-clockwise outline in x and y, given a thickness in z about the plane z = 0, with bevelled rims. */
export function extrude(outline: Outline, depth: number, bevel = 0): Mesh {
  const mesh = emptyMesh();
  const n = outline.length;
  const edgeNormal = (i: number): [number, number] => {
    const [a, b] = [outline[(i + n) % n], outline[(i + 1 + n) % n]];
    const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
    const l = Math.hypot(dx, dy) || 1;
    return [dy / l, -dx / l];
  };
  const inset = outline.map(([x, y], i): [number, number] => {
    const [a, b] = [edgeNormal(i - 1), edgeNormal(i)];
    const l = 1 + a[0] * b[0] + a[1] * b[1];
    return [x - (bevel * (a[0] + b[0])) / Math.max(l, 0.3), y - (bevel * (a[1] + b[1])) / Math.max(l, 0.3)];
  });
  const h = depth / 2;
  const caps = triangulate(inset);
  for (const side of [-1, 1]) {
    const base = mesh.positions.length;
    for (const [x, y] of inset) addVertex(mesh, [x, y, side * h], [0, 0, side], [x, y]);
    for (let t = 0; t < caps.length; t += 3)
      mesh.triangles.push(
        base + caps[t],
        base + caps[side > 0 ? t + 1 : t + 2],
        base + caps[side > 0 ? t + 2 : t + 1],
      );
  }
  const rings: [Outline, number, number][] = [
    [inset, -h, -1],
    [outline, bevel - h, -0.4],
    [outline, h - bevel, 0.4],
    [inset, h, 1],
  ];
  for (let r = 0; r < 3; r++) {
    const [low, high] = [rings[r], rings[r + 1]];
    for (let i = 0; i < n; i++) {
      const j = (i + 1) % n;
      const base = mesh.positions.length;
      const e = edgeNormal(i);
      const tilt = (r - 1) * (bevel > 0 ? 1 : 0);
      const normal = normalize([e[0], e[1], tilt]);
      for (const [ring, z] of [low, high])
        for (const k of [i, j])
          addVertex(mesh, [ring[k][0], ring[k][1], z], normal, [ring[k][0], ring[k][1]]);
      mesh.triangles.push(base, base + 1, base + 2, base + 1, base + 3, base + 2);
    }
  }
  return mesh;
}

/** The corners of an outline rounded by quadratic curves that start `radius` before each. */
export function rounded(outline: Outline, radius: number, steps = 5): Outline {
  const n = outline.length;
  return outline.flatMap((p, i) => {
    const toward = (q: [number, number]): [number, number] => {
      const [dx, dy] = [q[0] - p[0], q[1] - p[1]];
      const l = Math.hypot(dx, dy);
      const s = Math.min(radius, l * 0.48) / l;
      return [p[0] + dx * s, p[1] + dy * s];
    };
    const a = toward(outline[(i + n - 1) % n]);
    const b = toward(outline[(i + 1) % n]);
    return Array.from({ length: steps + 1 }, (_, k): [number, number] => {
      const t = k / steps;
      const [wa, wp, wb] = [(1 - t) ** 2, 2 * t * (1 - t), t * t];
      return [wa * a[0] + wp * p[0] + wb * b[0], wa * a[1] + wp * p[1] + wb * b[1]];
    });
  });
}
