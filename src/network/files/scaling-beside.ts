import { loadCode } from '../../code/missing-code';
import type { FoundScaling } from '../scaling/scaling';
import { type NetworkFiles, nameOf, readText } from './network-files';

/** Files that tools write beside a network: Teachable Machine, Hugging Face, timm. */
const names = ['metadata.json', 'preprocessor_config.json', 'config.json'];
/** Notes are short. */
const LONGEST_NOTES = 1e6;

/** How pictures are scaled, where a file beside the network tells; null where none does. */
export async function scalingBeside(
  files: NetworkFiles,
  channels: number,
  signal: AbortSignal,
): Promise<FoundScaling | null> {
  // The Keras files that Teachable Machine packs are called so.
  if (nameOf(files.main.path) === 'keras_model.h5' && files.find('labels.txt')) {
    return {
      scaling: 'signed',
      reason: 'The networks of Teachable Machine read values from -1 to 1.',
      isGuess: false,
    };
  }
  for (const name of names) {
    const file = files.find(name);
    if (!file || file.path === files.main.path) continue;
    const { scalingInNotes } = await loadCode(() => import('../scaling/scaling-notes'));
    const found = scalingInNotes(await notesIn(() => readText(file, LONGEST_NOTES, signal)), name, channels);
    if (found) return found;
  }
  return null;
}

/** What is no JSON tells nothing of scaling; whether it should be is for others to say. */
async function notesIn(read: () => Promise<string>): Promise<unknown> {
  try {
    return JSON.parse(await read());
  } catch {
    return null;
  }
}
