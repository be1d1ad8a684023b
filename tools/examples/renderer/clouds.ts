import { fbm, noise } from './noise';
import type { Sky } from './sky';
import { add, dot, mix, scale, smoothstep, type Vec3 } from './vec3';

export interface CloudOptions {
  /** Above 0 for more clouds than fair weather has, below for fewer. */
  cover?: number;
  /** Moves the field, so that each picture has clouds of its own. */
  offset?: [number, number];
  /** Strength of the sunlight that the clouds return. */
  brightness?: number;
}

/** A sky with fair-weather clouds on a plane above the camera, brighter where they face the sun. */
export function cloudySky(sky: Sky, { cover = 0, offset = [0, 0], brightness = 1 }: CloudOptions = {}) {
  const density = (px: number, pz: number) => {
    const [x, z] = [px + offset[0], pz + offset[1]];
    const wide = fbm(x * 0.8 + 3.1, z * 0.8 + 8.4, 2, 3);
    // Folding the noise at its middle gives the round heads and sharp creases of cumulus.
    const heads = 1 - Math.abs(2 * fbm(x * 2.3, z * 2.3, 4, 6) - 1) * 1.5;
    return wide * 1.1 + heads * 0.34 - 0.82 + cover;
  };
  const zenith = sky.radiance([0, 1, 0]);
  return (d: Vec3, seen: boolean): Vec3 => {
    const clear = sky.radiance(d);
    if (d[1] <= 0.02) return clear;
    const [x, z] = [d[0] / (d[1] + 0.16), d[2] / (d[1] + 0.16)];
    const thickness = density(x, z);
    const share = smoothstep(0, 0.16, thickness);
    if (share === 0) return clear;
    const s = sky.sun.direction;
    const shaded = seen ? Math.max(0, density(x + s[0] * 0.1, z + s[2] * 0.1) - thickness * 0.35) : 0.05;
    const lit = Math.exp(-5.5 * shaded) * (0.55 + 0.45 * Math.exp(-3 * Math.max(0, thickness)));
    const forward = 1 + 0.6 * Math.max(0, dot(d, s)) ** 6;
    const white = add(scale(sky.sun.irradiance, 0.16 * brightness * lit * forward), scale(zenith, 0.9));
    return mix(clear, white, share * (0.75 + 0.25 * noise(x * 4, z * 4)) * smoothstep(0.02, 0.12, d[1]));
  };
}
