import { addVertex, emptyMesh, type Mesh, merge, smooth } from './mesh';
import { add, cross, dot, normalize, scale, sub, tangentFrame, type Vec3 } from './vec3';

/** A parametric surface over the unit square, with smooth normals; `wrap` closes it along u. */
export function surface(f: (u: number, v: number) => Vec3, nu: number, nv: number, wrap = false): Mesh {
  const mesh = emptyMesh();
  const columns = wrap ? nu : nu + 1;
  for (let j = 0; j <= nv; j++)
    for (let i = 0; i < columns; i++) addVertex(mesh, f(i / nu, j / nv), [0, 1, 0], [i / nu, j / nv]);
  for (let j = 0; j < nv; j++)
    for (let i = 0; i < nu; i++) {
      const a = j * columns + i;
      const b = j * columns + ((i + 1) % columns);
      mesh.triangles.push(a, a + columns, b, b, a + columns, b + columns);
    }
  return smooth(mesh);
}

/** A box with rounded edges, centred on the origin. Its uvs span each face. */
export function box(size: Vec3, radius = 0.02, steps = 3): Mesh {
  const mesh = emptyMesh();
  const half = scale(size, 0.5);
  const r = Math.min(radius, ...half);
  const ticks = (h: number): number[] => {
    const edge = Array.from(
      { length: steps + 1 },
      (_, k) => h - r + r * Math.tan((k / steps) * (Math.PI / 4)),
    );
    return [...edge.map((x) => -x).reverse(), ...edge];
  };
  for (let axis = 0; axis < 3; axis++)
    for (const side of [-1, 1]) {
      const [u, v] = [(axis + 1) % 3, (axis + 2) % 3];
      const us = ticks(half[u]);
      const vs = ticks(half[v]);
      const base = mesh.positions.length;
      for (const y of vs)
        for (const x of us) {
          const p = [0, 0, 0];
          p[axis] = side * half[axis];
          p[u] = x;
          p[v] = y;
          const inner = p.map((c, k) => Math.min(half[k] - r, Math.max(r - half[k], c))) as unknown as Vec3;
          const outward = sub(p as unknown as Vec3, inner);
          const n = normalize(
            r > 0 ? outward : (p.map((_, k) => (k === axis ? side : 0)) as unknown as Vec3),
          );
          addVertex(mesh, add(inner, scale(n, r)), n, [x / size[u] + 0.5, y / size[v] + 0.5]);
        }
      const w = us.length;
      for (let j = 0; j < vs.length - 1; j++)
        for (let i = 0; i < w - 1; i++) {
          const a = base + j * w + i;
          if (side > 0) mesh.triangles.push(a, a + 1, a + w, a + 1, a + w + 1, a + w);
          else mesh.triangles.push(a, a + w, a + 1, a + 1, a + w, a + w + 1);
        }
    }
  return mesh;
}

/** A profile of [radius, height] pairs turned about the y axis; corners sharper than 35 degrees stay sharp. */
export function lathe(profile: [number, number][], segments = 64): Mesh {
  const mesh = emptyMesh();
  const across = profile.slice(1).map(([r, y], k): [number, number] => {
    const [dr, dy] = [r - profile[k][0], y - profile[k][1]];
    const l = Math.hypot(dr, dy) || 1;
    return [dy / l, -dr / l];
  });
  const normalAt = (segment: number, neighbour: number): [number, number] => {
    const a = across[segment];
    const b = across[neighbour] ?? a;
    if (a[0] * b[0] + a[1] * b[1] < 0.82) return a;
    const l = Math.hypot(a[0] + b[0], a[1] + b[1]);
    return [(a[0] + b[0]) / l, (a[1] + b[1]) / l];
  };
  for (let k = 0; k < across.length; k++) {
    const ends: [[number, number], [number, number], number][] = [
      [profile[k], normalAt(k, k - 1), k],
      [profile[k + 1], normalAt(k, k + 1), k + 1],
    ];
    const base = mesh.positions.length;
    for (const [[r, y], [nr, ny], row] of ends)
      for (let i = 0; i <= segments; i++) {
        const angle = (i / segments) * 2 * Math.PI;
        const [c, s] = [Math.cos(angle), Math.sin(angle)];
        const uv: [number, number] = [i / segments, row / across.length];
        addVertex(mesh, [r * c, y, r * s], [nr * c, ny, nr * s], uv);
      }
    for (let i = 0; i < segments; i++) {
      const a = base + i;
      const b = a + segments + 1;
      mesh.triangles.push(a, b, a + 1, a + 1, b, b + 1);
    }
  }
  return mesh;
}

/** A cylinder along y with rounded rims, centred on the origin. */
export function cylinder(radius: number, height: number, rim = 0.01, segments = 48): Mesh {
  const h = height / 2;
  const r = Math.min(rim, radius, h);
  const arc = [0, 30, 60, 90].map((d) => (d * Math.PI) / 180);
  const bottom = arc.map((a): [number, number] => [radius - r + r * Math.sin(a), -h + r - r * Math.cos(a)]);
  const top = bottom.map(([x, y]): [number, number] => [x, -y]).reverse();
  return lathe([[0, -h], ...bottom, ...top, [0, h]], segments);
}

