import { addVertex, emptyMesh, type Mesh } from './mesh';
import { between, createRandom, type Random } from './random';
import type { Finish, SurfacePoint } from './scene';
import { add, clamp, cross, mix, normalize, scale, type Vec3 } from './vec3';

export interface GrassOptions {
  seed: number;
  blades: number;
  /** Root of the next blade; `undefined` leaves this one out. */
  root: (random: Random) => Vec3 | undefined;
  height: [number, number];
  width: number;
  /** How far tips lean over, as a share of the height. */
  lean?: number;
  /** Direction in which the wind bends all blades. */
  wind?: Vec3;
}

/** Blades of grass: tapering ribbons that bend over. uv is (a random number a blade, 0 at the root to 1 at the tip). */
export function grass({
  seed,
  blades,
  root,
  height,
  width,
  lean = 0.5,
  wind = [0, 0, 0],
}: GrassOptions): Mesh {
  const random = createRandom(seed);
  const mesh = emptyMesh();
  const segments = 4;
  for (let b = 0; b < blades; b++) {
    const base = root(random);
    if (!base) continue;
    const facing = random() * 2 * Math.PI;
    const across: Vec3 = [Math.cos(facing), 0, Math.sin(facing)];
    const h = between(random, height[0], height[1]);
    const w = width * between(random, 0.7, 1.3);
    const a = random() * 2 * Math.PI;
    const over = add(scale([Math.cos(a), 0, Math.sin(a)], h * lean * (0.2 + random())), scale(wind, h));
    const tint = random();
    const start = mesh.positions.length;
    for (let k = 0; k <= segments; k++) {
      const t = k / segments;
      const centre = add(base, add(scale(over, t * t), [0, h * t * (1 - 0.25 * t * lean), 0]));
      const along = normalize(add(scale(over, 2 * t), [0, h, 0]));
      const normal = normalize(cross(across, along));
      const half = 0.5 * w * (1 - t ** 2.2) ** 0.8;
      for (const side of [-1, 1]) {
        // Ribbons are folded along the middle: the two edges face a little apart.
        const folded = normalize(add(normal, scale(across, 0.35 * side)));
        addVertex(mesh, add(centre, scale(across, side * half)), folded, [tint, t]);
      }
      if (k < segments) {
        const i = start + 2 * k;
        mesh.triangles.push(i, i + 1, i + 2, i + 1, i + 3, i + 2);
      }
    }
  }
  return mesh;
}

/** The material of `grass`: dark at the root, fresh above, some blades dry; light shines through. */
export function grassBlade(fresh: Vec3, dark: Vec3, dry: Vec3, dryShare = 0.08): (p: SurfacePoint) => Finish {
  return ({ uv: [tint, t] }) => {
    const healthy = mix(mix(dark, fresh, clamp(t * 1.2)), scale(fresh, 0.55 + 0.9 * ((tint * 7.3) % 1)), 0.5);
    const color = tint < dryShare ? mix(healthy, dry, 0.8) : healthy;
    return { color, roughness: 0.42, gloss: 0.9, translucency: 0.42 };
  };
}

export interface LeavesOptions {
  seed: number;
  count: number;
  size: [number, number];
  /** Centre of the next leaf, or `undefined`. */
  spot: (random: Random) => Vec3 | undefined;
}

/** Loose leaves: folded rhombs turned at random. uv is (a random number a leaf, along). */
export function leaves({ seed, count, size, spot }: LeavesOptions): Mesh {
  const random = createRandom(seed);
  const mesh = emptyMesh();
  for (let i = 0; i < count; i++) {
    const centre = spot(random);
    if (!centre) continue;
    const axis = unitVector(random);
    const side = normalize(cross(axis, unitVector(random)));
    const up = cross(axis, side);
    const l = between(random, size[0], size[1]);
    const tint = random();
    const corner = (along: number, across: number): Vec3 =>
      add(
        centre,
        add(
          scale(axis, along * l),
          add(scale(side, across * l * 0.4), scale(up, Math.abs(across) * l * 0.1)),
        ),
      );
    const base = mesh.positions.length;
    for (const [along, across] of [
      [-0.5, 0],
      [0, -1],
      [0.5, 0],
      [0, 1],
    ])
      addVertex(mesh, corner(along, across), normalize(add(up, scale(side, -0.3 * across))), [
        tint,
        along + 0.5,
      ]);
    mesh.triangles.push(base, base + 1, base + 2, base, base + 2, base + 3);
  }
  return mesh;
}

function unitVector(random: Random): Vec3 {
  const z = between(random, -1, 1);
  const a = random() * 2 * Math.PI;
  const r = Math.sqrt(1 - z * z);
  return [r * Math.cos(a), r * Math.sin(a), z];
}

export interface Crown {
  centre: Vec3;
  radii: Vec3;
}

/** Spots for the leaves of trees and bushes: in clumps, near the outside of the crowns. */
export function inCrowns(crowns: Crown[], seed: number, clumps = 60): (random: Random) => Vec3 {
  const shape = createRandom(seed);
  const heads = crowns.map(({ centre, radii }) =>
    Array.from({ length: clumps }, () => {
      const d = unitVector(shape);
      const r = between(shape, 0.45, 1);
      return { at: [0, 1, 2].map((k) => centre[k] + d[k] * radii[k] * r) as unknown as Vec3, radii };
    }),
  );
  return (random) => {
    const crown = heads[Math.floor(random() * heads.length)];
    const { at, radii } = crown[Math.floor(random() * crown.length)];
    const d = unitVector(random);
    const r = 0.36 * random() ** 0.4;
    return [at[0] + d[0] * radii[0] * r, at[1] + d[1] * radii[1] * r, at[2] + d[2] * radii[2] * r];
  };
}

/** The material of `leaves`. */
export function leafBlade(a: Vec3, b: Vec3): (p: SurfacePoint) => Finish {
  return ({ uv: [tint] }) => ({ color: mix(a, b, tint), roughness: 0.5, gloss: 0.7, translucency: 0.4 });
}
