/**
 * Draws a contact sheet of pictographs, to look at them.
 *
 *   npx tsx tools/pictographs/sheet.ts OUT.png [--seed 1] [--first 0] [--columns 10] [--rows 8] [--side 112] [--label 3] [--masks] [--colours 0]
 *
 * With `--masks` every scene stands beside its parts, each in a colour of its own. With `--colours 128` the file has a palette
 * of that many colours, and is small.
 */
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { pictograph } from '../../src/pictographs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '1' },
    first: { type: 'string', default: '0' },
    columns: { type: 'string', default: '10' },
    rows: { type: 'string', default: '8' },
    side: { type: 'string', default: '112' },
    colours: { type: 'string', default: '0' },
    label: { type: 'string' },
    masks: { type: 'boolean', default: false },
  },
});
if (positionals.length !== 1) {
  console.error('Say where the sheet goes: npx tsx tools/pictographs/sheet.ts OUT.png');
  process.exit(2);
}
const [seed, first, columns, rows, side, colours] = [
  values.seed,
  values.first,
  values.columns,
  values.rows,
  values.side,
  values.colours,
].map(Number);
const gap = Math.round(side / 14);
const cell = values.masks ? 2 * side : side;
const width = columns * (cell + gap) + gap;
const height = rows * (side + gap) + gap;
const sheet = new Uint8ClampedArray(width * height * 4).fill(250);

let spent = 0;
for (let i = 0; i < columns * rows; i++) {
  const start = performance.now();
  const scene = pictograph({
    seed,
    index: first + i,
    side,
    masks: values.masks,
    ...(values.label === undefined ? {} : { label: Number(values.label) }),
  });
  spent += performance.now() - start;
  const x = gap + (i % columns) * (cell + gap);
  const y = gap + Math.floor(i / columns) * (side + gap);
  place(scene.rgba, x, y);
  if (values.masks) place(coloured(scene.parts.map(({ mask }) => mask)), x + side, y);
}

function place(rgba: Uint8ClampedArray, x: number, y: number): void {
  for (let row = 0; row < side; row++) {
    sheet.set(rgba.subarray(row * side * 4, (row + 1) * side * 4), ((y + row) * width + x) * 4);
  }
}

/** Parts in evenly spread hues on black. */
function coloured(masks: readonly Uint8Array[]): Uint8ClampedArray {
  const rgba = new Uint8ClampedArray(side * side * 4);
  for (let i = 0; i < side * side; i++) {
    rgba[4 * i + 3] = 255;
    masks.forEach((mask, part) => {
      const hue = (part * 0.618) % 1;
      for (let channel = 0; channel < 3; channel++) {
        const level = 0.5 + 0.5 * Math.cos(2 * Math.PI * (hue - channel / 3));
        rgba[4 * i + channel] += mask[i] * (0.25 + 0.75 * level);
      }
    });
  }
  return rgba;
}

await sharp(sheet, { raw: { width, height, channels: 4 } })
  .removeAlpha()
  .png(colours > 0 ? { palette: true, colours, effort: 10 } : {})
  .toFile(positionals[0]);
console.log(`${columns * rows} scenes of ${side} x ${side}: ${(spent / columns / rows).toFixed(2)} ms each`);
