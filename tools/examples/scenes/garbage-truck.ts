import { cloudySky } from '../renderer/clouds';
import { extrude, type Outline, rounded } from '../renderer/extrude';
import { type Mesh, merge, place, repeat } from '../renderer/mesh';
import { fbm } from '../renderer/noise';
import type { Finish, Scene, SurfacePoint } from '../renderer/scene';
import { box, cylinder, lathe, tube } from '../renderer/shapes';
import { createSky } from '../renderer/sky';
import { mix, smoothstep, srgb, type Vec3 } from '../renderer/vec3';
import { street } from './street';

/** The truck is 8.6 m long, along x, its cab at the right; it is 2.5 m wide, along z. */
const WIDTH = 2.5;
const AXLES = [3.1, -1.6, -2.9];

const paint =
  (color: Vec3) =>
  ({ rest: [x, y, z], position }: SurfacePoint): Finish => {
    const dirt =
      smoothstep(1.9, 0.5, position[1]) * fbm(x * 3, y * 3, z * 3, 4) * 0.75 +
      0.12 * fbm(x * 1.2, y * 6, z, 3);
    return { color: mix(color, srgb(0x7a6a55), dirt), roughness: 0.22 + 0.5 * dirt };
  };
const steel = (): Finish => ({ color: [0.55, 0.56, 0.57], metal: 0.8, roughness: 0.4 });
const black = (): Finish => ({ color: [0.022, 0.022, 0.024], roughness: 0.6 });
const glass = (): Finish => ({ color: [0.015, 0.02, 0.022], roughness: 0.04 });

const cabSide: Outline = [
  [2.35, 0.75],
  [4.55, 0.75],
  [4.6, 1.7],
  [4.35, 3.2],
  [2.35, 3.25],
];
const bodySide: Outline = [
  [-3.9, 1.15],
  [2.1, 1.15],
  [2.1, 3.5],
  [-2.6, 3.65],
  [-3.4, 3.5],
  [-4.1, 2.6],
];
const hopperSide: Outline = [
  [-4.9, 0.95],
  [-3.6, 0.8],
  [-3.4, 3.45],
  [-4.1, 3.35],
  [-4.95, 2.1],
];

function wheels(): { tyres: Mesh; hubs: Mesh } {
  const tyre = lathe(
    [
      [0.3, -0.16],
      [0.48, -0.17],
      [0.53, -0.12],
      [0.53, 0.12],
      [0.48, 0.17],
      [0.3, 0.16],
    ],
    48,
  );
  const nuts = Array.from(
    { length: 8 },
    (_, i): Vec3 => [0.15 * Math.cos((i * Math.PI) / 4), 0.1, 0.15 * Math.sin((i * Math.PI) / 4)],
  );
  const hub = merge(
    lathe(
      [
        [0.31, 0.13],
        [0.29, 0.16],
        [0.24, 0.05],
        [0.13, 0.05],
        [0.11, 0.13],
        [0, 0.14],
      ],
      40,
    ),
    repeat(
      cylinder(0.022, 0.05, 0.005, 8),
      nuts.map((at) => ({ at })),
    ),
  );
  const places = AXLES.flatMap((x) =>
    [-1, 1].map((s) => ({ at: [x, 0.53, s * (WIDTH / 2 - 0.2)] as Vec3, turn: [90 * s, 0, 0] as Vec3 })),
  );
  return { tyres: repeat(tyre, places), hubs: repeat(hub, places) };
}

