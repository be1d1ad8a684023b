import { buildBvh } from './bvh';
import { cameraRays } from './camera';
import { merge } from './mesh';
import { ggxDensity, ggxMasking, sampleVisibleNormal } from './microfacets';
import { createRandom, hash3 } from './random';
import type { Finish, Scene, SurfacePoint } from './scene';
import { add, cross, dot, mix, mul, normalize, scale, sub, tangentFrame, type Vec3 } from './vec3';

const MAX_BOUNCES = 6;
/** Brighter light that arrives over a bounce is cut: it would be left as single white pixels. */
const BOUNCE_LIMIT = 6;
const FAR = 1e6;
/** The plastic number's powers spread a sequence of points evenly over the square (Roberts, 2018). */
const R1 = 0.7548776662466927;
const R2 = 0.5698402909980532;

const luminance = (c: Vec3): number => 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2];

/** Schlick's reflectance at an angle, `edge` being the share of the full rise towards grazing light. */
function fresnel(f0: Vec3, edge: number, cosine: number): Vec3 {
  const k = (1 - cosine) ** 5 * edge;
  return [f0[0] + (1 - f0[0]) * k, f0[1] + (1 - f0[1]) * k, f0[2] + (1 - f0[2]) * k];
}

/** Light and what the denoiser wants to know, a row after row of pixels. */
export interface Film {
  width: number;
  height: number;
  /** RGB radiance. */
  light: Float32Array;
  /** RGB albedo of what the camera sees; 1 for the sky. */
  albedo: Float32Array;
  /** Normal of what the camera sees; 0 for the sky. */
  normal: Float32Array;
  /** Variance of each pixel's mean luminance. */
  variance: Float32Array;
  /** Variance of each pixel's mean albedo: high where the picture is out of focus. */
  albedoVariance: Float32Array;
}

