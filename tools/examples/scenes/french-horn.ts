import { type Mesh, merge, place, repeat, smooth } from '../renderer/mesh';
import { fbm } from '../renderer/noise';
import type { Finish, Scene } from '../renderer/scene';
import { box, curve, cylinder, ground, lathe, surface, tube } from '../renderer/shapes';
import { direction } from '../renderer/sky';
import { dot, mix, scale, smoothstep, srgb, type Vec3 } from '../renderer/vec3';

const RADIANS = Math.PI / 180;

/** Points of a circle's arc about the origin, `from` and `to` in degrees, its depth sliding from `z0` to `z1`. */
function arc(
  radius: number,
  from: number,
  to: number,
  z0: number,
  z1 = z0,
  centre: [number, number] = [0, 0],
): Vec3[] {
  const steps = Math.ceil(Math.abs(to - from) / 6);
  return Array.from({ length: steps + 1 }, (_, i): Vec3 => {
    const t = i / steps;
    const a = (from + (to - from) * t) * RADIANS;
    return [centre[0] + radius * Math.cos(a), centre[1] + radius * Math.sin(a), z0 + (z1 - z0) * t];
  });
}

/** The bell: once around the coil, ever wider, then out to the left and towards the listener. */
function bell(): { body: Mesh; rim: Mesh } {
  const around = arc(1.5, 130, -92, -0.1, 0);
  const out = curve(
    [
      [-0.05, -1.5, 0.02],
      [-0.5, -1.47, 0.12],
      [-0.95, -1.38, 0.36],
      [-1.3, -1.26, 0.72],
      [-1.52, -1.17, 1.05],
    ],
    26,
  );
  const path = [...around, ...out.slice(2)];
  const width = (t: number) => 0.085 + 0.18 * t ** 2.2 + 0.66 * Math.max(0, (t - 0.45) / 0.55) ** 7;
  const mouth = path[path.length - 1];
  const before = path[path.length - 3];
  const axis: Vec3 = [mouth[0] - before[0], mouth[1] - before[1], mouth[2] - before[2]];
  const rim = Array.from({ length: 72 }, (_, i): Vec3 => {
    const a = (i / 72) * 2 * Math.PI;
    const l = Math.hypot(axis[0], axis[2]);
    const [sx, sz] = [axis[2] / l, -axis[0] / l];
    const r = width(1);
    return [mouth[0] + r * Math.cos(a) * sx, mouth[1] + r * Math.sin(a), mouth[2] + r * Math.cos(a) * sz];
  });
  // A tube's own normals ignore that it widens.
  return { body: smooth(tube(path, width, 72)), rim: tube(rim, 0.022, 8, true) };
}

/** A valve slide: two straight legs joined by a bow, with the sleeves they slide in. */
function slide(length: number, gap: number): { brass: Mesh; sleeves: Mesh } {
  const h = gap / 2;
  const bow = arc(h, 0, 180, 0, 0, [0, length]);
  const leg = (x: number): Mesh =>
    place(cylinder(0.072, length * 0.45, 0.01, 20), { at: [x, length * 0.24, 0] });
  return { brass: tube([[h, 0, 0], ...bow, [-h, 0, 0]], 0.055, 14), sleeves: merge(leg(h), leg(-h)) };
}

const brass = (): Finish => ({ color: [0.94, 0.66, 0.24], metal: 1, roughness: 0.13 });
const silver = (): Finish => ({ color: [0.9, 0.9, 0.88], metal: 1, roughness: 0.14 });