export function garbageTruckScene(): Scene {
  const sky = createSky({ elevation: 38, azimuth: 38, dust: 1 });
  const side = WIDTH / 2;
  const { tyres, hubs } = wheels();
  const ribs = [-3, -2.2, -1.4, -0.6, 0.2, 1, 1.8].map((x) => ({ at: [x, 2.34, 0] as Vec3 }));
  return {
    parts: [
      { mesh: extrude(rounded(bodySide, 0.3), WIDTH, 0.09), material: paint(srgb(0x14713f)) },
      {
        mesh: merge(
          repeat(box([0.13, 2.3, WIDTH + 0.13], 0.03), ribs),
          place(box([6, 0.16, WIDTH + 0.15], 0.04), { at: [-0.9, 1.2, 0] }),
          place(box([5.4, 0.14, WIDTH + 0.13], 0.04), { at: [-0.4, 3.42, 0] }),
          extrude(rounded(hopperSide, 0.25), WIDTH + 0.06, 0.06),
        ),
        material: paint(srgb(0x0f5f36)),
      },
      { mesh: extrude(rounded(cabSide, 0.16), WIDTH - 0.08, 0.1), material: paint(srgb(0xeceae2)) },
      {
        mesh: merge(
          place(box([0.06, 1.15, 2.06], 0.03), { at: [4.48, 2.35, 0], turn: [0, 0, 9.5] }),
          repeat(
            extrude(
              rounded(
                [
                  [2.9, 1.85],
                  [4.2, 1.85],
                  [4.08, 2.85],
                  [2.9, 2.85],
                ],
                0.1,
              ),
              0.05,
              0.01,
            ),
            [{ at: [0, 0, side - 0.035] }, { at: [0, 0, 0.035 - side] }],
          ),
        ),
        material: glass,
      },
      {
        mesh: merge(
          place(box([0.08, 0.62, 1.5], 0.03), { at: [4.6, 1.35, 0] }),
          place(box([7.8, 0.24, 1.1], 0.03), { at: [-0.4, 0.86, 0] }),
          place(box([0.5, 0.3, WIDTH], 0.05), { at: [2.2, 3.42, 0] }),
          repeat(box([0.08, 0.4, 0.22], 0.03), [
            { at: [4.5, 2.3, side + 0.2] },
            { at: [4.5, 2.3, -side - 0.2] },
          ]),
          ...AXLES.map((x) => place(box([1.25, 0.08, WIDTH + 0.02], 0.03), { at: [x, 1.13, 0] })),
          place(box([0.9, 0.5, 0.5], 0.08), { at: [1.3, 0.8, side - 0.35] }),
          place(box([0.02, 0.9, 0.02], 0.005), { at: [2.86, 2.2, side] }),
        ),
        material: black,
      },
      {
        mesh: merge(
          place(box([0.22, 0.34, WIDTH + 0.04], 0.06), { at: [4.66, 0.72, 0] }),
          ...[1.2, 1.35, 1.5].map((y) => place(box([0.03, 0.04, 1.36], 0.01), { at: [4.65, y, 0] })),
          place(cylinder(0.07, 2.3, 0.01, 20), { at: [2.22, 2.4, side - 0.1] }),
          place(cylinder(0.25, 0.95, 0.05, 32), { at: [0.2, 0.8, side - 0.25], turn: [0, 0, 90] }),
          tube(
            [
              [-4.4, 1.4, side + 0.08],
              [-3.3, 3.1, side + 0.08],
            ],
            0.07,
            12,
          ),
          tube(
            [
              [-4.4, 1.4, side + 0.08],
              [-3.85, 2.25, side + 0.08],
            ],
            0.11,
            12,
          ),
          ...[-1, 1].map((s) =>
            tube(
              [
                [4.5, 2.75, s * (side - 0.05)],
                [4.52, 2.6, s * (side + 0.22)],
                [4.52, 2.1, s * (side + 0.22)],
              ],
              0.02,
              6,
            ),
          ),
        ),
        material: steel,
      },
      {
        mesh: repeat(box([0.06, 0.2, 0.34], 0.03), [{ at: [4.66, 1.02, 0.95] }, { at: [4.66, 1.02, -0.95] }]),
        material: () => ({ color: [0.8, 0.8, 0.78], roughness: 0.05, emission: [0.5, 0.5, 0.46] }),
      },
      {
        mesh: repeat(box([0.12, 0.1, 0.2], 0.03), [
          { at: [4.2, 3.27, 0.9] },
          { at: [4.2, 3.27, -0.9] },
          { at: [4.2, 3.27, 0] },
        ]),
        material: () => ({ color: srgb(0xe88a12), roughness: 0.15, emission: [0.4, 0.16, 0.01] }),
      },
      {
        mesh: place(box([2.5, 1.15, 0.03], 0.01), { at: [-0.6, 2.45, side + 0.075] }),
        material: ({ rest: [x, y] }) => ({
          color: Math.abs(y + 0.2 * Math.sin(x * 2.2)) < 0.16 ? srgb(0xe4b423) : srgb(0xefefe8),
          roughness: 0.3,
        }),
      },
      { mesh: tyres, material: black },
      { mesh: hubs, material: () => ({ color: [0.5, 0.5, 0.49], roughness: 0.35, metal: 0.3 }) },
      ...street(),
    ],
    camera: {
      position: [10.6, 2.1, 12.2],
      target: [0.15, 1.95, -0.3],
      fieldOfView: 34,
      aperture: 0.03,
      focus: 14,
    },
    environment: cloudySky(sky, { offset: [7, 3] }),
    lights: [sky.sun],
    haze: { color: [0.6, 0.65, 0.7], halfDistance: 260 },
    development: { exposure: 0.4, contrast: 1.06, bloom: 0.08 },
    samples: 24,
  };
}
