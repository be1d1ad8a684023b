/**
 * Draws the example pictures of the network `pictographs`, a scene a class, from a world it was not trained on. Taken is the first
 * scene of each class that the network reads with confidence when the page reduces it to its size.
 *
 *   npx tsx tools/pictographs/examples.ts
 */
import { mkdirSync } from 'node:fs';
import sharp from 'sharp';
import { labelOf, pictograph, pictographClasses } from '../../src/pictographs';
import { examplesFolder, writeIndex } from '../examples/index-file';
import { openReader } from './reader';

const SEED = 2026;
const SIDE = 448;
/** What a scene must be read with, so that the example does not hang on a detail of the picture's reduction. */
const LEAST = 0.95;

const descriptions: Record<string, string> = {
  face: 'A drawn face of bold colours, with eyes, brows, nose and mouth, among other shapes.',
  house: 'A drawn house with wall, roof, door and windows, among other shapes.',
  car: 'A drawn car with body, cabin, windows and wheels, among other shapes.',
  sailboat: 'A drawn sailboat with hull, mast and sails, among other shapes.',
  tree: 'A drawn tree with trunk and crown, among other shapes.',
  fish: 'A drawn fish with body, tail, fins and eye, among other shapes.',
  clock: 'A drawn clock with case, dial, marks and hands, among other shapes.',
  bicycle: 'A drawn bicycle with wheels, spokes, frame and handlebar, among other shapes.',
  robot: 'A drawn robot with head, body, panel, arms and legs, among other shapes.',
  flower: 'A drawn flower with petals, centre, stem and leaves, among other shapes.',
};

const read = await openReader();
mkdirSync(`${examplesFolder}pictographs`, { recursive: true });
const examples = [];
for (const [label, name] of pictographClasses.entries()) {
  for (let index = 0; ; index++) {
    if (labelOf(SEED, index) !== label) continue;
    const { rgba } = pictograph({ seed: SEED, index, side: SIDE });
    const probabilities = await read(rgba, SIDE);
    if (probabilities[label] < LEAST) continue;
    const file = `pictographs/${name}.jpg`;
    await sharp(Buffer.from(rgba), { raw: { width: SIDE, height: SIDE, channels: 4 } })
      .removeAlpha()
      .jpeg({ quality: 88, chromaSubsampling: '4:4:4', mozjpeg: true })
      .toFile(`${examplesFolder}${file}`);
    const title = name[0].toUpperCase() + name.slice(1);
    examples.push({ id: `pictograph-${name}`, file, title, description: descriptions[name], label: name });
    console.log(`${name}: scene ${index}, ${(100 * probabilities[label]).toFixed(1)} %`);
    break;
  }
}
writeIndex('pictographs', examples);
