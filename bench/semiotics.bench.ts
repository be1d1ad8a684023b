import {
  ENTROPY_MEASURES,
  entropyScalar,
  findSigns,
  linkSigns,
  nullAuraSplit,
  nullModel,
  nullSigns,
  resizeBilinear,
  seededRandom,
  signOutlines,
} from '../src/semiotics';
import { noisyLinearImputation } from '../src/semiotics/trust/noisy-linear-imputation';

/**
 * Times of the mathematics on one core: `npx tsx bench/semiotics.bench.ts`. The maps are smoothed noise at the sizes of a
 * thirteen-layer network, seen at 224 x 224.
 */
const GRID = 224;
const SIDES = [224, 224, 112, 112, 56, 56, 56, 28, 28, 28, 14, 14, 14];

interface Row {
  what: string;
  'median ms': string;
  'best ms': string;
}
const rows: Row[] = [];

function time(what: string, work: () => void, runs: number): void {
  work();
  const taken: number[] = [];
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    work();
    taken.push(performance.now() - start);
  }
  taken.sort((a, b) => a - b);
  rows.push({
    what,
    'median ms': taken[runs >> 1].toFixed(2),
    'best ms': taken[0].toFixed(2),
  });
}

/** Non-negative map with structure: noise of a quarter of the size, resized, its lower half cut off. */
function layerMap(side: number, seed: number): Float32Array {
  const random = seededRandom(seed);
  const coarse = Math.max(3, side >> 2);
  const noise = Float32Array.from({ length: coarse * coarse }, () => random.next());
  return resizeBilinear(noise, coarse, coarse, side, side).map((v) => Math.max(0, v - 0.5));
}

const native = SIDES.map((side, layer) => ({ side, map: layerMap(side, layer + 1) }));
const onGrid = native.map(({ side, map }) => resizeBilinear(map, side, side, GRID, GRID));

for (const { id } of ENTROPY_MEASURES) {
  time(
    `${id}: 13 maps of 224 x 224, 256 levels`,
    () => {
      for (const map of onGrid) entropyScalar(map, GRID, GRID, { measure: id });
    },
    9,
  );
}
for (const id of ['aura-matrix', 'aura'] as const) {
  time(
    `null model of ${id}: the same from their own sizes, 32 shuffles each`,
    () => {
      for (const { side, map } of native) {
        nullModel(map, side, side, { measure: id, grid: { width: GRID, height: GRID } });
      }
    },
    3,
  );
}
time(
  'null model of aura-matrix: 16 levels, own sizes',
  () => {
    for (const { side, map } of native) nullModel(map, side, side, { measure: 'aura-matrix', levels: 16 });
  },
  3,
);

time(
  'null split of aura: the same from their own sizes, 32 shuffles each',
  () => {
    for (const { side, map } of native) {
      nullAuraSplit(map, side, side, { grid: { width: GRID, height: GRID } });
    }
  },
  3,
);

for (const grid of [112, 224]) {
  const maps = native.slice(1).map(({ side, map }) => resizeBilinear(map, side, side, grid, grid));
  const layers = maps.map((map) => ({ map, ...findSigns(map, grid, grid) }));
  const counts = layers.map(({ signs }) => signs.length).join(' ');
  time(
    `signs of 12 maps of ${grid} x ${grid} (${counts})`,
    () => {
      for (const map of maps) findSigns(map, grid, grid);
    },
    9,
  );
  time(`links of the same`, () => linkSigns(layers), 9);
  time(
    `outlines of the same`,
    () => {
      for (const { labels } of layers) signOutlines(labels, grid, grid);
    },
    9,
  );
  time(
    `null number of signs of the same, 32 shuffles each`,
    () => {
      for (const { side, map } of native.slice(1)) {
        nullSigns(map, side, side, { grid: { width: grid, height: grid } });
      }
    },
    3,
  );
}

// ROAD's imputation: a picture in three channels, the most salient pixels of a map taken away. The goal is 50 ms.
const picture = Float32Array.from({ length: 3 * GRID * GRID }, (_, i) => onGrid[i % 3][Math.floor(i / 3)]);
const descending = onGrid[6].slice().sort().reverse();
for (const percent of [10, 50, 90]) {
  const least = descending[Math.floor((percent / 100) * descending.length)];
  const removed = Uint8Array.from(onGrid[6], (value) => (value > least ? 1 : 0));
  const share = Math.round((100 * removed.reduce((sum, gone) => sum + gone, 0)) / removed.length);
  const size = { width: GRID, height: GRID, channels: 3 };
  time(
    `noisy linear imputation at 224 x 224, three channels, ${share} % taken away`,
    () => {
      noisyLinearImputation(picture, { ...size, removed, random: seededRandom(1) });
    },
    9,
  );
}

console.table(rows);
