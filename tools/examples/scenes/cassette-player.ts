import { lettering } from '../renderer/lettering';
import { merge, place, repeat } from '../renderer/mesh';
import { fbm } from '../renderer/noise';
import type { Finish, Scene, SurfacePoint } from '../renderer/scene';
import { box, curve, cylinder, ground, lathe, tube } from '../renderer/shapes';
import { direction } from '../renderer/sky';
import { dot, mix, scale, smoothstep, srgb, type Vec3 } from '../renderer/vec3';

const silver = ({ rest: [x, y, z] }: SurfacePoint): Finish => ({
  color: scale([0.62, 0.63, 0.65], 0.95 + 0.1 * fbm(x * 1.5, y * 40, z * 2, 3)),
  metal: 0.75,
  roughness: 0.34,
});
const black = (): Finish => ({ color: [0.018, 0.018, 0.02], roughness: 0.3 });
const chrome = (): Finish => ({ color: [0.85, 0.85, 0.87], metal: 1, roughness: 0.15 });

/** Punched metal before the loudspeakers: holes in a hexagonal grid. */
const grille = ({ rest: [x, , z], normal }: SurfacePoint): Finish => {
  const pitch = 0.052;
  const row = Math.round(z / (pitch * 0.866));
  const dx = x / pitch - (row % 2) * 0.5;
  const hole = Math.hypot((dx - Math.round(dx)) * pitch, z - row * pitch * 0.866) < pitch * 0.33;
  return hole
    ? { color: [0.004, 0.004, 0.005], roughness: 1, gloss: 0 }
    : { color: [0.1, 0.1, 0.11], metal: 0.6, roughness: 0.4, normal };
};

/** The tuner's scale: white ticks and a green line on black glass, a red needle. */
const dial = ({ rest: [x, y] }: SurfacePoint): Finish => {
  const tick =
    Math.abs((((x + 9) * 12) % 1) - 0.5) < 0.1 &&
    Math.abs(Math.abs(y) - 0.06) < (Math.round(x * 12) % 5 === 0 ? 0.05 : 0.022);
  const needle = Math.abs(x - 0.31) < 0.012;
  const line = Math.abs(y) < 0.008;
  const ink: Vec3 = needle
    ? [0.9, 0.08, 0.04]
    : tick
      ? [0.8, 0.78, 0.7]
      : line
        ? [0.2, 0.6, 0.3]
        : [0.012, 0.012, 0.014];
  return { color: ink, roughness: 0.06, emission: needle || tick || line ? scale(ink, 0.25) : undefined };
};

const cassette = ({ rest: [x, y] }: SurfacePoint): Finish => {
  const label = Math.abs(x) < 0.5 && y > -0.16 && y < 0.26;
  const stripe = label && y > 0.06 && y < 0.11;
  return { color: stripe ? srgb(0xd8452a) : label ? srgb(0xefe6cf) : [0.05, 0.05, 0.055], roughness: 0.4 };
};

const wood = ({ position: [x, , z] }: SurfacePoint): Finish => {
  const plank = Math.floor(z / 1.4);
  const ring = fbm(x * 0.35 + plank * 7.7, z * 3.2, plank, 4);
  const fibre = fbm(x * 1.5, z * 42, plank, 3);
  const joint = Math.abs(z / 1.4 - plank - 0.5) > 0.493 ? 0.35 : 1;
  return {
    color: scale(
      mix(srgb(0x6e4122), srgb(0xb27a45), ring * 0.75 + fibre * 0.35),
      joint * (0.85 + 0.3 * fibre),
    ),
    roughness: 0.32 + 0.2 * fibre,
  };
};

