import { deform, merge, place } from '../renderer/mesh';
import { fbm, noise } from '../renderer/noise';
import { grass, grassBlade, inCrowns, leafBlade, leaves } from '../renderer/plants';
import { between } from '../renderer/random';
import type { Finish, Part, SurfacePoint } from '../renderer/scene';
import { cylinder, ground, tube } from '../renderer/shapes';
import { mix, scale, smoothstep, srgb, type Vec3 } from '../renderer/vec3';

/** The cut face of the stump: rings about a heart off the middle, cracks, the marks of the saw. */
const cutWood = (p: SurfacePoint): Finish => {
  const [x, , z] = p.rest;
  const r = Math.hypot(x - 0.3, z + 0.4) + 0.3 * fbm(x * 0.6, z * 0.6, 0, 3);
  const ring = 0.5 + 0.5 * Math.sin(r * 30 + 3 * noise(x, z, 3));
  const mark = fbm(x * 2 + z * 1.3, z * 22 - x * 9, 2, 2);
  const crack =
    Math.abs(Math.sin(Math.atan2(z + 0.4, x - 0.3) * 3.5 + 0.6 * noise(x * 3, z * 3, 1))) < 0.02 * (4 - r)
      ? 0.45
      : 1;
  const rim = smoothstep(3.9, 4.15, Math.hypot(x, z));
  return {
    color: scale(
      mix(mix(srgb(0xe6d0ae), srgb(0xc09a70), ring * 0.55 + mark * 0.35), srgb(0x4b3423), rim),
      crack,
    ),
    roughness: 0.8,
    gloss: 0.4,
  };
};

const bark = ({ rest: [x, y, z] }: SurfacePoint): Finish => {
  const a = Math.atan2(z, x) * 5;
  // Long plates, torn apart along the trunk: the noise is stretched upwards and wavers.
  const plate = Math.abs(2 * fbm(a * 1.5 + 0.5 * noise(a, y * 1.5, 3), y * 0.35, 1, 4) - 1);
  const ridge = smoothstep(0.02, 0.3, plate);
  return {
    color: mix(srgb(0x262220), srgb(0x857a70), ridge * (0.35 + 0.65 * fbm(a * 5, y * 4, 0, 4))),
    roughness: 0.95,
    gloss: 0.2,
  };
};

/** A fresh stump whose top is y = 0, four wide, on a floor of fallen leaves before trees; in decimetres. */
export function stumpInTheWoods(): Part[] {
  const stump = deform(cylinder(4.1, 4, 0.12, 160), ([x, y, z]) => {
    const a = Math.atan2(z, x);
    const wide = 1 + 0.09 * (fbm(Math.cos(a) * 1.6 + 4, Math.sin(a) * 1.6, 0, 4) - 0.5);
    return [x * wide, y, z * wide];
  });
  const sawdust = leaves({
    seed: 6,
    count: 5000,
    size: [0.03, 0.1],
    spot: (random) => {
      const a = random() * 6.283;
      const r = 4 * Math.sqrt(random());
      const [x, z] = [r * Math.cos(a), r * Math.sin(a)];
      return fbm(x, z, 5, 3) * 1.15 > random() ? [x, 0.03 + 0.05 * random(), z] : undefined;
    },
  });
  return [
    { mesh: place(stump, { at: [0, -2, 0] }), material: (p) => (p.rest[1] > 1.97 ? cutWood(p) : bark(p)) },
    {
      mesh: sawdust,
      material: ({ uv: [t] }) => ({
        color: mix(srgb(0xecd9b6), srgb(0xd0ab7c), t),
        roughness: 0.9,
        translucency: 0.2,
      }),
    },
    {
      mesh: place(ground(200), { at: [0, -4, 0] }),
      material: ({ position: [x, , z] }) => ({
        color: scale(
          mix(srgb(0x5a5228), srgb(0x6b4e30), fbm(x * 0.3, z * 0.3, 1, 3)),
          0.6 + 0.7 * fbm(x * 2, z * 2, 0, 4),
        ),
        roughness: 1,
        gloss: 0,
      }),
    },
    {
      mesh: leaves({
        seed: 19,
        count: 26000,
        size: [0.4, 1],
        spot: (random) => {
          const z = 5 - between(random, 0, 7) ** 2;
          const x = between(random, -1, 1) * (6 + 0.45 * (14 - z));
          return Math.hypot(x, z) < 4.2 ? undefined : [x, -3.9 + 0.25 * random(), z];
        },
      }),
      material: ({ uv: [t] }) => ({
        color: mix(mix(srgb(0x6b4526), srgb(0xb98543), t), srgb(0x7f8038), (t * 7) % 1 < 0.15 ? 0.8 : 0),
        roughness: 0.7,
        translucency: 0.25,
      }),
    },
    {
      mesh: grass({
        seed: 7,
        blades: 7000,
        root: (random) => {
          const z = between(random, -42, 5);
          const x = between(random, -1, 1) * (5 + 0.42 * (14 - z));
          return Math.hypot(x, z) < 4.3 ? undefined : [x, -4, z];
        },
        height: [0.7, 2],
        width: 0.16,
      }),
      material: grassBlade(srgb(0x7f9a3c), srgb(0x35501f), srgb(0xb08d4e), 0.45),
    },
    {
      mesh: merge(
        ...(
          [
            [-14, -40, 1.6],
            [-3.5, -55, 1.4],
            [5, -46, 1.1],
            [15, -38, 1.7],
            [-24, -60, 2],
            [24, -62, 2],
            [10, -70, 1.6],
          ] as Vec3[]
        ).map(([x, z, r]) =>
          tube(
            [
              [x, -4, z],
              [x + 0.6, 14, z],
              [x, 40, z],
            ],
            r,
            12,
          ),
        ),
      ),
      material: ({ rest: [x, y, z] }) => ({
        color: scale(srgb(0x6b5441), 0.5 + fbm(x * 2, y * 0.6, z * 2, 3)),
        roughness: 1,
      }),
    },
    {
      mesh: leaves({
        seed: 3,
        count: 24000,
        size: [0.8, 1.6],
        spot: inCrowns(
          [
            { centre: [-18, 6, -70], radii: [16, 9, 8] },
            { centre: [14, 5, -78], radii: [18, 8, 8] },
            { centre: [0, 22, -60], radii: [30, 6, 10] },
          ],
          33,
          90,
        ),
      }),
      material: leafBlade(srgb(0x4c7229), srgb(0xa6a83f)),
    },
  ];
}
