/**
 * Writes scenes of Pictographs with the masks of their objects, as a study takes them: OUT/CLASS/INDEX.png and OUT/masks/CLASS/INDEX.png.
 *
 *   npx tsx tools/trust/pictographs.ts OUT [--seed 2026] [--first 0] [--count 200] [--side 128]
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { pictograph, pictographClasses } from '../../src/pictographs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '2026' },
    first: { type: 'string', default: '0' },
    count: { type: 'string', default: '200' },
    side: { type: 'string', default: '128' },
  },
});
const [out] = positionals;
if (positionals.length !== 1) {
  console.error('Say where the scenes go: npx tsx tools/trust/pictographs.ts OUT');
  process.exit(2);
}
const [seed, first, count, side] = [values.seed, values.first, values.count, values.side].map(Number);

/** Makes the file's folder and gives its path. */
function placeFor(...parts: string[]): string {
  const file = path.join(out, ...parts);
  mkdirSync(path.dirname(file), { recursive: true });
  return file;
}

for (let index = first; index < first + count; index++) {
  const { rgba, label, object } = pictograph({ seed, index, side, masks: true });
  const [folder, name] = [pictographClasses[label], `${String(index).padStart(5, '0')}.png`];
  const raw = { width: side, height: side };
  await sharp(Buffer.from(rgba), { raw: { ...raw, channels: 4 } })
    .removeAlpha()
    .png()
    .toFile(placeFor(folder, name));
  const inside = Buffer.from(object.map((coverage) => (coverage > 127 ? 255 : 0)));
  await sharp(inside, { raw: { ...raw, channels: 1 } })
    .png()
    .toFile(placeFor('masks', folder, name));
}
console.log(`${count} scenes of ${side} × ${side} with their masks in ${out}`);
