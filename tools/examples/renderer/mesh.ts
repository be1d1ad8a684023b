import { add, cross, normalize, sub, type Vec3 } from './vec3';

/** Triangles with a normal, a texture coordinate and a rest position (before placing) a vertex. */
export interface Mesh {
  positions: Vec3[];
  normals: Vec3[];
  uvs: [number, number][];
  /** Where the vertex was when it was modelled: solid textures are looked up there. */
  rest: Vec3[];
  /** Three vertex indices a triangle. */
  triangles: number[];
}

export const emptyMesh = (): Mesh => ({ positions: [], normals: [], uvs: [], rest: [], triangles: [] });

/** Adds a vertex and returns its index. */
export function addVertex(
  mesh: Mesh,
  position: Vec3,
  normal: Vec3 = [0, 1, 0],
  uv: [number, number] = [0, 0],
  rest: Vec3 = position,
): number {
  mesh.normals.push(normal);
  mesh.uvs.push(uv);
  mesh.rest.push(rest);
  return mesh.positions.push(position) - 1;
}

export function merge(...meshes: Mesh[]): Mesh {
  const all = emptyMesh();
  for (const mesh of meshes) {
    const base = all.positions.length;
    for (let i = 0; i < mesh.positions.length; i++)
      addVertex(all, mesh.positions[i], mesh.normals[i], mesh.uvs[i], mesh.rest[i]);
    for (const index of mesh.triangles) all.triangles.push(base + index);
  }
  return all;
}

export interface Placement {
  at?: Vec3;
  /** Turns about x, then y, then z, in degrees. */
  turn?: Vec3;
  scale?: number | Vec3;
}

function rotation(turn: Vec3): (v: Vec3) => Vec3 {
  const [x, y, z] = turn.map((degrees) => (degrees * Math.PI) / 180);
  const [cx, sx, cy, sy, cz, sz] = [
    Math.cos(x),
    Math.sin(x),
    Math.cos(y),
    Math.sin(y),
    Math.cos(z),
    Math.sin(z),
  ];
  return (v) => {
    const y1 = cx * v[1] - sx * v[2];
    const z1 = sx * v[1] + cx * v[2];
    const x2 = cy * v[0] + sy * z1;
    const z2 = -sy * v[0] + cy * z1;
    return [cz * x2 - sz * y1, sz * x2 + cz * y1, z2];
  };
}

/** A copy, scaled, turned, then moved; rest positions stay. */
export function place(mesh: Mesh, { at = [0, 0, 0], turn = [0, 0, 0], scale: size = 1 }: Placement): Mesh {
  const [sx, sy, sz] = typeof size === 'number' ? [size, size, size] : size;
  const rotate = rotation(turn);
  return {
    positions: mesh.positions.map((p) => add(rotate([p[0] * sx, p[1] * sy, p[2] * sz]), at)),
    normals: mesh.normals.map((n) => normalize(rotate([n[0] / sx, n[1] / sy, n[2] / sz]))),
    uvs: mesh.uvs,
    rest: mesh.rest,
    triangles: mesh.triangles,
  };
}

/** Moves every vertex and gives the mesh the smooth normals of its new form. */
export function deform(mesh: Mesh, move: (p: Vec3, uv: [number, number]) => Vec3): Mesh {
  return smooth({ ...mesh, positions: mesh.positions.map((p, i) => move(p, mesh.uvs[i])) });
}

/** Area-weighted vertex normals of shared vertices. */
export function smooth(mesh: Mesh): Mesh {
  const sums = mesh.positions.map((): Vec3 => [0, 0, 0]);
  const { triangles, positions } = mesh;
  for (let t = 0; t < triangles.length; t += 3) {
    const [a, b, c] = [triangles[t], triangles[t + 1], triangles[t + 2]];
    const n = cross(sub(positions[b], positions[a]), sub(positions[c], positions[a]));
    for (const i of [a, b, c]) sums[i] = add(sums[i], n);
  }
  return { ...mesh, normals: sums.map(normalize) };
}

/** Copies of one mesh at many places. */
export const repeat = (mesh: Mesh, places: Placement[]): Mesh => merge(...places.map((p) => place(mesh, p)));
