import type { DistantLight } from './scene';
import { add, dot, mix, normalize, scale, type Vec3 } from './vec3';

/** Single scattering in a round atmosphere (Nishita 1993), lengths in kilometres. */
const GROUND = 6360;
const TOP = 6420;
const RAYLEIGH: Vec3 = [5.8e-3, 13.5e-3, 33.1e-3];
const RAYLEIGH_HEIGHT = 8;
const MIE_HEIGHT = 1.2;
const MIE_FORWARD = 0.76;
const SUN = 20;

export interface Sky {
  /** Radiance of the clear sky in a direction, the sun's disc left out. */
  radiance: (direction: Vec3) => Vec3;
  sun: DistantLight;
}

export interface SkyOptions {
  /** Height of the sun above the horizon and its compass direction (0 is +z, 90 is +x), in degrees. */
  elevation: number;
  azimuth: number;
  /** Dust in the air: 1 is a clear day. */
  dust?: number;
  sunAngularRadius?: number;
}

export const direction = (elevation: number, azimuth: number): Vec3 => {
  const [e, a] = [(elevation * Math.PI) / 180, (azimuth * Math.PI) / 180];
  return [Math.cos(e) * Math.sin(a), Math.sin(e), Math.cos(e) * Math.cos(a)];
};

function toTop(origin: Vec3, d: Vec3): number {
  const b = dot(origin, d);
  return -b + Math.sqrt(Math.max(0, b * b - dot(origin, origin) + TOP * TOP));
}

export function createSky({ elevation, azimuth, dust = 1, sunAngularRadius = 0.5 }: SkyOptions): Sky {
  const sunDirection = direction(elevation, azimuth);
  const mie = 4e-3 * dust;

  const depthTo = (from: Vec3, d: Vec3, distance: number, steps: number): [number, number] => {
    let rayleigh = 0;
    let dusty = 0;
    const step = distance / steps;
    for (let i = 0; i < steps; i++) {
      const p = add(from, scale(d, (i + 0.5) * step));
      const height = Math.max(0, Math.sqrt(dot(p, p)) - GROUND);
      rayleigh += Math.exp(-height / RAYLEIGH_HEIGHT) * step;
      dusty += Math.exp(-height / MIE_HEIGHT) * step;
    }
    return [rayleigh, dusty];
  };
  const transmitted = ([rayleigh, dusty]: [number, number]): Vec3 => [
    Math.exp(-RAYLEIGH[0] * rayleigh - 1.1 * mie * dusty),
    Math.exp(-RAYLEIGH[1] * rayleigh - 1.1 * mie * dusty),
    Math.exp(-RAYLEIGH[2] * rayleigh - 1.1 * mie * dusty),
  ];

  const eye: Vec3 = [0, GROUND + 0.05, 0];
  const scatter = (d: Vec3): Vec3 => {
    const steps = 24;
    const distance = toTop(eye, d);
    const cosine = dot(d, sunDirection);
    const phaseR = (3 / (16 * Math.PI)) * (1 + cosine * cosine);
    const g = MIE_FORWARD;
    const phaseM =
      ((3 / (8 * Math.PI)) * ((1 - g * g) * (1 + cosine * cosine))) /
      ((2 + g * g) * (1 + g * g - 2 * g * cosine) ** 1.5);
    let light: Vec3 = [0, 0, 0];
    let passed: [number, number] = [0, 0];
    let last = 0;
    for (let i = 1; i <= steps; i++) {
      // Steps grow with distance: near the horizon the dense air is close by.
      const t = distance * (i / steps) ** 2;
      const step = t - last;
      const p = add(eye, scale(d, (t + last) / 2));
      last = t;
      const height = Math.max(0, Math.sqrt(dot(p, p)) - GROUND);
      const density: [number, number] = [Math.exp(-height / RAYLEIGH_HEIGHT), Math.exp(-height / MIE_HEIGHT)];
      passed = [passed[0] + density[0] * step, passed[1] + density[1] * step];
      const above = depthTo(p, sunDirection, toTop(p, sunDirection), 8);
      const arriving = transmitted([passed[0] + above[0], passed[1] + above[1]]);
      const k: Vec3 = [0, 1, 2].map(
        (c) => arriving[c] * step * (RAYLEIGH[c] * density[0] * phaseR + mie * density[1] * phaseM),
      ) as unknown as Vec3;
      light = add(light, k);
    }
    return scale(light, SUN);
  };

  const columns = 256;
  const rowsUp = 96;
  const table: Vec3[] = [];
  for (let j = 0; j <= rowsUp; j++)
    for (let i = 0; i < columns; i++)
      table.push(scatter(direction(90 * (j / rowsUp) ** 2, (i / columns) * 360)));

  const radiance = (d: Vec3): Vec3 => {
    const height = Math.asin(Math.max(0, Math.min(1, d[1]))) / (Math.PI / 2);
    const row = Math.min(rowsUp - 1e-6, Math.sqrt(height) * rowsUp);
    const column = ((Math.atan2(d[0], d[2]) / (2 * Math.PI) + 1) % 1) * columns;
    const [j, i] = [Math.floor(row), Math.floor(column) % columns];
    const next = (i + 1) % columns;
    const c = mix(
      mix(table[j * columns + i], table[j * columns + next], column - Math.floor(column)),
      mix(table[(j + 1) * columns + i], table[(j + 1) * columns + next], column - Math.floor(column)),
      row - j,
    );
    // Below the horizon: a grey earth lit by the sky above it.
    return d[1] >= 0 ? c : scale(c, 0.35);
  };

  const air = depthTo(eye, sunDirection, toTop(eye, sunDirection), 32);
  return {
    radiance,
    sun: {
      direction: normalize(sunDirection),
      irradiance: scale(transmitted(air), SUN),
      angularRadius: sunAngularRadius,
    },
  };
}
