import { extrude, type Outline, rounded } from '../renderer/extrude';
import { lettering } from '../renderer/lettering';
import { type Mesh, merge, place, repeat } from '../renderer/mesh';
import { fbm } from '../renderer/noise';
import type { Finish, Scene, SurfacePoint } from '../renderer/scene';
import { box, curve, cylinder, lathe, tube } from '../renderer/shapes';
import { createSky } from '../renderer/sky';
import { mix, scale, smoothstep, srgb, type Vec3 } from '../renderer/vec3';
import { stumpInTheWoods } from './stump-in-the-woods';

const orange = ({ rest: [x, y, z] }: SurfacePoint): Finish => ({
  color: mix(srgb(0xe8500c), srgb(0x9a6a45), 0.35 * smoothstep(0.5, 0.8, fbm(x * 2, y * 2, z * 2, 4))),
  roughness: 0.28,
});
const plastic = (): Finish => ({ color: [0.02, 0.02, 0.022], roughness: 0.38 });
const pale = (): Finish => ({ color: srgb(0xe9e6de), roughness: 0.35 });
const steel = ({ rest: [x, y] }: SurfacePoint): Finish => ({
  color: scale([0.66, 0.67, 0.69], 0.8 + 0.3 * fbm(x * 1.2, y * 22, 0, 3)),
  metal: 1,
  roughness: 0.3,
});
const darkSteel = (): Finish => ({ color: [0.2, 0.2, 0.21], metal: 0.9, roughness: 0.4 });

const BAR = { from: -0.9, to: -4.5, half: 0.36 };

function barOutline(grow: number): Outline {
  const nose = Array.from({ length: 13 }, (_, i): [number, number] => {
    const a = Math.PI / 2 + (i / 12) * Math.PI;
    return [BAR.to + (BAR.half + grow) * Math.cos(a), (BAR.half + grow) * Math.sin(a)];
  });
  return [[BAR.from, -BAR.half - grow], [BAR.from, BAR.half + grow], ...nose];
}

/** Links around the bar, every second one a cutter with its tooth. */
function chain(): Mesh {
  const path = curve(
    barOutline(0.04).map(([x, y]): Vec3 => [x, y, 0]),
    1,
    false,
  ).slice(1);
  const links: Mesh[] = [];
  let walked = 0;
  for (let i = 1; i < path.length; i++) {
    const [a, b] = [path[i - 1], path[i]];
    const l = Math.hypot(b[0] - a[0], b[1] - a[1]);
    const angle = (Math.atan2(b[1] - a[1], b[0] - a[0]) * 180) / Math.PI;
    for (; walked < l; walked += 0.17) {
      const t = walked / l;
      const at: Vec3 = [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, 0];
      const cutter = links.length % 3 === 0;
      const link = merge(
        box([0.15, 0.1, 0.13], 0.02, 1),
        place(box([0.1, cutter ? 0.14 : 0.05, 0.09], 0.02, 1), {
          at: [0, -0.08, cutter ? 0.03 : 0],
          turn: [0, 0, 12],
        }),
      );
      links.push(place(link, { at, turn: [0, 0, angle] }));
    }
    walked -= l;
  }
  return merge(...links);
}

const engine: Outline = [
  [-1.25, -0.55],
  [1.5, -0.6],
  [1.75, -0.2],
  [1.7, 0.75],
  [1.1, 1.22],
  [-0.5, 1.25],
  [-1.2, 0.7],
];
const cover: Outline = [
  [-1.4, -0.5],
  [0.2, -0.52],
  [0.3, 0.1],
  [-0.1, 0.5],
  [-1.3, 0.45],
];

