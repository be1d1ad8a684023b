import { addVertex, emptyMesh, type Mesh } from './mesh';
import type { Sdf } from './sdf';
import { normalize, type Vec3 } from './vec3';

/** The surface of a body inside a box as a mesh (naive surface nets), `cell` being the grid's spacing. */
export function polygonize(body: Sdf, low: Vec3, high: Vec3, cell: number): Mesh {
  const mesh = emptyMesh();
  const [nx, ny, nz] = [0, 1, 2].map((k) => Math.ceil((high[k] - low[k]) / cell) + 1);
  const at = (i: number, j: number, k: number) => (k * ny + j) * nx + i;
  const point = (i: number, j: number, k: number): Vec3 => [
    low[0] + i * cell,
    low[1] + j * cell,
    low[2] + k * cell,
  ];
  const values = new Float32Array(nx * ny * nz);
  for (let k = 0; k < nz; k++)
    for (let j = 0; j < ny; j++) for (let i = 0; i < nx; i++) values[at(i, j, k)] = body(point(i, j, k));

  const e = cell * 0.5;
  const gradient = (p: Vec3): Vec3 =>
    normalize([
      body([p[0] + e, p[1], p[2]]) - body([p[0] - e, p[1], p[2]]),
      body([p[0], p[1] + e, p[2]]) - body([p[0], p[1] - e, p[2]]),
      body([p[0], p[1], p[2] + e]) - body([p[0], p[1], p[2] - e]),
    ]);

  const vertexOf = new Int32Array(nx * ny * nz).fill(-1);
  for (let k = 0; k < nz - 1; k++)
    for (let j = 0; j < ny - 1; j++)
      for (let i = 0; i < nx - 1; i++) {
        let crossings = 0;
        const sum = [0, 0, 0];
        for (let edge = 0; edge < 12; edge++) {
          const axis = edge >> 2;
          const a = [0, 0, 0];
          a[(axis + 1) % 3] = edge & 1;
          a[(axis + 2) % 3] = (edge >> 1) & 1;
          const b = [...a];
          b[axis] = 1;
          const va = values[at(i + a[0], j + a[1], k + a[2])];
          const vb = values[at(i + b[0], j + b[1], k + b[2])];
          if (va < 0 === vb < 0) continue;
          crossings++;
          for (let c = 0; c < 3; c++) sum[c] += a[c] + (c === axis ? va / (va - vb) : 0);
        }
        if (crossings === 0) continue;
        const p = point(i + sum[0] / crossings, j + sum[1] / crossings, k + sum[2] / crossings);
        vertexOf[at(i, j, k)] = addVertex(mesh, p, gradient(p));
      }

  for (let k = 1; k < nz - 1; k++)
    for (let j = 1; j < ny - 1; j++)
      for (let i = 1; i < nx - 1; i++)
        for (let axis = 0; axis < 3; axis++) {
          const step = [0, 0, 0];
          step[axis] = 1;
          const inside = values[at(i, j, k)] < 0;
          if (inside === values[at(i + step[0], j + step[1], k + step[2])] < 0) continue;
          const u = [0, 0, 0];
          const v = [0, 0, 0];
          u[(axis + 1) % 3] = 1;
          v[(axis + 2) % 3] = 1;
          const corner = (p: number, q: number) =>
            vertexOf[at(i - p * u[0] - q * v[0], j - p * u[1] - q * v[1], k - p * u[2] - q * v[2])];
          const [a, b, c, d] = [corner(0, 0), corner(1, 0), corner(1, 1), corner(0, 1)];
          if (inside) mesh.triangles.push(a, b, c, a, c, d);
          else mesh.triangles.push(a, c, b, a, d, c);
        }
  return mesh;
}