/** The player's own measures are decimetres: it is 43 cm wide. */
export function cassettePlayerScene(): Scene {
  const depth = 0.5;
  const speakers = [-1.42, 1.42];
  const onFront = (mesh: ReturnType<typeof box>, x: number, y: number, out = 0) =>
    place(mesh, { at: [x, y, depth + out] });
  const turned = { turn: [90, 0, 0] as Vec3 };
  const keys = [-0.5, -0.3, -0.1, 0.1, 0.3, 0.5];
  const knob = place(
    lathe(
      [
        [0.115, 0],
        [0.115, 0.02],
        [0.1, 0.12],
        [0.09, 0.135],
        [0, 0.135],
      ],
      40,
    ),
    turned,
  );
  const reel = merge(
    place(
      lathe(
        [
          [0.05, 0],
          [0.05, 0.03],
          [0.085, 0.03],
          [0.085, 0],
        ],
        32,
      ),
      turned,
    ),
    ...[0, 60, 120].map((a) => place(box([0.16, 0.022, 0.03], 0.004), { turn: [0, 0, a] })),
  );
  const softbox = direction(48, -38);
  const rimLight = direction(30, 120);
  return {
    parts: [
      { mesh: merge(place(box([4.3, 2.35, 1], 0.14, 5), { at: [0, 1.25, 0] })), material: silver },
      {
        mesh: merge(
          onFront(box([4.02, 2.08, 0.04], 0.02), 0, 1.25, -0.005),
          repeat(box([0.5, 0.1, 0.8], 0.03), [{ at: [-1.5, 0.05, 0] }, { at: [1.5, 0.05, 0] }]),
        ),
        material: () => ({ color: [0.1, 0.102, 0.108], metal: 0.5, roughness: 0.38 }),
      },
      {
        mesh: merge(
          ...speakers.map((x) => onFront(place(cylinder(0.71, 0.03, 0.01, 64), turned), x, 1, 0.03)),
        ),
        material: grille,
      },
      {
        mesh: merge(
          ...speakers.flatMap((x) => [
            onFront(
              place(
                lathe(
                  [
                    [0.69, 0.02],
                    [0.7, 0.07],
                    [0.76, 0.08],
                    [0.8, 0.05],
                    [0.81, 0],
                  ],
                  80,
                ),
                turned,
              ),
              x,
              1,
              0.01,
            ),
            onFront(
              place(
                lathe(
                  [
                    [0, 0.05],
                    [0.2, 0.05],
                    [0.215, 0.02],
                  ],
                  48,
                ),
                turned,
              ),
              x,
              1,
              0.01,
            ),
          ]),
          onFront(box([1.34, 0.92, 0.05], 0.04), 0, 1.18, 0.02),
          tube(
            curve(
              [
                [-1.95, 2.3, -0.1],
                [-2, 2.85, -0.1],
                [-1.7, 3.12, -0.1],
                [0, 3.16, -0.1],
                [1.7, 3.12, -0.1],
                [2, 2.85, -0.1],
                [1.95, 2.3, -0.1],
              ],
              14,
            ),
            0.085,
            14,
          ),
          onFront(
            repeat(knob, [{ at: [-1.72, 0, 0] }, { at: [-1.4, 0, 0] }, { at: [1.72, 0, 0], scale: 1.15 }]),
            0,
            2.06,
            0.02,
          ),
          onFront(
            repeat(
              box([0.17, 0.17, 0.14], 0.03),
              keys.map((x) => ({ at: [x * 1.04, 0, 0.02] as Vec3, turn: [-14, 0, 0] as Vec3 })),
            ),
            0,
            0.47,
            0.03,
          ),
          tube(
            [
              [1.7, 2.44, -0.35],
              [2.9, 4.4, -0.5],
            ],
            0.022,
            10,
          ),
          tube(
            [
              [2.9, 4.4, -0.5],
              [2.92, 4.43, -0.5],
            ],
            0.04,
            10,
          ),
        ),
        material: chrome,
      },
      { mesh: onFront(place(box([1.22, 0.8, 0.03], 0.02), {}), 0, 1.18, 0.035), material: black },
      { mesh: onFront(box([1.08, 0.68, 0.03], 0.03), 0, 1.18, 0.045), material: cassette },
      {
        mesh: onFront(box([0.52, 0.15, 0.02], 0.01), 0, 1.14, 0.06),
        material: () => ({ color: [0.02, 0.015, 0.012], roughness: 0.1 }),
      },
      {
        mesh: merge(onFront(reel, -0.23, 1.14, 0.065), onFront(reel, 0.23, 1.14, 0.065)),
        material: () => ({ color: [0.85, 0.85, 0.82], roughness: 0.4 }),
      },
      { mesh: onFront(box([2.1, 0.26, 0.03], 0.02), 0.15, 2.06, 0.02), material: dial },
      {
        mesh: onFront(lettering('STEREO CASSETTE', 0.055, 0.07), 0, 1.76, 0.02),
        material: () => ({ color: [0.8, 0.8, 0.8], roughness: 0.4 }),
      },
      {
        mesh: onFront(place(cylinder(0.03, 0.02, 0.008), turned), -1.05, 2.06, 0.03),
        material: () => ({ color: [0.5, 0.02, 0.01], emission: [3, 0.15, 0.08] }),
      },
      { mesh: ground(40), material: wood },
      {
        mesh: place(box([80, 40, 0.2], 0.01, 1), { at: [0, 15, -5.5] }),
        material: ({ position: [x, y] }) => ({
          color: scale(srgb(0xc9d2d0), 0.92 + 0.12 * fbm(x * 3, y * 3, 0, 4)),
          roughness: 0.9,
          gloss: 0.2,
        }),
      },
    ],
    camera: {
      position: [-1.9, 3, 9.6],
      target: [0.05, 1.55, 0],
      fieldOfView: 30,
      aperture: 0.06,
      focus: 9.1,
    },
    environment: (d) => {
      const soft = smoothstep(0.8, 0.9, dot(d, softbox)) * 1.5 + smoothstep(0.9, 0.95, dot(d, rimLight));
      return [0.42 + soft, 0.43 + soft, 0.46 + soft];
    },
    lights: [
      { direction: softbox, irradiance: [3.1, 2.95, 2.7], angularRadius: 12 },
      { direction: rimLight, irradiance: [0.6, 0.66, 0.75], angularRadius: 10 },
    ],
    development: { exposure: 0.72, contrast: 1.06, bloom: 0.06 },
    samples: 28,
  };
}
