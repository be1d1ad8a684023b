import type { Mesh } from './mesh';

/** Nearest hit of the last `closest` call. */
export interface Hit {
  triangle: number;
  distance: number;
  /** Barycentric weights of the second and third vertex. */
  u: number;
  v: number;
}

export interface Bvh {
  hit: Hit;
  /** Fills `hit` and tells whether anything lies on the ray before `limit`. */
  closest(ox: number, oy: number, oz: number, dx: number, dy: number, dz: number, limit: number): boolean;
  /** Whether anything at all lies on the ray before `limit`. */
  blocked(ox: number, oy: number, oz: number, dx: number, dy: number, dz: number, limit: number): boolean;
}

const LEAF_SIZE = 4;
const BINS = 12;

/** A bounding volume hierarchy over a mesh, split by the surface area heuristic in bins (Wald 2007). */
export function buildBvh(mesh: Mesh): Bvh {
  const count = mesh.triangles.length / 3;
  const corner = new Float64Array(count * 9);
  const bounds = new Float32Array(count * 6);
  const centre = new Float32Array(count * 3);
  for (let t = 0; t < count; t++) {
    const [a, b, c] = [0, 1, 2].map((k) => mesh.positions[mesh.triangles[t * 3 + k]]);
    for (let k = 0; k < 3; k++) {
      corner[t * 9 + k] = a[k];
      corner[t * 9 + 3 + k] = b[k] - a[k];
      corner[t * 9 + 6 + k] = c[k] - a[k];
      bounds[t * 6 + k] = Math.min(a[k], b[k], c[k]) - 1e-5;
      bounds[t * 6 + 3 + k] = Math.max(a[k], b[k], c[k]) + 1e-5;
      centre[t * 3 + k] = (bounds[t * 6 + k] + bounds[t * 6 + 3 + k]) / 2;
    }
  }

  const order = new Int32Array(count).map((_, i) => i);
  const boxes = new Float32Array(Math.max(1, count) * 2 * 6);
  /** First child, or first triangle of a leaf; and the leaf's triangle count, 0 for an inner node. */
  const first = new Int32Array(Math.max(1, count) * 2);
  const size = new Int32Array(Math.max(1, count) * 2);
  let nodes = 1;

  const binCount = new Int32Array(BINS);
  const binBox = new Float64Array(BINS * 6);
  const sweep = new Float64Array(6);
  const rightArea = new Float64Array(BINS);
  const reset = (b: Float64Array, at: number) => {
    b[at] = b[at + 1] = b[at + 2] = Infinity;
    b[at + 3] = b[at + 4] = b[at + 5] = -Infinity;
  };
  const grow = (b: Float64Array, at: number, from: Float32Array | Float64Array, source: number) => {
    for (let k = 0; k < 3; k++) {
      if (from[source + k] < b[at + k]) b[at + k] = from[source + k];
      if (from[source + 3 + k] > b[at + 3 + k]) b[at + 3 + k] = from[source + 3 + k];
    }
  };
  const area = (b: Float64Array) => {
    const [x, y, z] = [b[3] - b[0], b[4] - b[1], b[5] - b[2]];
    return x < 0 ? 0 : x * y + y * z + z * x;
  };

  const split = (node: number, start: number, end: number) => {
    const box = new Float64Array(6);
    const span = new Float64Array(6);
    reset(box, 0);
    reset(span, 0);
    for (let i = start; i < end; i++) {
      const t = order[i];
      grow(box, 0, bounds, t * 6);
      for (let k = 0; k < 3; k++) {
        span[k] = Math.min(span[k], centre[t * 3 + k]);
        span[3 + k] = Math.max(span[3 + k], centre[t * 3 + k]);
      }
    }
    boxes.set(box, node * 6);
    let best = Infinity;
    let bestAxis = -1;
    let bestBin = 0;
    if (end - start > LEAF_SIZE)
      for (let axis = 0; axis < 3; axis++) {
        const width = span[3 + axis] - span[axis];
        if (width < 1e-9) continue;
        binCount.fill(0);
        for (let b = 0; b < BINS; b++) reset(binBox, b * 6);
        const toBin = BINS / width;
        for (let i = start; i < end; i++) {
          const t = order[i];
          const b = Math.min(BINS - 1, Math.floor((centre[t * 3 + axis] - span[axis]) * toBin));
          binCount[b]++;
          grow(binBox, b * 6, bounds, t * 6);
        }
        reset(sweep, 0);
        let n = 0;
        for (let b = BINS - 1; b > 0; b--) {
          grow(sweep, 0, binBox, b * 6);
          n += binCount[b];
          rightArea[b] = area(sweep) * n;
        }
        reset(sweep, 0);
        n = 0;
        for (let b = 0; b < BINS - 1; b++) {
          grow(sweep, 0, binBox, b * 6);
          n += binCount[b];
          const cost = area(sweep) * n + rightArea[b + 1];
          if (n > 0 && n < end - start && cost < best) {
            best = cost;
            bestAxis = axis;
            bestBin = b;
          }
        }
      }
    if (bestAxis < 0) {
      first[node] = start;
      size[node] = end - start;
      return;
    }
    const toBin = BINS / (span[3 + bestAxis] - span[bestAxis]);
    let middle = start;
    for (let i = start; i < end; i++) {
      const t = order[i];
      const b = Math.min(BINS - 1, Math.floor((centre[t * 3 + bestAxis] - span[bestAxis]) * toBin));
      if (b <= bestBin) {
        order[i] = order[middle];
        order[middle++] = t;
      }
    }
    const child = nodes;
    nodes += 2;
    first[node] = child;
    size[node] = 0;
    split(child, start, middle);
    split(child + 1, middle, end);
  };
  if (count > 0) split(0, 0, count);

  // Triangles in the order of the leaves: those tested together lie together in memory.
  const packed = new Float64Array(count * 9);
  for (let i = 0; i < count; i++) packed.set(corner.subarray(order[i] * 9, order[i] * 9 + 9), i * 9);

  const hit: Hit = { triangle: -1, distance: 0, u: 0, v: 0 };
  const stack = new Int32Array(128);
  const entry = new Float64Array(128);

  // Written without helpers: nearly all of the rendering time is spent in this loop.
  const traverse = (
    ox: number,
    oy: number,
    oz: number,
    dx: number,
    dy: number,
    dz: number,
    limit: number,
    any: boolean,
  ): boolean => {
    if (count === 0) return false;
    const ix = 1 / dx;
    const iy = 1 / dy;
    const iz = 1 / dz;
    let found = false;
    let top = 1;
    stack[0] = 0;
    entry[0] = 0;
    while (top > 0) {
      const node = stack[--top];
      if (entry[top] >= limit) continue;
      const n = size[node];
      if (n === 0) {
        const from = top;
        for (let child = first[node]; child <= first[node] + 1; child++) {
          const b = child * 6;
          const x0 = (boxes[b] - ox) * ix;
          const x1 = (boxes[b + 3] - ox) * ix;
          const y0 = (boxes[b + 1] - oy) * iy;
          const y1 = (boxes[b + 4] - oy) * iy;
          const z0 = (boxes[b + 2] - oz) * iz;
          const z1 = (boxes[b + 5] - oz) * iz;
          let near = Math.min(x0, x1);
          let far = Math.max(x0, x1);
          const ny = Math.min(y0, y1);
          const fy = Math.max(y0, y1);
          const nz = Math.min(z0, z1);
          const fz = Math.max(z0, z1);
          if (ny > near) near = ny;
          if (nz > near) near = nz;
          if (fy < far) far = fy;
          if (fz < far) far = fz;
          if (near > far || far < 0 || near > limit) continue;
          // The nearer child goes on top.
          if (top > from && entry[top - 1] < near) {
            stack[top] = stack[top - 1];
            entry[top] = entry[top - 1];
            stack[top - 1] = child;
            entry[top - 1] = near;
          } else {
            stack[top] = child;
            entry[top] = near;
          }
          top++;
        }
        continue;
      }
      for (let i = first[node]; i < first[node] + n; i++) {
        const c = i * 9;
        const e1x = packed[c + 3];
        const e1y = packed[c + 4];
        const e1z = packed[c + 5];
        const e2x = packed[c + 6];
        const e2y = packed[c + 7];
        const e2z = packed[c + 8];
        const px = dy * e2z - dz * e2y;
        const py = dz * e2x - dx * e2z;
        const pz = dx * e2y - dy * e2x;
        const det = e1x * px + e1y * py + e1z * pz;
        if (det > -1e-14 && det < 1e-14) continue;
        const inverse = 1 / det;
        const tx = ox - packed[c];
        const ty = oy - packed[c + 1];
        const tz = oz - packed[c + 2];
        const u = (tx * px + ty * py + tz * pz) * inverse;
        if (u < 0 || u > 1) continue;
        const qx = ty * e1z - tz * e1y;
        const qy = tz * e1x - tx * e1z;
        const qz = tx * e1y - ty * e1x;
        const v = (dx * qx + dy * qy + dz * qz) * inverse;
        if (v < 0 || u + v > 1) continue;
        const distance = (e2x * qx + e2y * qy + e2z * qz) * inverse;
        if (distance <= 1e-6 || distance >= limit) continue;
        if (any) return true;
        limit = distance;
        found = true;
        hit.triangle = order[i];
        hit.distance = distance;
        hit.u = u;
        hit.v = v;
      }
    }
    return found;
  };

  return {
    hit,
    closest: (ox, oy, oz, dx, dy, dz, limit) => traverse(ox, oy, oz, dx, dy, dz, limit, false),
    blocked: (ox, oy, oz, dx, dy, dz, limit) => traverse(ox, oy, oz, dx, dy, dz, limit, true),
  };
}