/** Traces the light paths of the rows that `rows` gives out, into a film of the given size. */
export function traceRows(
  scene: Scene,
  width: number,
  height: number,
  rows: { next(): number | undefined },
  film: Film,
): void {
  const mesh = merge(...scene.parts.map((p) => p.mesh));
  const owner = new Uint16Array(mesh.triangles.length / 3);
  let offset = 0;
  scene.parts.forEach((part, k) => {
    const end = offset + part.mesh.triangles.length / 3;
    owner.fill(k, offset, end);
    offset = end;
  });
  const bvh = buildBvh(mesh);
  const rays = cameraRays(scene.camera, width, height);

  /** The surface point of the hit that `bvh` holds; its normal faces the viewer. */
  const meet = (origin: Vec3, direction: Vec3): { point: SurfacePoint; face: Vec3; finish: Finish } => {
    const { triangle, distance, u, v } = bvh.hit;
    const [a, b, c] = [0, 1, 2].map((k) => mesh.triangles[triangle * 3 + k]);
    const w = 1 - u - v;
    const blend = (values: Vec3[]): Vec3 => [
      w * values[a][0] + u * values[b][0] + v * values[c][0],
      w * values[a][1] + u * values[b][1] + v * values[c][1],
      w * values[a][2] + u * values[b][2] + v * values[c][2],
    ];
    const pa = mesh.positions[a];
    let face = normalize(cross(sub(mesh.positions[b], pa), sub(mesh.positions[c], pa)));
    if (dot(face, direction) > 0) face = scale(face, -1);
    let normal = normalize(blend(mesh.normals));
    if (dot(normal, face) < 0) normal = scale(normal, -1);
    const [ua, ub, uc] = [mesh.uvs[a], mesh.uvs[b], mesh.uvs[c]];
    const point: SurfacePoint = {
      position: add(origin, scale(direction, distance)),
      rest: blend(mesh.rest),
      normal,
      uv: [w * ua[0] + u * ub[0] + v * uc[0], w * ua[1] + u * ub[1] + v * uc[1]],
      distance,
    };
    return { point, face, finish: scene.parts[owner[triangle]].material(point) };
  };

  const record = (pixel: number, albedo: Vec3, normal: Vec3) => {
    for (let k = 0; k < 3; k++) {
      film.albedo[pixel * 3 + k] += albedo[k];
      film.normal[pixel * 3 + k] += normal[k];
    }
    film.albedoVariance[pixel] += luminance(albedo) ** 2;
  };

  const toward = (light: Scene['lights'][number], r1: number, r2: number): Vec3 => {
    const [s, t] = tangentFrame(light.direction);
    const r = Math.tan((light.angularRadius * Math.PI) / 180) * Math.sqrt(r1);
    const a = 2 * Math.PI * r2;
    return normalize(add(light.direction, add(scale(s, r * Math.cos(a)), scale(t, r * Math.sin(a)))));
  };

  for (let y = rows.next(); y !== undefined; y = rows.next())
    for (let x = 0; x < width; x++) {
      const pixel = y * width + x;
      const random = createRandom(hash3(x, y, 77));
      const starts = Array.from({ length: 16 }, random);
      let index = 0;
      let pair = 0;
      /** Two numbers: the first eight pairs of a path are spread evenly over the pixel's paths. */
      const draw = (): [number, number] => {
        if (pair >= 8) return [random(), random()];
        const k = 2 * pair++;
        return [(starts[k] + index * R1) % 1, (starts[k + 1] + index * R2) % 1];
      };

      /** Follows one path and returns the light that comes back along it. */
      const follow = (origin: Vec3, direction: Vec3): Vec3 => {
        let light: Vec3 = [0, 0, 0];
        let through: Vec3 = [1, 1, 1];
        let bounce = 0;
        const gather = (radiance: Vec3) => {
          let c = mul(through, radiance);
          const l = luminance(c);
          if (bounce > 0 && l > BOUNCE_LIMIT) c = scale(c, BOUNCE_LIMIT / l);
          light = add(light, c);
        };
        for (; bounce < MAX_BOUNCES; bounce++) {
          if (!bvh.closest(origin[0], origin[1], origin[2], direction[0], direction[1], direction[2], FAR)) {
            gather(scene.environment(direction, bounce === 0));
            if (bounce === 0) record(pixel, [1, 1, 1], [0, 0, 0]);
            break;
          }
          const { point, face, finish } = meet(origin, direction);
          if (scene.haze && bounce === 0) {
            const clear = 0.5 ** (point.distance / scene.haze.halfDistance);
            gather(scale(scene.haze.color, 1 - clear));
            through = scale(through, clear);
          }
          if (finish.emission) gather(finish.emission);
          const view = scale(direction, -1);
          let n = finish.normal ?? point.normal;
          if (dot(n, view) < 0.02) n = normalize(add(n, scale(view, 0.02 - dot(n, view))));
          const metal = finish.metal ?? 0;
          const gloss = finish.gloss ?? 1;
          const passing = finish.translucency ?? 0;
          const alpha = Math.max(0.03, finish.roughness ?? 0.5) ** 2;
          const f0 = mix([0.04 * gloss, 0.04 * gloss, 0.04 * gloss], finish.color, metal);
          const edge = metal > 0 ? 1 : gloss * (1 - (finish.roughness ?? 0.5) * 0.7);
          const body = scale(finish.color, 1 - metal);
          if (bounce === 0) record(pixel, finish.color, n);

          const cosView = Math.max(1e-4, dot(n, view));
          const above = add(point.position, scale(face, 1e-4 * (1 + point.distance)));
          const below = add(point.position, scale(face, -1e-4 * (1 + point.distance)));
          for (const lamp of scene.lights) {
            const l = toward(lamp, ...draw());
            const c = dot(n, l);
            const lit = dot(face, l) > 0;
            if (lit ? c <= 0 : passing === 0 || c >= 0) continue;
            const from = lit ? above : below;
            if (bvh.blocked(from[0], from[1], from[2], l[0], l[1], l[2], FAR)) continue;
            let answer = scale(body, ((lit ? 1 - passing : passing) * Math.abs(c)) / Math.PI);
            if (lit) {
              const h = normalize(add(l, view));
              // A lobe narrower than the lamp would flicker; as wide as the lamp it shows the lamp's own disc.
              const wide = Math.max(alpha, Math.tan((lamp.angularRadius * Math.PI) / 180) * 0.6);
              const shine =
                (ggxDensity(dot(n, h), wide) * ggxMasking(c, wide) * ggxMasking(cosView, wide)) /
                (4 * cosView);
              answer = add(answer, scale(fresnel(f0, edge, Math.max(0, dot(h, view))), shine));
            }
            gather(mul(answer, lamp.irradiance));
          }

          const mirrored = luminance(fresnel(f0, edge, cosView));
          const matt = luminance(body);
          const choice = metal >= 1 ? 1 : Math.min(0.95, Math.max(0.05, mirrored / (mirrored + matt + 1e-6)));
          const [t, s] = tangentFrame(n);
          const [r1, r2] = draw();
          if (random() < choice) {
            const v: Vec3 = [dot(view, t), dot(view, s), cosView];
            const m = sampleVisibleNormal(v, alpha, r1, r2);
            const mv = Math.max(0, dot(m, v));
            const l: Vec3 = [2 * mv * m[0] - v[0], 2 * mv * m[1] - v[1], 2 * mv * m[2] - v[2]];
            if (l[2] <= 0) break;
            through = scale(mul(through, fresnel(f0, edge, mv)), ggxMasking(l[2], alpha) / choice);
            direction = normalize(add(add(scale(t, l[0]), scale(s, l[1])), scale(n, l[2])));
          } else {
            const passes = random() < passing;
            const r = Math.sqrt(r1);
            const a = 2 * Math.PI * r2;
            const z = Math.sqrt(1 - r1) * (passes ? -1 : 1);
            direction = normalize(
              add(add(scale(t, r * Math.cos(a)), scale(s, r * Math.sin(a))), scale(n, z)),
            );
            through = scale(mul(through, body), (1 - mirrored) / (1 - choice));
          }
          origin = dot(direction, face) > 0 ? above : below;
          if (origin === below && passing === 0) break;
          if (bounce > 0) {
            const survive = Math.min(0.95, Math.max(...through));
            if (random() > survive) break;
            through = scale(through, 1 / survive);
          }
        }
        return light;
      };

      let sum: Vec3 = [0, 0, 0];
      let squares = 0;
      for (index = 0; index < scene.samples; index++) {
        pair = 0;
        const ray = rays(x, y, draw(), draw());
        const light = follow(ray.origin, ray.direction);
        sum = add(sum, light);
        squares += luminance(light) ** 2;
      }
      const n = scene.samples;
      const mean = luminance(sum) / n;
      film.variance[pixel] = Math.max(0, squares / n - mean * mean) / n;
      for (let k = 0; k < 3; k++) {
        film.light[pixel * 3 + k] = sum[k] / n;
        film.albedo[pixel * 3 + k] /= n;
        film.normal[pixel * 3 + k] /= n;
      }
      const albedo = luminance(film.albedo.subarray(pixel * 3, pixel * 3 + 3) as unknown as Vec3);
      film.albedoVariance[pixel] = Math.max(0, film.albedoVariance[pixel] / n - albedo * albedo) / n;
    }
}
