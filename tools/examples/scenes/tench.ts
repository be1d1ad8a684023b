import { extrude, type Outline, rounded } from '../renderer/extrude';
import { merge, place, repeat } from '../renderer/mesh';
import { fbm } from '../renderer/noise';
import { grass, grassBlade } from '../renderer/plants';
import { between } from '../renderer/random';
import type { Finish, Scene, SurfacePoint } from '../renderer/scene';
import { cylinder, ground, lathe, sphere, surface, tube } from '../renderer/shapes';
import { createSky } from '../renderer/sky';
import { clamp, mix, normalize, scale, smoothstep, srgb, type Vec3 } from '../renderer/vec3';

/** Outline of the fish from the nose to the root of the tail: [along, back above, belly below, half thickness]. */
const STATIONS: [number, number, number, number][] = [
  [3.0, 0.02, 0.06, 0.02],
  [2.9, 0.15, 0.2, 0.16],
  [2.6, 0.36, 0.4, 0.3],
  [2.1, 0.62, 0.62, 0.43],
  [1.4, 0.88, 0.8, 0.52],
  [0.5, 1.02, 0.88, 0.54],
  [-0.5, 0.92, 0.78, 0.46],
  [-1.4, 0.68, 0.58, 0.33],
  [-2.1, 0.5, 0.44, 0.22],
  [-2.6, 0.44, 0.42, 0.14],
  [-2.85, 0.46, 0.44, 0.06],
];

function station(t: number): [number, number, number, number] {
  const s = t * (STATIONS.length - 1);
  const i = Math.min(STATIONS.length - 2, Math.floor(s));
  const f = s - i;
  const at = (k: number) => STATIONS[Math.min(STATIONS.length - 1, Math.max(0, k))];
  return [0, 1, 2, 3].map((c) => {
    const [a, b, d, e] = [at(i - 1)[c], at(i)[c], at(i + 1)[c], at(i + 2)[c]];
    return (
      0.5 * (2 * b + (d - a) * f + (2 * a - 5 * b + 4 * d - e) * f * f + (3 * b - a - 3 * d + e) * f ** 3)
    );
  }) as [number, number, number, number];
}

const bodySurface = () =>
  surface(
    (u, v) => {
      const [x, back, belly, half] = station(v);
      const a = u * 2 * Math.PI;
      const y = Math.sin(a);
      const z = Math.sign(Math.cos(a)) * Math.abs(Math.cos(a)) ** 0.85;
      return [x, y > 0 ? y * Math.max(0.01, back) : y * Math.max(0.01, belly), z * Math.max(0.005, half)];
    },
    120,
    140,
    true,
  );

/** Olive back, golden flank, pale belly; small scales, a gill cover, the line along the side. */
const skin = ({ rest: [x, y, z], normal }: SurfacePoint): Finish => {
  const height = clamp((y + 0.85) / 1.8);
  const flank = mix(srgb(0x94782e), srgb(0x4a4a1e), smoothstep(0.3, 0.68, height));
  let color = mix(
    mix(srgb(0xd2b062), flank, smoothstep(0.02, 0.3, height)),
    srgb(0x25290f),
    smoothstep(0.62, 0.95, height),
  );
  const gill = Math.hypot((x - 2.55) / 0.85, (y + 0.08) / 0.75);
  const gillEdge = Math.exp(-(((gill - 1) / 0.05) ** 2)) * (x < 2.4 ? 1 : 0);
  const mouth = Math.exp(-(((y + 0.08 - 0.25 * (x - 2.9)) / 0.018) ** 2)) * smoothstep(2.66, 2.72, x);
  const onHead = smoothstep(1.02, 0.98, gill) * (x > 1.6 ? 1 : 0);
  const pitch = 0.075;
  const row = Math.floor(y / pitch);
  const [u, v] = [x / pitch + (row % 2) * 0.5, y / pitch - row - 0.5];
  const w = u - Math.floor(u) - 0.5;
  const scaly = (1 - onHead) * 0.8;
  color = scale(color, 1 - 0.25 * scaly * smoothstep(0.2, 0.6, Math.hypot(w, v)));
  color = scale(color, 0.6 + 0.75 * fbm(x * 2.2, y * 2.2, z * 2.2, 5));
  const line = Math.exp(-(((y - 0.05 - 0.05 * Math.sin(x)) / 0.02) ** 2)) * (1 - onHead);
  color = scale(color, 1 - 0.65 * gillEdge - 0.75 * mouth - 0.3 * line);
  const bump = normalize([normal[0] - 0.16 * scaly * w, normal[1], normal[2] + 0.16 * scaly * v]);
  return { color, roughness: 0.27, gloss: 1, normal: bump };
};

const fin = ({ rest: [x, y] }: SurfacePoint): Finish => {
  const ray = 0.5 + 0.5 * Math.sin(Math.atan2(y, x + 1.2) * 90 + x * 3);
  return { color: scale(mix(srgb(0x3f3720), srgb(0x63562f), ray), 0.9), roughness: 0.35, translucency: 0.25 };
};

