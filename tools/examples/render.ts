/**
 * Draws the product's example pictures and checks that the bundled network reads them.
 *
 *   npx tsx tools/examples/render.ts [--draft] [id...]
 *
 * `--draft` draws small and grainy into the system's temporary folder, for trying out a scene.
 */
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { examplesFolder, writeIndex } from './index-file';
import { renderPicture } from './renderer/render-picture';
import { EXAMPLES } from './scenes';
import { verify } from './verify';

const SIZE = 448;

const draft = process.argv.includes('--draft');
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const chosen = wanted.length > 0 ? EXAMPLES.filter((example) => wanted.includes(example.id)) : EXAMPLES;
const unknown = wanted.filter((id) => !EXAMPLES.some((example) => example.id === id));
if (unknown.length > 0) {
  console.error(
    `No example is called ${unknown.join(', ')}. There are: ${EXAMPLES.map((e) => e.id).join(', ')}.`,
  );
  process.exit(2);
}

const folder = draft ? join(tmpdir(), 'supersign-examples/') : examplesFolder;
mkdirSync(folder, { recursive: true });
for (const example of chosen) {
  const start = performance.now();
  const size = draft ? SIZE / 2 : SIZE;
  const pixels = await renderPicture(example, size, draft ? 0.3 : 1);
  await sharp(pixels, { raw: { width: size, height: size, channels: 3 } })
    .jpeg({ quality: 88, chromaSubsampling: '4:4:4', mozjpeg: true })
    .toFile(`${folder}${example.id}.jpg`);
  console.log(`${example.id}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
}

if (!draft) {
  writeIndex(
    'photos10',
    EXAMPLES.map(({ id, title, description, label }) => ({
      id,
      file: `${id}.jpg`,
      title,
      description,
      label,
    })),
  );
}
process.exitCode = (await verify(folder, draft ? chosen : EXAMPLES)) ? 0 : 1;
