import { normalize, type Vec3 } from './vec3';

/** GGX microfacets of width `alpha`; directions are in the surface's frame, z along the normal. */

const squared = (x: number): number => x * x;

export function ggxDensity(cosine: number, alpha: number): number {
  const d = squared(cosine) * (squared(alpha) - 1) + 1;
  return squared(alpha) / (Math.PI * squared(d));
}

/** Smith's masking of one direction. */
export function ggxMasking(cosine: number, alpha: number): number {
  const c = Math.abs(cosine);
  return (2 * c) / (c + Math.sqrt(squared(alpha) + (1 - squared(alpha)) * squared(c)));
}

/** A microfacet normal drawn as a viewer sees them (Heitz, JCGT 2018). */
export function sampleVisibleNormal(view: Vec3, alpha: number, r1: number, r2: number): Vec3 {
  const v = normalize([alpha * view[0], alpha * view[1], view[2]]);
  const flat = v[0] * v[0] + v[1] * v[1];
  const t1: Vec3 = flat > 1e-12 ? [-v[1] / Math.sqrt(flat), v[0] / Math.sqrt(flat), 0] : [1, 0, 0];
  const t2: Vec3 = [-v[2] * t1[1], v[2] * t1[0], v[0] * t1[1] - v[1] * t1[0]];
  const r = Math.sqrt(r1);
  const phi = 2 * Math.PI * r2;
  const p1 = r * Math.cos(phi);
  const s = 0.5 * (1 + v[2]);
  const p2 = (1 - s) * Math.sqrt(Math.max(0, 1 - p1 * p1)) + s * r * Math.sin(phi);
  const p3 = Math.sqrt(Math.max(0, 1 - p1 * p1 - p2 * p2));
  return normalize([
    alpha * (p1 * t1[0] + p2 * t2[0] + p3 * v[0]),
    alpha * (p1 * t1[1] + p2 * t2[1] + p3 * v[1]),
    Math.max(1e-6, p2 * t2[2] + p3 * v[2]),
  ]);
}
