/**
 * Writes scenes as raw bytes for other programs: OUT.rgb holds count x side x side x 3 bytes, OUT.labels one byte a scene.
 *
 *   npx tsx tools/pictographs/dump.ts OUT [--seed 1] [--first 0] [--count 1000] [--side 64]
 */
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { pictograph } from '../../src/pictographs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '1' },
    first: { type: 'string', default: '0' },
    count: { type: 'string', default: '1000' },
    side: { type: 'string', default: '64' },
  },
});
if (positionals.length !== 1) {
  console.error('Say where the scenes go: npx tsx tools/pictographs/dump.ts OUT');
  process.exit(2);
}
const [seed, first, count, side] = [values.seed, values.first, values.count, values.side].map(Number);
const labels = new Uint8Array(count);
const pixels = new Uint8Array(side * side * 3);
const file = openSync(`${positionals[0]}.rgb`, 'w');
const start = performance.now();
for (let i = 0; i < count; i++) {
  const { rgba, label } = pictograph({ seed, index: first + i, side });
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
    pixels[to] = rgba[from];
    pixels[to + 1] = rgba[from + 1];
    pixels[to + 2] = rgba[from + 2];
  }
  labels[i] = label;
  writeSync(file, pixels);
}
closeSync(file);
writeFileSync(`${positionals[0]}.labels`, labels);
console.log(
  `${count} scenes of ${side} x ${side}: ${((performance.now() - start) / count).toFixed(2)} ms each`,
);
