import { cloudySky } from '../renderer/clouds';
import { extrude, type Outline } from '../renderer/extrude';
import { masonry } from '../renderer/masonry';
import { type Mesh, merge, place, repeat } from '../renderer/mesh';
import { fbm, hash } from '../renderer/noise';
import { type Crown, grass, grassBlade, inCrowns, leafBlade, leaves } from '../renderer/plants';
import { between } from '../renderer/random';
import type { Finish, Scene, SurfacePoint } from '../renderer/scene';
import { box, frustum, ground, quad, tube } from '../renderer/shapes';
import { createSky } from '../renderer/sky';
import { mix, scale, smoothstep, srgb, type Vec3 } from '../renderer/vec3';

const TOWER = { width: 5.4, height: 14.5 };
const NAVE = { width: 9.5, length: 20, wall: 6.4, ridge: 12.6 };

/** A pointed arch of two circles, counter-clockwise from the lower left corner. */
function arch(width: number, height: number): Outline {
  const spring = height - width * 0.87;
  const half = width / 2;
  const right = Array.from({ length: 9 }, (_, k): [number, number] => {
    const a = (k / 8) * (Math.PI / 3);
    return [-half + width * Math.cos(a), spring + width * Math.sin(a)];
  });
  const left = right.slice(0, -1).reverse();
  return [[-half, 0], [half, 0], ...right, ...left.map(([x, y]): [number, number] => [-x, y])];
}

/** A window of `width` and `height` in the plane z = 0: glass, its stone frame, its mullion. */
function gothicWindow(width: number, height: number): { glass: Mesh; stone: Mesh } {
  const outline = arch(width, height);
  const ring = outline.map(([x, y]): Vec3 => [x, y, 0]);
  const bars = [
    tube(
      [
        [0, 0, 0.04],
        [0, height * 0.93, 0.04],
      ],
      0.05,
      6,
    ),
    tube(
      [
        [-width / 2, height * 0.36, 0.03],
        [width / 2, height * 0.36, 0.03],
      ],
      0.035,
      6,
    ),
  ];
  return {
    glass: extrude(outline, 0.04),
    stone: merge(
      tube(ring, 0.15, 8, true),
      ...bars,
      place(box([width + 0.7, 0.2, 0.5], 0.04), { at: [0, -0.1, 0.1] }),
    ),
  };
}

function tower(): Mesh {
  const { width: w, height: h } = TOWER;
  const corners = [-1, 1].flatMap((x) => [-1, 1].map((z): [number, number] => [x, z]));
  const merlons = [-1, -0.5, 0, 0.5, 1].flatMap((t) =>
    [-1, 1].flatMap((s): Vec3[] => [
      [(t * w) / 2, h + 0.75, (s * w) / 2],
      [(s * w) / 2, h + 0.75, (t * w) / 2],
    ]),
  );
  return merge(
    place(box([w, h, w], 0.03, 1), { at: [0, h / 2, 0] }),
    ...[4.6, 9.2, h].map((y) => place(box([w + 0.4, 0.3, w + 0.4], 0.06), { at: [0, y, 0] })),
    ...corners.flatMap(([x, z]) => [
      place(box([1.1, 9.2, 1.1], 0.04, 1), { at: [(x * w) / 2, 4.6, (z * w) / 2] }),
      place(frustum(4, 0.78, 0.02, 1.2), { at: [(x * w) / 2, 9.2, (z * w) / 2] }),
      place(frustum(4, 0.55, 0.01, 2.4), { at: [(x * w) / 2, h + 1.1, (z * w) / 2] }),
    ]),
    repeat(
      box([0.75, 0.9, 0.4], 0.05),
      merlons.map((at) => ({ at, turn: [0, Math.abs(at[0]) > w / 2 - 0.01 ? 90 : 0, 0] })),
    ),
  );
}

function nave(): Mesh {
  const { width: w, length: l, wall, ridge } = NAVE;
  const gable = extrude(
    [
      [-w / 2, 0],
      [w / 2, 0],
      [w / 2, wall],
      [0, ridge],
      [-w / 2, wall],
    ],
    l,
  );
  const buttresses = [0, 1, 2, 3, 4].flatMap((k) =>
    [-1, 1].map((s) => ({ at: [(s * w) / 2, 2.5, -3.4 - k * 4.4] as Vec3 })),
  );
  return merge(place(gable, { at: [0, 0, -2.4 - l / 2] }), repeat(box([1.5, 5, 0.8], 0.06), buttresses));
}