export function sphere(radius: number, segments = 48): Mesh {
  return surface(
    (u, v) => {
      const [a, b] = [u * 2 * Math.PI, v * Math.PI];
      return [radius * Math.sin(b) * Math.cos(a), radius * Math.cos(b), radius * Math.sin(b) * Math.sin(a)];
    },
    segments,
    segments / 2,
    true,
  );
}

/** A round tube along a polyline, its frame carried on without twist; uv is (around, along). */
export function tube(
  path: Vec3[],
  radius: number | ((t: number) => number),
  segments = 12,
  closed = false,
): Mesh {
  const mesh = emptyMesh();
  const n = path.length;
  const at = (i: number) => path[closed ? (i + n) % n : Math.min(n - 1, Math.max(0, i))];
  let side = tangentFrame(normalize(sub(at(1), at(0))))[0];
  const rows = closed ? n + 1 : n;
  for (let i = 0; i < rows; i++) {
    const tangent = normalize(sub(at(i + 1), at(i - 1)));
    side = normalize(sub(side, scale(tangent, dot(side, tangent))));
    const up = cross(tangent, side);
    const t = i / (rows - 1);
    const r = typeof radius === 'number' ? radius : radius(t);
    for (let k = 0; k <= segments; k++) {
      const a = (k / segments) * 2 * Math.PI;
      const normal = add(scale(side, Math.cos(a)), scale(up, Math.sin(a)));
      addVertex(mesh, add(at(i), scale(normal, r)), normal, [k / segments, t]);
    }
  }
  const w = segments + 1;
  for (let i = 0; i < rows - 1; i++)
    for (let k = 0; k < segments; k++) {
      const a = i * w + k;
      mesh.triangles.push(a, a + 1, a + w, a + 1, a + w + 1, a + w);
    }
  return mesh;
}

/** A smooth curve through the given points (centripetal enough for cables and pipes): Catmull-Rom. */
export function curve(points: Vec3[], stepsEach = 12, closed = false): Vec3[] {
  const n = points.length;
  const at = (i: number) => points[closed ? (i + n) % n : Math.min(n - 1, Math.max(0, i))];
  const path: Vec3[] = [];
  const spans = closed ? n : n - 1;
  for (let i = 0; i < spans; i++)
    for (let k = 0; k < stepsEach; k++) {
      const t = k / stepsEach;
      const weights = [
        -0.5 * t ** 3 + t * t - 0.5 * t,
        1.5 * t ** 3 - 2.5 * t * t + 1,
        -1.5 * t ** 3 + 2 * t * t + 0.5 * t,
        0.5 * t ** 3 - 0.5 * t * t,
      ];
      path.push(weights.reduce<Vec3>((p, w, j) => add(p, scale(at(i - 1 + j), w)), [0, 0, 0]));
    }
  if (!closed) path.push(points[n - 1]);
  return path;
}

/** A four-cornered face, corners in order; uv runs along the first and last edge. */
export function quad(a: Vec3, b: Vec3, c: Vec3, d: Vec3): Mesh {
  const mesh = emptyMesh();
  const n = normalize(cross(sub(b, a), sub(d, a)));
  const corners: [Vec3, [number, number]][] = [
    [a, [0, 0]],
    [b, [1, 0]],
    [c, [1, 1]],
    [d, [0, 1]],
  ];
  for (const [p, uv] of corners) addVertex(mesh, p, n, uv);
  mesh.triangles.push(0, 1, 2, 0, 2, 3);
  return mesh;
}

/** Level ground, or with `height` a landscape, over [-size, size] in x and z. */
export function ground(
  size: number,
  height?: (x: number, z: number) => number,
  steps = height ? 160 : 1,
): Mesh {
  return surface(
    (u, v) => {
      const [x, z] = [(2 * u - 1) * size, (2 * v - 1) * size];
      return [x, height?.(x, z) ?? 0, z];
    },
    steps,
    steps,
  );
}

/** A flat-sided pyramid or frustum that stands on y = 0; the first corner lies at `turn` turns of the circle. */
export function frustum(
  sides: number,
  bottom: number,
  top: number,
  height: number,
  turn = 0.5 / sides,
): Mesh {
  const at = (i: number, r: number, y: number): Vec3 => {
    const a = (i / sides + turn) * 2 * Math.PI;
    return [r * Math.cos(a), y, r * Math.sin(a)];
  };
  const faces = Array.from({ length: sides }, (_, i) =>
    quad(
      at(i + 1, bottom, 0),
      at(i, bottom, 0),
      at(i, Math.max(top, 1e-4), height),
      at(i + 1, Math.max(top, 1e-4), height),
    ),
  );
  return merge(...faces);
}
