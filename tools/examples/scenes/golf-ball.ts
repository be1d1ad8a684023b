import { geodesic } from '../renderer/geodesic';
import { deform, place } from '../renderer/mesh';
import { fbm } from '../renderer/noise';
import { grass, grassBlade, inCrowns, leafBlade, leaves } from '../renderer/plants';
import { between } from '../renderer/random';
import type { Scene } from '../renderer/scene';
import { ground } from '../renderer/shapes';
import { createSky } from '../renderer/sky';
import { dot, scale, smoothstep, srgb, type Vec3 } from '../renderer/vec3';

/** A real ball has 300 to 400 dimples; a geodesic net of frequency 6 has 362 points. */
function golfBall() {
  const dimples = geodesic(6).positions;
  const radius = 0.083;
  return deform(geodesic(96), (p) => {
    let nearest = -1;
    for (const d of dimples) nearest = Math.max(nearest, dot(p, d));
    const t = Math.acos(Math.min(1, nearest)) / radius;
    const depth = 0.024 * (1 - t * t) * smoothstep(1.08, 0.9, t);
    return scale(p, 1 - Math.max(0, depth));
  });
}

/** The ball's radius is the unit: about two centimetres. */
export function golfBallScene(): Scene {
  const sky = createSky({ elevation: 20, azimuth: 74, dust: 1.5, sunAngularRadius: 0.8 });
  const turf = (x: number, z: number) =>
    0.5 * (fbm(x * 0.12 + 9, z * 0.12, 1, 3) - 0.5) * smoothstep(2, 12, Math.hypot(x, z));
  const camera: Vec3 = [-0.5, 1.15, 8.4];
  const inView =
    (near: number, far: number) =>
    (random: () => number): Vec3 | undefined => {
      const z = camera[2] - between(random, near ** 0.5, far ** 0.5) ** 2;
      const x = camera[0] + between(random, -1, 1) * (0.9 + 0.42 * (camera[2] - z));
      return Math.hypot(x, z) < 0.5 ? undefined : [x, turf(x, z) - 0.95, z];
    };
  const blade = grassBlade(srgb(0x8aa548), srgb(0x2c4420), srgb(0xc4b074), 0.12);
  return {
    parts: [
      {
        mesh: place(golfBall(), { turn: [20, 35, 8], at: [0, 0.1, 0] }),
        material: () => ({ color: srgb(0xf1efe9), roughness: 0.22, gloss: 1 }),
      },
      {
        mesh: place(
          ground(90, (x, z) => turf(x, z)),
          { at: [0, -1, 0] },
        ),
        material: ({ position: [x, , z] }) => ({
          color: scale(srgb(0x3d5a22), 0.5 + 0.9 * fbm(x * 0.5, z * 0.5, 0, 4)),
          roughness: 1,
          gloss: 0,
        }),
      },
      {
        mesh: grass({
          seed: 3,
          blades: 30000,
          root: inView(1.6, 34),
          height: [0.55, 1.15],
          width: 0.1,
          lean: 0.7,
        }),
        material: blade,
      },
      {
        mesh: leaves({
          seed: 8,
          count: 26000,
          size: [1, 2],
          spot: inCrowns(
            [
              { centre: [-24, 6, -70], radii: [11, 9, 8] },
              { centre: [-9, 3, -78], radii: [8, 5, 8] },
              { centre: [8, 2, -84], radii: [9, 4, 8] },
              { centre: [25, 7, -76], radii: [10, 10, 8] },
            ],
            4,
          ),
        }),
        material: leafBlade(srgb(0x4d6f30), srgb(0xa39c4c)),
      },
    ],
    camera: { position: camera, target: [0, 0.42, 0], fieldOfView: 27, aperture: 0.2, focus: 7.7 },
    environment: (d) => sky.radiance(d),
    lights: [sky.sun],
    haze: { color: [0.5, 0.45, 0.36], halfDistance: 240 },
    development: { exposure: 0.52, contrast: 1.05, balance: [1.03, 1, 0.97], bloom: 0.15 },
    samples: 24,
  };
}
