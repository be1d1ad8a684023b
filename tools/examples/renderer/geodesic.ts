import { addVertex, emptyMesh, type Mesh } from './mesh';
import { normalize, type Vec3 } from './vec3';

/** A unit sphere of evenly spread vertices: an icosahedron, each edge cut in `frequency` (10 f^2 + 2 vertices). */
export function geodesic(frequency: number): Mesh {
  const g = (1 + Math.sqrt(5)) / 2;
  const corners: Vec3[] = [
    [-1, g, 0],
    [1, g, 0],
    [-1, -g, 0],
    [1, -g, 0],
    [0, -1, g],
    [0, 1, g],
    [0, -1, -g],
    [0, 1, -g],
    [g, 0, -1],
    [g, 0, 1],
    [-g, 0, -1],
    [-g, 0, 1],
  ];
  const faces =
    '0,11,5 0,5,1 0,1,7 0,7,10 0,10,11 1,5,9 5,11,4 11,10,2 10,7,6 7,1,8 3,9,4 3,4,2 3,2,6 3,6,8 3,8,9 4,9,5 2,4,11 6,2,10 8,6,7 9,8,1';
  const mesh = emptyMesh();
  const known = new Map<string, number>();
  const vertex = (p: Vec3): number => {
    const n = normalize(p);
    const key = n.map((c) => Math.round(c * 1e5)).join();
    const index = known.get(key) ?? addVertex(mesh, n, n);
    known.set(key, index);
    return index;
  };
  for (const face of faces.split(' ')) {
    const [a, b, c] = face.split(',').map((i) => corners[Number(i)]);
    const at = (i: number, j: number) => {
      const w = frequency - i - j;
      return vertex([0, 1, 2].map((k) => (a[k] * w + b[k] * i + c[k] * j) / frequency) as unknown as Vec3);
    };
    for (let i = 0; i < frequency; i++)
      for (let j = 0; j < frequency - i; j++) {
        mesh.triangles.push(at(i, j), at(i + 1, j), at(i, j + 1));
        if (i + j < frequency - 1) mesh.triangles.push(at(i + 1, j), at(i + 1, j + 1), at(i, j + 1));
      }
  }
  return mesh;
}