function roof(): Mesh {
  const { width: w, length: l, wall, ridge } = NAVE;
  const slope = (ridge - wall) / (w / 2);
  const eave = w / 2 + 0.5;
  const side = (s: number) =>
    quad(
      [s * eave, wall - 0.5 * slope + 0.15, -2],
      [0, ridge + 0.25, -2],
      [0, ridge + 0.25, -2.8 - l],
      [s * eave, wall - 0.5 * slope + 0.15, -2.8 - l],
    );
  return merge(side(-1), side(1));
}

const stoneWall = (p: SurfacePoint): Finish => ({
  ...masonry(p, {
    course: 0.42,
    length: 0.85,
    joint: 0.05,
    light: srgb(0xd9c6a0),
    dark: srgb(0x8f7a5c),
    mortar: srgb(0x8b7d68),
  }),
  roughness: 0.9,
  gloss: 0.3,
});

const slates = ({ rest: [x, y, z] }: SurfacePoint): Finish => {
  const row = Math.floor(y / 0.28);
  const tile = Math.floor(z / 0.4 + (row % 2) * 0.5 + x * 0.01);
  const edge = y / 0.28 - row;
  return {
    color: scale(
      mix(srgb(0x3c4048), srgb(0x6d6660), hash(row, tile)),
      (0.6 + 0.4 * smoothstep(0, 0.25, edge)) * (0.7 + 0.6 * fbm(x, y, z, 3)),
    ),
    roughness: 0.45 + 0.3 * hash(tile, row),
  };
};

/** Leaded panes lit from within, each of its own warm tone. */
const lightedGlass = ({ rest: [x, y, z] }: SurfacePoint): Finish => {
  const [i, j] = [Math.floor((x + y) / 0.28), Math.floor((x - y) / 0.28)];
  const [u, v] = [(x + y) / 0.28 - i, (x - y) / 0.28 - j];
  const lead = Math.min(u, v, 1 - u, 1 - v) < 0.09 ? 0.15 : 1;
  const tone = mix(srgb(0xff9a2e), srgb(0xffd27a), hash(i, j + Math.round(z)));
  return {
    color: [0.03, 0.03, 0.03],
    roughness: 0.15,
    emission: scale(tone, 3.6 * lead * (0.6 + 0.5 * hash(j, i))),
  };
};

