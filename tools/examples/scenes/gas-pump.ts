import { cloudySky } from '../renderer/clouds';
import { lettering } from '../renderer/lettering';
import { merge, place, repeat } from '../renderer/mesh';
import { fbm, hash } from '../renderer/noise';
import { inCrowns, leafBlade, leaves } from '../renderer/plants';
import type { Finish, Scene, SurfacePoint } from '../renderer/scene';
import { box, curve, cylinder, ground, lathe, sphere, tube } from '../renderer/shapes';
import { createSky } from '../renderer/sky';
import { mix, scale, smoothstep, srgb, type Vec3 } from '../renderer/vec3';

const chrome = (): Finish => ({ color: [0.86, 0.87, 0.88], metal: 1, roughness: 0.12 });
const rubber = (): Finish => ({ color: [0.02, 0.02, 0.022], roughness: 0.42 });
const cream = (): Finish => ({ color: srgb(0xf2ead6), roughness: 0.25 });

/** Enamel with a little dust towards the foot, as on a pump that has stood outside for a while. */
const enamel = ({ rest: [x, y, z] }: SurfacePoint): Finish => {
  const dust = smoothstep(-0.1, -0.75, y) * fbm(x * 7, y * 7, z * 7, 4) * 0.7;
  return { color: mix(srgb(0xb9161c), srgb(0x8f7a63), dust), roughness: 0.16 + 0.5 * dust };
};

/** Rolling digits behind glass: rows of white figures on black. */
const counters = ({ rest: [x, y] }: SurfacePoint): Finish => {
  const row = Math.floor((y + 0.16) / 0.107);
  const [column, line] = [Math.floor(x / 0.055), (y + 0.16) / 0.107 - row];
  const u = x / 0.055 - column;
  const inFigure = u > 0.2 && u < 0.8 && line > 0.22 && line < 0.78 && Math.abs(x) < 0.165;
  const [i, j] = [Math.floor(u * 5), Math.floor(line * 8)];
  const ink =
    inFigure && (i === 1 || i === 3 || j === 2 || j === 5) && hash(column * 5 + i, row * 9 + j) > 0.25;
  const plate = Math.abs(x) < 0.18 && line > 0.12 && line < 0.88 ? 0.025 : 0.75;
  return { color: ink ? [0.8, 0.8, 0.76] : [plate, plate, plate * 0.93], roughness: 0.08 };
};

const concrete = ({ position: [x, , z] }: SurfacePoint): Finish => {
  const joint = Math.min(Math.abs(((x + 50.9) % 2.4) - 1.2), Math.abs(((z + 50.2) % 2.4) - 1.2));
  const stain = smoothstep(0.5, 0.75, fbm(x * 0.9, z * 0.9, 4, 4));
  const tone = (0.72 + 0.4 * fbm(x * 9, z * 9, 0, 4)) * (1 - 0.4 * stain) * (joint < 0.012 ? 0.35 : 1);
  return { color: scale(srgb(0xa9a397), tone), roughness: 0.8, gloss: 0.5 };
};

const clapboard = ({ rest: [x, y, z] }: SurfacePoint): Finish => {
  const board = (y / 0.16) % 1;
  return {
    color: scale(srgb(0xcfcdbf), (board < 0.12 ? 0.5 : 0.95) * (0.85 + 0.2 * fbm(x * 2, y * 2, z, 3))),
    roughness: 0.7,
  };
};

