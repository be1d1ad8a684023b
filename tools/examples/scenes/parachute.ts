import { cloudySky } from '../renderer/clouds';
import { type Mesh, merge, repeat } from '../renderer/mesh';
import type { Finish, Scene, SurfacePoint } from '../renderer/scene';
import { blend, ellipsoid, limb } from '../renderer/sdf';
import { curve, surface, tube } from '../renderer/shapes';
import { createSky } from '../renderer/sky';
import { polygonize } from '../renderer/surface-nets';
import { scale, smoothstep, srgb, type Vec3 } from '../renderer/vec3';

const GORES = 16;
const RIM = 3.3;

/** A round canopy in metres: gores bulge between the seams, the rim waves, the crown has its vent. */
function canopyPoint(u: number, v: number): Vec3 {
  const angle = u * 2 * Math.PI;
  const open = 0.05 + 0.95 * v;
  const between = Math.abs(Math.sin((u * GORES * 2 * Math.PI) / 2));
  const bulge = 1 + 0.055 * between ** 0.8 * smoothstep(0, 0.4, v);
  const polar = open * 1.72;
  const r = RIM * Math.sin(Math.min(polar, Math.PI / 2 + 0.12)) * bulge;
  const y = 2.1 * Math.cos(polar) + 0.16 * between * v ** 3;
  return [r * Math.cos(angle), y, r * Math.sin(angle)];
}

function lines(harness: Vec3): Mesh {
  return merge(
    ...Array.from({ length: GORES }, (_, i) => tube([canopyPoint(i / GORES, 1), harness], 0.011, 5)),
  );
}

function jumper(): Mesh {
  const body = blend(
    0.1,
    ellipsoid([0, 0, 0], [0.2, 0.34, 0.15]),
    ellipsoid([0, 0.02, -0.17], [0.17, 0.27, 0.11]),
    limb([-0.18, 0.22, 0], [-0.3, 0.55, 0.08], 0.065, 0.05),
    limb([0.18, 0.22, 0], [0.3, 0.55, 0.08], 0.065, 0.05),
    limb([-0.3, 0.55, 0.08], [-0.16, 0.82, 0.05], 0.05, 0.045),
    limb([0.3, 0.55, 0.08], [0.16, 0.82, 0.05], 0.05, 0.045),
    limb([-0.1, -0.3, 0], [-0.16, -0.66, 0.16], 0.1, 0.08),
    limb([0.1, -0.3, 0], [0.15, -0.68, 0.1], 0.1, 0.08),
    limb([-0.16, -0.66, 0.16], [-0.17, -1.05, -0.02], 0.075, 0.055),
    limb([0.15, -0.68, 0.1], [0.18, -1.07, -0.08], 0.075, 0.055),
    limb([-0.17, -1.07, 0], [-0.18, -1.11, 0.15], 0.06, 0.05),
    limb([0.18, -1.09, -0.06], [0.19, -1.14, 0.08], 0.06, 0.05),
    ellipsoid([0, 0.5, 0.03], [0.125, 0.15, 0.14]),
  );
  return polygonize(body, [-0.45, -1.3, -0.4], [0.45, 0.95, 0.4], 0.035);
}

const overall = ({ rest: [, y] }: SurfacePoint): Finish => ({
  color: y > 0.4 && y < 0.7 ? srgb(0xd9d9d6) : y < -0.98 ? srgb(0x1b1b1d) : srgb(0x23395f),
  roughness: 0.6,
});

export function parachuteScene(): Scene {
  const sky = createSky({ elevation: 42, azimuth: 40, dust: 0.5 });
  const harness: Vec3 = [0, -4.4, 0];
  const stripes = [srgb(0xd3202a), srgb(0xf4f1ea), srgb(0x1f4fa8), srgb(0xf4f1ea)];
  const canopy = surface(canopyPoint, GORES * 12, 40, true);
  const seams = repeat(
    merge(
      ...Array.from({ length: GORES }, (_, i) =>
        tube(
          Array.from({ length: 24 }, (_, k) => canopyPoint(i / GORES, (k + 1) / 24)),
          0.02,
          5,
        ),
      ),
      tube(
        curve(
          Array.from({ length: GORES * 6 }, (_, i) => canopyPoint(i / (GORES * 6), 1)),
          2,
          true,
        ),
        0.03,
        5,
        true,
      ),
    ),
    [{}],
  );
  return {
    parts: [
      {
        mesh: canopy,
        material: ({ uv: [u, v] }) => ({
          color: scale(v > 0.8 && v < 0.88 ? stripes[1] : stripes[Math.floor(u * GORES) % 4], 0.92),
          roughness: 0.55,
          gloss: 0.6,
          translucency: 0.38,
        }),
      },
      { mesh: seams, material: () => ({ color: srgb(0xd8d4cc), roughness: 0.7 }) },
      { mesh: lines(harness), material: () => ({ color: srgb(0xe6e2d8), roughness: 0.7 }) },
      {
        mesh: repeat(jumper(), [{ at: [0, -5.15, 0], turn: [8, 25, 0], scale: 1 }]),
        material: overall,
      },
    ],
    camera: { position: [3.5, -11, 17], target: [0.1, -1.55, 0], fieldOfView: 28, roll: -9 },
    environment: cloudySky(sky),
    lights: [sky.sun],
    development: { exposure: 0.55, contrast: 1.05, bloom: 0.1 },
    samples: 24,
  };
}