/** Decimetres: the body is about 30 cm long. The stump's top is y = 0. */
export function chainSawScene(): Scene {
  const sky = createSky({ elevation: 36, azimuth: 40, dust: 1 });
  const saw = (mesh: Mesh) => place(mesh, { at: [0.75, 0.92, 0.1], turn: [0, 26, 0], scale: 1.2 });
  const slots = [0, 1, 2, 3, 4].map((k) => ({
    at: [0.55 + k * 0.17, 0.15 + k * 0.02, 0.71] as Vec3,
    turn: [0, 0, -14] as Vec3,
  }));
  const front = curve(
    [
      [-0.75, -0.45, -0.75],
      [-0.82, 0.6, -0.86],
      [-0.86, 1.5, -0.7],
      [-0.9, 1.86, -0.2],
      [-0.88, 1.84, 0.35],
      [-0.8, 1.3, 0.72],
      [-0.72, 0.7, 0.72],
    ],
    12,
  );
  const rear = curve(
    [
      [1.2, 1.02, 0],
      [1.9, 1.12, 0],
      [2.75, 0.8, 0],
      [3.15, 0.25, 0],
      [3.0, -0.4, 0],
      [2.5, -0.55, 0],
      [1.6, -0.45, 0],
    ],
    12,
  );
  const guard = extrude(
    rounded(
      [
        [-1.05, 0.95],
        [-0.85, 0.9],
        [-1.15, 1.75],
        [-1.5, 2.3],
        [-1.68, 2.25],
        [-1.4, 1.7],
      ],
      0.1,
    ),
    1.35,
    0.05,
  );
  const cap = place(
    lathe(
      [
        [0, 0.1],
        [0.2, 0.1],
        [0.24, 0],
      ],
      24,
    ),
    { turn: [90, 0, 0] },
  );
  return {
    parts: [
      {
        mesh: saw(
          merge(
            extrude(rounded(engine, 0.25), 1.3, 0.16),
            place(extrude(rounded(cover, 0.18), 0.24, 0.06), { at: [0, 0, 0.72] }),
          ),
        ),
        material: orange,
      },
      {
        mesh: saw(
          merge(
            tube(front, 0.12, 14),
            tube(rear, 0.17, 14),
            guard,
            place(box([1.5, 0.3, 1.1], 0.1), { at: [0.2, -0.6, 0] }),
            place(box([1.1, 0.16, 0.9], 0.06), { at: [0.2, 1.26, 0] }),
            place(repeat(box([0.07, 0.62, 0.04], 0.02), slots), { at: [0, 0.1, -0.05] }),
            place(cap, { at: [0.75, -0.32, 0.64] }),
            place(cap, { at: [-0.25, 0.85, 0.64] }),
            place(box([0.3, 0.4, 0.06], 0.02), { at: [2.4, 0.68, 0] }),
          ),
        ),
        material: plastic,
      },
      { mesh: saw(place(extrude(barOutline(0), 0.06), { at: [0, 0, 0.6] })), material: steel },
      { mesh: saw(place(chain(), { at: [0, 0, 0.6] })), material: darkSteel },
      {
        mesh: saw(
          merge(
            place(lettering('ORION', 0.24, 0.1), { at: [0.55, 0.9, 0.655] }),
            place(lettering('ORION', 0.22, 0.08), { at: [-2.7, 0, 0.635] }),
            place(box([0.95, 0.07, 0.02], 0.01), { at: [0.55, 0.68, 0.65] }),
          ),
        ),
        material: pale,
      },
      {
        mesh: saw(
          repeat(place(cylinder(0.1, 0.1, 0.02, 6), { turn: [90, 0, 0] }), [
            { at: [-0.95, 0.05, 0.86] },
            { at: [-0.55, 0.05, 0.86] },
          ]),
        ),
        material: steel,
      },
      ...stumpInTheWoods(),
    ],
    camera: {
      position: [-1.2, 5.2, 13.5],
      target: [-0.6, 0.55, 0],
      fieldOfView: 37,
      aperture: 0.16,
      focus: 13.6,
    },
    environment: (d) => sky.radiance(d),
    lights: [sky.sun],
    haze: { color: [0.5, 0.55, 0.45], halfDistance: 160 },
    development: { exposure: 0.58, contrast: 1.06, bloom: 0.1 },
    samples: 24,
  };
}