const finShape = (outline: Outline) => extrude(rounded(outline, 0.22), 0.035, 0.01);

/** The fish lies on its side in the grass: what is up for it points away from the camera. */
export function tenchScene(): Scene {
  const sky = createSky({ elevation: 42, azimuth: -50, dust: 1, sunAngularRadius: 0.9 });
  const lie = (mesh: ReturnType<typeof sphere>) => place(mesh, { at: [0.25, 0.72, 0.1], turn: [-64, 7, 2] });
  const fins = merge(
    finShape([
      [-2.7, -0.42],
      [-2.7, 0.44],
      [-3.25, 0.85],
      [-3.75, 0.92],
      [-3.62, 0],
      [-3.75, -0.9],
      [-3.25, -0.82],
    ]),
    finShape(
      [
        [0.75, 0.9],
        [-0.6, 0.8],
        [-0.75, 1.2],
        [-0.35, 1.6],
        [0.25, 1.62],
        [0.7, 1.25],
      ].reverse() as Outline,
    ),
    finShape([
      [-1.1, -0.55],
      [-1.85, -0.42],
      [-2.05, -0.85],
      [-1.75, -1.08],
      [-1.3, -0.95],
    ]),
    finShape([
      [0.55, -0.8],
      [0.1, -0.8],
      [-0.35, -1.15],
      [-0.15, -1.42],
      [0.3, -1.3],
    ]),
  );
  const pectoral = place(
    finShape(
      [
        [0, 0.14],
        [0, -0.14],
        [-0.55, -0.36],
        [-0.82, -0.2],
        [-0.7, 0.1],
      ].reverse() as Outline,
    ),
    { at: [1.62, -0.42, 0.5], turn: [0, 16, 14] },
  );
  const eye: Vec3 = [2.42, 0.14, 0.31];
  const rod = (mesh: ReturnType<typeof sphere>) => place(mesh, { at: [0.9, 0.5, -2.9], turn: [0, 8, 90] });
  return {
    parts: [
      { mesh: lie(bodySurface()), material: skin },
      { mesh: lie(merge(fins, pectoral)), material: fin },
      {
        mesh: lie(place(sphere(0.15, 24), { at: eye, scale: [1, 1, 0.7] })),
        material: ({ rest: [x, y] }) => ({
          color: Math.hypot(x, y) < 0.075 ? [0.01, 0.01, 0.01] : srgb(0xc4531a),
          roughness: 0.05,
        }),
      },
      {
        mesh: rod(
          place(
            lathe(
              [
                [0, -3],
                [0.15, -3],
                [0.17, -2.9],
                [0.17, -0.5],
                [0.12, -0.3],
                [0.07, -0.2],
              ],
              28,
            ),
            {},
          ),
        ),
        material: ({ rest: [x, y, z] }) => ({
          color: scale(
            mix(srgb(0xc79a63), srgb(0x7d5834), fbm(x * 14, y * 14, z * 14, 3)),
            y > -0.5 ? 0.05 : 1,
          ),
          roughness: 0.7,
        }),
      },
      {
        mesh: rod(
          tube(
            [
              [0, -0.3, 0],
              [0, 9, 0],
            ],
            0.06,
            12,
          ),
        ),
        material: () => ({ color: [0.02, 0.03, 0.03], roughness: 0.2 }),
      },
      {
        mesh: rod(
          merge(
            repeat(cylinder(0.085, 0.16, 0.02, 20), [
              { at: [0, -0.1, 0] },
              { at: [0, 1.6, 0] },
              { at: [0, -0.62, 0], scale: 2 },
            ]),
          ),
        ),
        material: () => ({ color: [0.8, 0.8, 0.8], metal: 1, roughness: 0.2 }),
      },
      {
        mesh: ground(60),
        material: ({ position: [x, , z] }) => ({
          color: scale(
            mix(srgb(0x3a4a1e), srgb(0x55432b), fbm(x, z, 0, 3)),
            0.6 + 0.6 * fbm(x * 5, z * 5, 0, 3),
          ),
          roughness: 1,
          gloss: 0,
        }),
      },
      {
        mesh: grass({
          seed: 17,
          blades: 62000,
          root: (random) => {
            const [x, z] = [between(random, -9, 9), between(random, -15, 4.6)];
            const under =
              Math.hypot(x / 3.2, (z - 0.1) / 0.8) < 1 ||
              (Math.abs(x + 3.1) < 0.6 && Math.abs(z - 0.35) < 0.7);
            return under ? undefined : [x, 0, z];
          },
          height: [0.25, 0.7],
          width: 0.085,
          lean: 0.9,
        }),
        material: grassBlade(srgb(0x7c9c3d), srgb(0x2f4a1e), srgb(0xbda768), 0.1),
      },
    ],
    camera: {
      position: [0.4, 7.3, 7.6],
      target: [-0.12, 0.5, -0.5],
      fieldOfView: 42,
      aperture: 0.1,
      focus: 10,
    },
    environment: (d) => sky.radiance(d),
    lights: [sky.sun],
    development: { exposure: 0.46, contrast: 1.06, bloom: 0.08 },
    samples: 24,
  };
}
