import { fbm, hash } from './noise';
import type { SurfacePoint } from './scene';
import { mix, scale, smoothstep, type Vec3 } from './vec3';

export interface MasonryOptions {
  course: number;
  length: number;
  joint: number;
  light: Vec3;
  dark: Vec3;
  mortar: Vec3;
}

/** Colour and bumped normal of courses of stones or bricks, laid on whichever wall the point belongs to. */
export function masonry(
  { rest: [x, y, z], normal }: SurfacePoint,
  { course, length, joint, light, dark, mortar }: MasonryOptions,
): { color: Vec3; normal: Vec3 } {
  const along = Math.abs(normal[0]) > Math.abs(normal[2]) ? z : x;
  const row = Math.floor(y / course);
  const column = along / length + (row % 2) * 0.5 + 0.3 * hash(row, 3);
  const stone = Math.floor(column);
  const fromSide = Math.min(column - stone, stone + 1 - column) * length;
  const fromBed = Math.min(y / course - row, row + 1 - y / course) * course;
  const face = smoothstep(joint * 0.4, joint, Math.min(fromSide, fromBed));
  const weather = fbm(x * 0.35, y * 0.35, z * 0.35, 4);
  const grain = fbm(x * 6 + row, y * 6, z * 6, 3);
  const tone = 0.55 * hash(row, stone) + 0.45 * weather;
  const color = mix(mortar, scale(mix(dark, light, tone), 0.75 + 0.5 * grain), face);
  const tilt = 0.16 * (1 - face) + 0.05;
  const bump: Vec3 = [
    normal[0] + tilt * (hash(row + 9, stone) - 0.5),
    normal[1] + tilt * (hash(row, stone + 31) - 0.5) - (1 - face) * 0.15,
    normal[2] + tilt * (grain - 0.5),
  ];
  const l = Math.hypot(...bump);
  return { color, normal: scale(bump, 1 / l) };
}
