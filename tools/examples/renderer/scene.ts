import type { Mesh } from './mesh';
import type { Vec3 } from './vec3';

/** Where a ray met a surface. */
export interface SurfacePoint {
  position: Vec3;
  rest: Vec3;
  normal: Vec3;
  uv: readonly [number, number];
  distance: number;
}

/** How a surface answers light. */
export interface Finish {
  /** Diffuse albedo, or the reflectance of a metal, linear. */
  color: Vec3;
  roughness?: number;
  /** 1 for a metal, 0 (the default) for everything else. */
  metal?: number;
  /** Strength of the reflection of a non-metal; 1 is glass and lacquer (F0 = 0.04), 0 none. */
  gloss?: number;
  /** Share of the diffuse light that shines through, as in leaves and cloth. */
  translucency?: number;
  emission?: Vec3;
  /** Replaces the mesh's normal: bumps too fine to model. */
  normal?: Vec3;
}

export type Material = (point: SurfacePoint) => Finish;

export interface Part {
  mesh: Mesh;
  material: Material;
}

/** A light so far away that its rays are parallel up to its angular radius (degrees). */
export interface DistantLight {
  direction: Vec3;
  /** Irradiance on a surface that faces the light. */
  irradiance: Vec3;
  angularRadius: number;
}

export interface Camera {
  position: Vec3;
  target: Vec3;
  /** Vertical field of view in degrees. */
  fieldOfView: number;
  /** Radius of the lens in scene units; 0 keeps everything sharp. */
  aperture?: number;
  /** Distance of the plane in focus; the target's distance if absent. */
  focus?: number;
  /** Tilt of the camera about its axis in degrees. */
  roll?: number;
}

/** How exposed light becomes a picture. */
export interface Development {
  exposure: number;
  /** 1 leaves colours as they are. */
  saturation?: number;
  contrast?: number;
  /** Multiplies the light before the film sees it: a white balance. */
  balance?: Vec3;
  vignette?: number;
  grain?: number;
  /** Share of the bright light that glows around its source. */
  bloom?: number;
}

export interface Scene {
  parts: Part[];
  camera: Camera;
  /** Radiance that arrives from a direction in which nothing is hit; `seen` tells rays from the camera. */
  environment: (direction: Vec3, seen: boolean) => Vec3;
  lights: DistantLight[];
  /** Air: objects fade to the colour of the haze, by half at this distance. */
  haze?: { color: Vec3; halfDistance: number };
  development: Development;
  /** Light paths a pixel. */
  samples: number;
}
