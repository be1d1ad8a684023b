import { dot, length, scale, sub, type Vec3 } from './vec3';

/** Signed distance to a body: negative inside. Bodies that grow into each other are modelled so. */
export type Sdf = (p: Vec3) => number;

export function ellipsoid(centre: Vec3, radii: Vec3): Sdf {
  return (p) => {
    const q = sub(p, centre);
    const k0 = Math.hypot(q[0] / radii[0], q[1] / radii[1], q[2] / radii[2]);
    const k1 = Math.hypot(q[0] / radii[0] ** 2, q[1] / radii[1] ** 2, q[2] / radii[2] ** 2);
    return k1 === 0 ? -Math.min(...radii) : (k0 * (k0 - 1)) / k1;
  };
}

/** A rod between two points whose radius goes from one to the other. */
export function limb(a: Vec3, b: Vec3, ra: number, rb = ra): Sdf {
  const ab = sub(b, a);
  return (p) => {
    const ap = sub(p, a);
    const t = Math.min(1, Math.max(0, dot(ap, ab) / dot(ab, ab)));
    return length(sub(ap, scale(ab, t))) - (ra + (rb - ra) * t);
  };
}

/** Union with a fillet of about `k`. */
export function blend(k: number, ...bodies: Sdf[]): Sdf {
  return (p) => {
    let d = bodies[0](p);
    for (let i = 1; i < bodies.length; i++) {
      const e = bodies[i](p);
      const h = Math.max(k - Math.abs(d - e), 0) / k;
      d = Math.min(d, e) - h * h * k * 0.25;
    }
    return d;
  };
}