export function churchScene(): Scene {
  const sky = createSky({ elevation: 10, azimuth: -14, dust: 1 });
  const { width: w } = TOWER;
  const window = (width: number, height: number, at: Vec3, turn: number) => {
    const { glass, stone } = gothicWindow(width, height);
    return {
      glass: place(glass, { at, turn: [0, turn, 0] }),
      stone: place(stone, { at, turn: [0, turn, 0] }),
    };
  };
  const windows = [
    window(1.5, 3.2, [0, 5.1, w / 2 + 0.02], 0),
    ...[0, 1, 2, 3].map((k) => window(1.6, 4.2, [NAVE.width / 2 + 0.02, 1.5, -5.6 - k * 4.4], 90)),
  ];
  const louvres = [
    window(1.3, 3.4, [0, 10, w / 2 + 0.02], 0),
    window(1.3, 3.4, [w / 2 + 0.02, 10, 0], 90),
    window(0.8, 2.2, [w / 2 + 0.02, 5.8, 0], 90),
  ];
  const door = window(2, 3.6, [0, 0, w / 2 + 0.03], 0);
  const spireTop: Vec3 = [0, TOWER.height + 12, 0];
  const crowns: Crown[] = [
    { centre: [-15, 7.5, -14], radii: [6.5, 6, 6] },
    { centre: [-21, 6, -2], radii: [5, 5, 5] },
    { centre: [23, 5.2, -28], radii: [6, 5, 6] },
    { centre: [9, 3.6, -42], radii: [9, 4, 5] },
    { centre: [33, 4.4, -34], radii: [8, 5, 5] },
  ];
  const onPath = (x: number, z: number) => z > w / 2 && Math.abs(x - (z - w / 2) ** 2 * 0.012) < 1.5;
  return {
    parts: [
      { mesh: merge(tower(), nave()), material: stoneWall },
      {
        mesh: merge(...[...windows, ...louvres, door].map((part) => part.stone)),
        material: ({ rest: [x, y, z] }) => ({
          color: scale(srgb(0xcdbd9c), 0.7 + 0.5 * fbm(x * 3, y * 3, z * 3, 3)),
          roughness: 0.9,
          gloss: 0.3,
        }),
      },
      { mesh: merge(...windows.map((part) => part.glass)), material: lightedGlass },
      {
        mesh: merge(...louvres.map((part) => part.glass)),
        material: ({ rest: [, y] }) => ({
          color: (y * 4) % 1 < 0.5 ? [0.03, 0.025, 0.02] : [0.12, 0.1, 0.08],
          roughness: 0.8,
        }),
      },
      {
        mesh: door.glass,
        material: ({ rest: [x] }) => ({
          color: scale(srgb(0x6b3a1e), (Math.abs(x * 4) % 1 < 0.08 ? 0.3 : 1) * 0.8),
          roughness: 0.5,
        }),
      },
      {
        mesh: merge(roof(), place(frustum(8, 2.75, 0.05, 12), { at: [0, TOWER.height + 0.1, 0] })),
        material: slates,
      },
      {
        mesh: merge(
          tube([spireTop, [0, spireTop[1] + 1.8, 0]], 0.07, 6),
          tube(
            [
              [-0.5, spireTop[1] + 1.25, 0],
              [0.5, spireTop[1] + 1.25, 0],
            ],
            0.07,
            6,
          ),
        ),
        material: () => ({ color: srgb(0xe2b04a), metal: 1, roughness: 0.3 }),
      },
      {
        mesh: ground(200),
        material: ({ position: [x, , z] }) => ({
          color: onPath(x, z)
            ? scale(srgb(0xb8a27c), 0.7 + 0.6 * fbm(x * 5, z * 5, 0, 4))
            : scale(
                mix(srgb(0x53702c), srgb(0x86893f), fbm(x * 0.2, z * 0.2, 0, 3)),
                0.5 + 0.8 * fbm(x * 3, z * 3, 0, 4),
              ),
          roughness: 1,
          gloss: 0,
        }),
      },
      {
        mesh: grass({
          seed: 12,
          blades: 30000,
          root: (random) => {
            const z = 34 - between(random, 1.4, 6.6) ** 2;
            const x = between(random, -22, 24);
            const inside = (Math.abs(x) < 5.6 && z < -1.5) || (Math.abs(x) < 3.4 && z < 3.4);
            return onPath(x, z) || inside ? undefined : [x, 0, z];
          },
          height: [0.12, 0.34],
          width: 0.06,
        }),
        material: grassBlade(srgb(0x86a043), srgb(0x3d5524), srgb(0xc0a868), 0.15),
      },
      {
        mesh: leaves({ seed: 5, count: 36000, size: [0.25, 0.5], spot: inCrowns(crowns, 21, 90) }),
        material: leafBlade(srgb(0x3f5e25), srgb(0x9a8f3a)),
      },
      {
        mesh: merge(
          ...crowns.map(({ centre: [x, y, z] }) =>
            tube(
              [
                [x, 0, z],
                [x + 0.3, y * 0.5, z],
                [x, y, z],
              ],
              (t) => 0.45 - 0.25 * t,
              8,
            ),
          ),
        ),
        material: () => ({ color: srgb(0x5a4633), roughness: 1 }),
      },
    ],
    camera: { position: [24, 1.9, 31], target: [3.2, 11.6, -3], fieldOfView: 40 },
    environment: cloudySky(sky, { cover: -0.03, offset: [4, 1] }),
    lights: [sky.sun],
    haze: { color: [0.55, 0.5, 0.45], halfDistance: 500 },
    development: { exposure: 0.62, contrast: 1.04, balance: [0.98, 1, 1.05], bloom: 0.16 },
    samples: 24,
  };
}
