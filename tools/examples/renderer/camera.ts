import type { Camera } from './scene';
import { add, cross, length, normalize, scale, sub, type Vec3 } from './vec3';

export interface Ray {
  origin: Vec3;
  direction: Vec3;
}

/** A tent of one pixel's half width: the antialiasing filter, drawn from instead of weighted. */
const tent = (r: number): number => (r < 0.5 ? Math.sqrt(2 * r) - 1 : 1 - Math.sqrt(2 - 2 * r));

/** Rays of a thin lens: `(column, row, two numbers for the pixel, two for the lens)`. */
export function cameraRays(
  camera: Camera,
  width: number,
  height: number,
): (x: number, y: number, inPixel: [number, number], onLens: [number, number]) => Ray {
  const forward = normalize(sub(camera.target, camera.position));
  const level = normalize(cross(forward, [0, 1, 0]));
  const upright = cross(level, forward);
  const roll = ((camera.roll ?? 0) * Math.PI) / 180;
  const right = add(scale(level, Math.cos(roll)), scale(upright, Math.sin(roll)));
  const up = add(scale(upright, Math.cos(roll)), scale(level, -Math.sin(roll)));
  const focus = camera.focus ?? length(sub(camera.target, camera.position));
  const tangent = Math.tan((camera.fieldOfView * Math.PI) / 360);
  const aperture = camera.aperture ?? 0;
  return (x, y, inPixel, onLens) => {
    const px = ((2 * (x + 0.5 + 0.8 * tent(inPixel[0]))) / width - 1) * tangent * (width / height);
    const py = (1 - (2 * (y + 0.5 + 0.8 * tent(inPixel[1]))) / height) * tangent;
    const direction = normalize(add(forward, add(scale(right, px), scale(up, py))));
    if (aperture === 0) return { origin: camera.position, direction };
    const along = direction[0] * forward[0] + direction[1] * forward[1] + direction[2] * forward[2];
    const sharp = add(camera.position, scale(direction, focus / along));
    const r = aperture * Math.sqrt(onLens[0]);
    const a = 2 * Math.PI * onLens[1];
    const origin = add(camera.position, add(scale(right, r * Math.cos(a)), scale(up, r * Math.sin(a))));
    return { origin, direction: normalize(sub(sharp, origin)) };
  };
}
