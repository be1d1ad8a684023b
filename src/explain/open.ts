import { AnalysisFileError, analysisFromPng, hasAnalysis, isPng, parseAnalysis } from '../export';
import { useExplain } from '../state/explain-store';
import { change, openFile, showExplain, warn } from './controller';
import { describesNetwork, keepFiles } from './networks';
import { restore } from './restore';

/** A file with the folders it was dropped in. */
export interface NamedFile {
  path: string;
  blob: Blob;
}

/** Files as a picker or the clipboard hands them over. */
export const filesOf = (files: File[]): NamedFile[] =>
  files.map((file) => ({ path: file.webkitRelativePath || file.name || 'pasted picture', blob: file }));

/**
 * Opens what was dropped, picked or pasted: the files of a network, an analysis file, a figure exported here (it carries
 * its analysis), or a picture. Of several files without a network the first is opened.
 */
export async function openFiles(files: NamedFile[]): Promise<void> {
  const [file] = files;
  if (!file) return;
  showExplain();
  const main = await networkAmong(files);
  if (main) {
    openNetwork(files, main);
    return;
  }
  const name = file.path;
  try {
    const analysis = await analysisIn(file);
    if (analysis) await restore(analysis, name);
    else await openFile(file.blob, name);
    // Why the first one was refused matters more than that the others were not looked at.
    if (files.length > 1 && !useExplain.getState().alert)
      warn(`Of ${files.length} files the first was opened: ${name}.`);
  } catch (error) {
    if (!(error instanceof AnalysisFileError)) throw error;
    warn(`${name}: ${error.message}`);
  }
}

/** Opens files picked as a network. */
export async function openModelFiles(files: NamedFile[]): Promise<void> {
  if (files.length === 0) return;
  const main = await networkAmong(files);
  if (main) openNetwork(files, main);
  else {
    warn(
      `${files.map(({ path }) => path).join(', ')} ${files.length === 1 ? 'is' : 'are'} no network that is read here. Pick a .keras, .h5 or .onnx file, or a model.json together with its weight files.`,
    );
  }
}

function openNetwork(files: NamedFile[], main: string): void {
  change({ model: keepFiles(files, main), target: null, layer: '', inputScaling: 'auto' });
}

/** Path of the file that describes a network; null where none does. */
async function networkAmong(files: NamedFile[]): Promise<string | null> {
  for (const { path, blob } of files) {
    if (!describesNetwork(path)) continue;
    if (!/\.json$/i.test(path)) return path;
    // Analysis files end in .json too; either says early what it is.
    const start = await blob.slice(0, 4096).text();
    const holds = (field: string) => start.includes(`"${field}"`);
    if (['modelTopology', 'weightsManifest', 'class_name'].some(holds)) return path;
  }
  return null;
}

async function analysisIn({ path, blob }: NamedFile) {
  const start = new Uint8Array(await blob.slice(0, 64).arrayBuffer());
  const text = new TextDecoder().decode(start).trimStart();
  if (/\.json$/i.test(path) || blob.type === 'application/json' || text.startsWith('{')) {
    return parseAnalysis(await blob.text());
  }
  if (!isPng(start)) return null;
  const bytes = new Uint8Array(await blob.arrayBuffer());
  return hasAnalysis(bytes) ? analysisFromPng(bytes) : null;
}
