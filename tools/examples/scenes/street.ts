import { masonry } from '../renderer/masonry';
import { merge, place, repeat } from '../renderer/mesh';
import { fbm } from '../renderer/noise';
import { grass, grassBlade, inCrowns, leafBlade, leaves } from '../renderer/plants';
import { between } from '../renderer/random';
import type { Finish, Part, SurfacePoint } from '../renderer/scene';
import { box, frustum, ground, tube } from '../renderer/shapes';
import { scale, srgb, type Vec3 } from '../renderer/vec3';

const asphalt = ({ position: [x, , z] }: SurfacePoint): Finish => {
  const line = Math.abs(z - 3.9) < 0.07 || Math.abs(z - 4.2) < 0.07;
  const crack = Math.abs(fbm(x * 0.5, z * 0.5, 9, 4) - 0.5) < 0.004 ? 0.5 : 1;
  const tone = (0.6 + 0.5 * fbm(x * 0.6, z * 0.6, 0, 4)) * (0.8 + 0.4 * fbm(x * 18, z * 18, 2, 3)) * crack;
  return {
    color: line ? scale(srgb(0xd0a52a), 0.5 + 0.5 * tone) : scale(srgb(0x6c6b6a), tone),
    roughness: 0.85,
    gloss: 0.5,
  };
};

/** A street along x, in metres: the far kerb at z = -2.6, then a footpath, lawns, brick houses, trees. */
export function street(): Part[] {
  const house = (x: number, z: number, w: number, h: number) => ({
    walls: place(box([w, h, 7], 0.02, 1), { at: [x, h / 2, z] }),
    roof: place(frustum(4, w * 0.78, w * 0.22, 2.6), { at: [x, h, z], scale: [1, 1, 7.4 / w] }),
    windows: repeat(
      box([1.1, 1.3, 0.1], 0.02),
      [-0.28, 0.28].flatMap((k) =>
        [1.6, 4.2].filter((y) => y < h).map((y) => ({ at: [x + k * w, y, z + 3.52] as Vec3 })),
      ),
    ),
  });
  const houses = [house(-27, -21, 9, 5.4), house(-10, -24, 9, 3.4), house(2, -22, 9, 5.4)];
  return [
    { mesh: ground(160), material: asphalt },
    {
      mesh: merge(
        place(box([160, 0.2, 0.25], 0.04), { at: [0, 0.06, -2.6] }),
        place(box([160, 0.14, 2], 0.02), { at: [0, 0.06, -5] }),
      ),
      material: ({ position: [x, , z] }) => ({
        color: scale(srgb(0xb5b0a5), 0.7 + 0.5 * fbm(x * 4, z * 4, 0, 4)),
        roughness: 0.9,
      }),
    },
    {
      mesh: place(box([160, 0.1, 40], 0.01, 1), { at: [0, 0.05, -25] }),
      material: ({ position: [x, , z] }) => ({
        color: scale(srgb(0x5c7a33), 0.6 + 0.7 * fbm(x, z, 0, 4)),
        roughness: 1,
        gloss: 0,
      }),
    },
    {
      mesh: grass({
        seed: 4,
        blades: 14000,
        root: (random) => {
          const z = between(random, -9, -2.8);
          return z > -6.1 && z < -3.9 ? undefined : [between(random, -14, 12), 0.1, z];
        },
        height: [0.08, 0.2],
        width: 0.04,
      }),
      material: grassBlade(srgb(0x7da043), srgb(0x3d5a24), srgb(0xb7a565)),
    },
    {
      mesh: merge(...houses.map((h) => h.walls)),
      material: (p) => ({
        ...masonry(p, {
          course: 0.09,
          length: 0.26,
          joint: 0.018,
          light: srgb(0xb0674a),
          dark: srgb(0x824534),
          mortar: srgb(0xaea290),
        }),
        roughness: 0.9,
        gloss: 0.2,
      }),
    },
    {
      mesh: merge(...houses.map((h) => h.roof)),
      material: ({ position: [x, y, z] }) => ({
        color: scale(srgb(0x57504a), 0.7 + 0.6 * fbm(x * 3, y * 9, z * 3, 3)),
        roughness: 0.8,
      }),
    },
    {
      mesh: merge(...houses.map((h) => h.windows)),
      material: () => ({ color: [0.04, 0.045, 0.05], roughness: 0.05 }),
    },
    {
      mesh: leaves({
        seed: 9,
        count: 64000,
        size: [0.2, 0.42],
        spot: inCrowns(
          [
            { centre: [-18.5, 5, -14], radii: [3.6, 3.2, 3] },
            { centre: [-4.5, 5.4, -12], radii: [3.2, 3, 3] },
            { centre: [-36, 7, -34], radii: [7, 6, 4] },
            { centre: [-20, 7, -36], radii: [8, 5, 4] },
            { centre: [-3, 7, -36], radii: [8, 6, 4] },
          ],
          14,
        ),
      }),
      material: leafBlade(srgb(0x3f6529), srgb(0x83923a)),
    },
    {
      mesh: merge(
        ...[
          [-18.5, -14],
          [-4.5, -12],
        ].map(([x, z]) =>
          tube(
            [
              [x, 0, z],
              [x + 0.2, 3, z],
              [x, 5, z],
            ],
            (t) => 0.3 - 0.15 * t,
            8,
          ),
        ),
      ),
      material: () => ({ color: srgb(0x5b4936), roughness: 1 }),
    },
  ];
}