export function gasPumpScene(): Scene {
  const sky = createSky({ elevation: 34, azimuth: 48, dust: 1 });
  const hose: Vec3[] = [
    [0.31, 1.18, 0],
    [0.46, 1.16, 0.04],
    [0.55, 0.9, 0.08],
    [0.57, 0.5, 0.1],
    [0.5, 0.2, 0.12],
    [0.42, 0.24, 0.14],
    [0.4, 0.55, 0.12],
    [0.385, 0.78, 0.1],
  ];
  const nozzle = merge(
    place(box([0.06, 0.2, 0.09], 0.025), { at: [0.375, 0.87, 0.1], turn: [0, 0, 6] }),
    tube(
      curve([
        [0.372, 0.95, 0.1],
        [0.36, 1.03, 0.1],
        [0.33, 1.08, 0.08],
        [0.3, 1.06, 0.05],
      ]),
      0.017,
      10,
    ),
    tube(
      curve([
        [0.385, 0.8, 0.15],
        [0.4, 0.86, 0.18],
        [0.385, 0.94, 0.15],
      ]),
      0.008,
      8,
    ),
  );
  const rim = (w: number, h: number, r: number) =>
    tube(
      [0, 1, 2, 3].flatMap((k) =>
        [0, 1, 2, 3, 4].map((i): Vec3 => {
          const a = ((k + i / 4) * Math.PI) / 2;
          const [sx, sy] = [k === 0 || k === 3 ? 1 : -1, k < 2 ? 1 : -1];
          return [sx * (w / 2 - r) + r * Math.cos(a), sy * (h / 2 - r) + r * Math.sin(a), 0];
        }),
      ),
      0.013,
      8,
      true,
    );
  const front = 0.232;
  const second = { at: [-2.6, 0, -3.4] as Vec3 };
  const body = place(box([0.62, 1.42, 0.46], 0.085, 6), { at: [0, 0.95, 0] });
  const globe = merge(place(sphere(0.2, 48), { at: [0, 1.9, 0], scale: [1, 1, 0.42] }));
  return {
    parts: [
      { mesh: merge(body, place(body, second)), material: enamel },
      {
        mesh: merge(
          place(box([0.5, 0.56, 0.03], 0.014), { at: [0, 1.3, front - 0.006] }),
          place(box([0.36, 0.1, 0.012], 0.006), { at: [0, 0.52, front + 0.002] }),
          place(
            lathe(
              [
                [0, 0.016],
                [0.12, 0.016],
                [0.13, 0],
              ],
              48,
            ),
            { at: [0, 0.77, front], turn: [90, 0, 0] },
          ),
          place(box([0.48, 0.5, 0.03], 0.014), { at: [-2.6, 1.3, -3.4 + front] }),
        ),
        material: cream,
      },
      { mesh: place(box([0.42, 0.34, 0.02], 0.006), { at: [0, 1.37, front + 0.008] }), material: counters },
      {
        mesh: merge(
          place(rim(0.5, 0.56, 0.05), { at: [0, 1.3, front + 0.01] }),
          place(rim(0.43, 0.35, 0.02), { at: [0, 1.37, front + 0.018] }),
          ...[-0.27, 0.27].map((x) => place(box([0.02, 0.78, 0.012], 0.006), { at: [x, 0.66, front] })),
          place(box([0.64, 0.035, 0.48], 0.012), { at: [0, 0.98, 0] }),
          place(box([0.66, 0.1, 0.5], 0.02), { at: [0, 0.26, 0] }),
          place(cylinder(0.07, 0.12, 0.01), { at: [0, 1.7, 0] }),
          place(
            tube(
              curve(
                Array.from(
                  { length: 40 },
                  (_, i): Vec3 => [0.2 * Math.cos((i * Math.PI) / 20), 0.2 * Math.sin((i * Math.PI) / 20), 0],
                ),
                2,
                true,
              ),
              0.014,
              8,
              true,
            ),
            { at: [0, 1.9, 0] },
          ),
          place(box([0.05, 0.26, 0.16], 0.02), { at: [0.325, 1, 0.08] }),
          place(cylinder(0.035, 0.06, 0.008), { at: [0.32, 1.18, 0], turn: [0, 0, 90] }),
          nozzle,
        ),
        material: chrome,
      },
      {
        mesh: merge(globe, place(globe, second)),
        material: () => ({ color: srgb(0xf8f3e6), roughness: 0.15, emission: [0.35, 0.33, 0.28] }),
      },
      {
        mesh: merge(
          place(lettering('GAS', 0.11, 0.12), { at: [0, 1.9, 0.083] }),
          place(lettering('GAS', 0.068, 0.12), { at: [0, 0.77, front + 0.018] }),
          place(lettering('REGAL', 0.05, 0.1), { at: [0, 0.52, front + 0.008] }),
          place(lettering('GALLONS', 0.034, 0.09), { at: [0, 1.11, front + 0.012] }),
        ),
        material: () => ({ color: srgb(0xa8121a), roughness: 0.3 }),
      },
      { mesh: tube(curve(hose, 14), 0.021, 12), material: rubber },
      {
        mesh: merge(
          place(box([1.7, 0.2, 1.2], 0.04), { at: [0, 0.1, 0] }),
          place(box([1.7, 0.2, 1.2], 0.04), { at: [-2.6, 0.1, -3.4] }),
        ),
        material: ({ rest: [x, y, z] }) => ({
          color: scale(
            Math.abs(y) < 0.07 && fbm(x * 4, y * 9, z * 4, 3) < 0.62 ? srgb(0xd9a91c) : srgb(0xc9c4b8),
            0.75 + 0.4 * fbm(x * 12, y * 12, z * 12, 3),
          ),
          roughness: 0.7,
        }),
      },
      { mesh: ground(120), material: concrete },
      { mesh: place(box([13, 3.4, 4], 0.03, 1), { at: [-3.2, 1.7, -11] }), material: clapboard },
      {
        mesh: merge(
          place(box([13.6, 0.35, 5], 0.05), { at: [-3.2, 3.5, -10.8] }),
          place(box([1.15, 2.2, 0.1], 0.02), { at: [0.4, 1.1, -8.97] }),
          repeat(box([2.2, 1.7, 0.08], 0.02), [
            { at: [-2.2, 1.65, -8.98] },
            { at: [-5.4, 1.65, -8.98] },
            { at: [2.3, 1.65, -8.98] },
          ]),
        ),
        material: () => ({ color: srgb(0x2c6650), roughness: 0.4 }),
      },
      {
        mesh: repeat(box([1.9, 1.4, 0.08], 0.01), [
          { at: [-2.2, 1.65, -8.93] },
          { at: [-5.4, 1.65, -8.93] },
          { at: [2.3, 1.65, -8.93] },
        ]),
        material: () => ({ color: [0.03, 0.035, 0.04], roughness: 0.04 }),
      },
      {
        mesh: leaves({
          seed: 2,
          count: 16000,
          size: [0.25, 0.5],
          spot: inCrowns(
            [
              { centre: [7.4, 3.4, -15], radii: [3.6, 3.2, 3] },
              { centre: [-9, 5, -19], radii: [6, 3.5, 4] },
              { centre: [12, 3, -22], radii: [5, 3.5, 4] },
            ],
            6,
          ),
        }),
        material: leafBlade(srgb(0x49702c), srgb(0x8b9a3c)),
      },
    ],
    camera: {
      position: [1.35, 1.35, 4.3],
      target: [0.08, 1.08, 0],
      fieldOfView: 27.5,
      aperture: 0.05,
      focus: 4.25,
    },
    environment: cloudySky(sky, { offset: [1, 7] }),
    lights: [sky.sun],
    development: { exposure: 0.36, contrast: 1.06, bloom: 0.1 },
    samples: 24,
  };
}