/** The radius of the coil is about one and a half: fifteen centimetres. */
export function frenchHornScene(): Scene {
  const { body, rim } = bell();
  const slides: [number, number, Vec3, number][] = [
    [0.75, 0.26, [0.42, 0.05, 0.2], -28],
    [0.5, 0.26, [0.16, 0.32, 0.22], -8],
    [0.82, 0.26, [-0.14, 0.2, 0.2], 16],
    [0.62, 0.24, [0.2, -0.5, 0.16], 200],
    [0.58, 0.24, [-0.24, -0.44, 0.16], 168],
    [0.5, 0.24, [-0.5, -0.1, 0.18], 96],
  ];
  const loops = slides.map(([length, gap, at, turn]) => {
    const { brass: loop, sleeves } = slide(length, gap);
    return {
      loop: place(loop, { at, turn: [0, 0, turn] }),
      sleeves: place(sleeves, { at, turn: [0, 0, turn] }),
    };
  });
  const valves: Vec3[] = [
    [-0.34, 0.2, 0.12],
    [0.02, 0.02, 0.12],
    [0.38, -0.16, 0.12],
  ];
  const valve = merge(
    place(cylinder(0.19, 0.34, 0.03, 40), { turn: [90, 0, 0] }),
    place(cylinder(0.15, 0.42, 0.05, 40), { turn: [90, 0, 0] }),
    place(
      lathe(
        [
          [0, 0.27],
          [0.05, 0.26],
          [0.06, 0.2],
        ],
        24,
      ),
      { turn: [90, 0, 0] },
    ),
  );
  const paddles = [0, 1, 2].map((k) =>
    merge(
      tube(
        curve([
          [valves[k][0] - 0.1, valves[k][1] + 0.1, 0.36],
          [-0.75 + k * 0.1, 0.52 - k * 0.17, 0.44],
          [-1.05, 0.62 - k * 0.2, 0.42],
        ]),
        0.026,
        8,
      ),
      place(box([0.36, 0.13, 0.03], 0.015), { at: [-1.18, 0.66 - k * 0.2, 0.42], turn: [0, 0, -14] }),
    ),
  );
  const leadpipe = curve([
    ...arc(1.27, -60, 90, 0.22, 0.2).filter((_, i) => i % 5 === 0),
    [-0.6, 1.3, 0.24],
    [-1.25, 1.5, 0.34],
    [-1.75, 1.72, 0.42],
  ]);
  const braces = [20, 75, 150, 215, 300].map((a) =>
    tube(
      [
        [1.04 * Math.cos(a * RADIANS), 1.04 * Math.sin(a * RADIANS), 0.12],
        [1.52 * Math.cos(a * RADIANS), 1.52 * Math.sin(a * RADIANS), -0.02],
      ],
      0.03,
      8,
    ),
  );
  const horn = (mesh: Mesh) => place(mesh, { at: [0.5, 1.72, 0], turn: [-8, -14, -6] });
  const key = direction(46, 38);
  const fill = direction(28, -60);
  return {
    parts: [
      {
        mesh: horn(
          merge(
            body,
            tube(arc(1.33, 100, 452, 0.02, 0.1), 0.068, 14, true),
            tube(arc(1.17, -20, 330, 0.1, -0.02), 0.06, 14),
            tube(arc(1.0, 40, 300, 0.16, 0.06), 0.058, 14),
            tube(leadpipe, (t) => 0.06 - 0.02 * t, 14),
            ...loops.map((l) => l.loop),
            ...braces,
          ),
        ),
        material: brass,
      },
      {
        mesh: horn(
          merge(
            rim,
            repeat(
              valve,
              valves.map((at) => ({ at })),
            ),
            ...loops.map((l) => l.sleeves),
            ...paddles,
            place(
              lathe(
                [
                  [0.045, 0],
                  [0.05, 0.2],
                  [0.09, 0.34],
                  [0.13, 0.42],
                  [0.14, 0.45],
                  [0.1, 0.46],
                  [0.06, 0.38],
                  [0, 0.3],
                ],
                32,
              ),
              { at: [-1.74, 1.71, 0.42], turn: [10, 0, 66] },
            ),
          ),
        ),
        material: silver,
      },
      {
        mesh: place(
          surface(
            (u, v) => {
              const x = (u - 0.5) * 22;
              const fold = Math.sin(x * 2.6 + 0.8 * Math.sin(x * 0.9)) * 0.34 + Math.sin(x * 6.1 + v) * 0.06;
              return [x, v * 12, fold * (1.15 - 0.25 * v)];
            },
            420,
            24,
          ),
          { at: [0, 0, -3.4] },
        ),
        material: ({ position: [x, y, z] }) => ({
          color: scale(srgb(0x7d1219), 0.8 + 0.4 * fbm(x * 9, y * 9, z * 9, 2)),
          roughness: 0.85,
          gloss: 0.4,
        }),
      },
      {
        mesh: ground(30),
        material: ({ position: [x, , z] }) => {
          const plank = Math.floor(x / 0.8);
          const fibre = fbm(x * 24, z * 0.9, plank, 3);
          const joint = Math.abs(x / 0.8 - plank - 0.5) > 0.488 ? 0.3 : 1;
          return {
            color: scale(mix(srgb(0x3a2011), srgb(0x7b4a26), fibre * 0.7 + 0.3 * fbm(plank, z, 3, 2)), joint),
            roughness: 0.2 + 0.15 * fibre,
          };
        },
      },
    ],
    camera: {
      position: [-1.1, 2.5, 9.2],
      target: [-0.08, 1.72, 0],
      fieldOfView: 31,
      aperture: 0.07,
      focus: 9,
    },
    environment: (d) => {
      const windows = smoothstep(0.86, 0.93, dot(d, key)) * 5 + smoothstep(0.9, 0.95, dot(d, fill)) * 2.2;
      const hall =
        0.12 +
        0.34 * smoothstep(-0.2, 1, d[1]) +
        0.25 * smoothstep(0.4, 1, d[2]) * smoothstep(-0.3, 0.5, d[1]);
      return [hall * 1.08 + windows, hall + windows * 0.95, hall * 0.9 + windows * 0.86];
    },
    lights: [
      { direction: key, irradiance: [2.6, 2.4, 2.1], angularRadius: 9 },
      { direction: fill, irradiance: [0.6, 0.6, 0.62], angularRadius: 12 },
    ],
    development: { exposure: 0.85, contrast: 1.06, bloom: 0.14, vignette: 0.4 },
    samples: 28,
  };
}
