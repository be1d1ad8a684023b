import { loadCode } from '../code/missing-code';
import { alertOf, warn } from '../state/alerts';
import { chooseModel, openFile, renameClasses, showExplain } from './controller';
import { openedAnew } from './keep-network';
import { describesNetwork, nameClasses, takeFiles } from './networks';

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
    await openNetwork(files, main);
    return;
  }
  const name = file.path;
  if (await listsLabels(file)) {
    await renameClasses({ name, text: await file.blob.text() });
    return;
  }
  try {
    const analysis = await analysisIn(file);
    if (analysis) await (await loadCode(() => import('./restore'))).restore(analysis, name);
    else await openFile(file.blob, name);
    // Why the first one was refused matters more than that the others were not looked at.
    if (files.length > 1 && alertOf('explain') === null)
      warn('explain', `Of ${files.length} files the first was opened: ${name}.`);
  } catch (error) {
    if (!(error instanceof Error && error.name === 'AnalysisFileError')) throw error;
    warn('explain', `${name}: ${error.message}`);
  }
}

/** Opens files picked as a network. */
export async function openModelFiles(files: NamedFile[]): Promise<void> {
  if (files.length === 0) return;
  const main = await networkAmong(files);
  const [file] = files;
  if (main) await openNetwork(files, main);
  else if (await listsLabels(file)) await renameClasses({ name: file.path, text: await file.blob.text() });
  else {
    warn(
      'explain',
      `${files.map(({ path }) => path).join(', ')} ${files.length === 1 ? 'is' : 'are'} no network that is read here. Pick a .keras, .h5, .onnx or .zip file, or a model.json together with its weight files.`,
    );
  }
}

/** Opens a network, with names of its classes where a list of them lies among the files. */
async function openNetwork(files: NamedFile[], main: string): Promise<void> {
  const others = files.filter(({ path }) => path !== main);
  const lists = await Promise.all(others.map(listsLabels));
  const list = others.find((_, i) => lists[i]);
  const model = takeFiles(
    files.filter((file) => file !== list),
    main,
  );
  openedAnew(model);
  if (list) nameClasses(model, { name: list.path, text: await list.blob.text() });
  chooseModel(model);
}

/** No list of classes is longer, in bytes. */
const LONGEST_LIST = 4e6;

/** Whether a file is a list of classes: a text, or JSON that begins like one. */
async function listsLabels({ path, blob }: NamedFile): Promise<boolean> {
  if (blob.size > LONGEST_LIST) return false;
  if (/\.(txt|names|labels)$/i.test(path)) return true;
  if (!/\.json$/i.test(path)) return false;
  const start = await blob.slice(0, 4096).text();
  return (
    /^\s*\[/.test(start) ||
    /^\s*\{\s*"(\d+|labels|classes|names|class_names|classNames|id2label|categories)"\s*:/.test(start) ||
    /^\s*\{\s*"[^"]*"\s*:\s*\d+\s*,/.test(start)
  );
}

/** Path of the file that describes a network; null where none does. */
async function networkAmong(files: NamedFile[]): Promise<string | null> {
  for (const { path, blob } of files) {
    if (!describesNetwork(path)) continue;
    if (/\.zip$/i.test(path)) {
      if (await holdsNetwork(blob)) return path;
      continue;
    }
    if (!/\.json$/i.test(path)) return path;
    // Analysis files end in .json too; either says early what it is.
    const start = await blob.slice(0, 4096).text();
    const holds = (field: string) => start.includes(`"${field}"`);
    if (['modelTopology', 'weightsManifest', 'class_name'].some(holds)) return path;
  }
  return null;
}

/** Most bytes of a zip archive's directory, which lies at its end. */
const DIRECTORY = 2 ** 20;

/** Whether a zip archive names a network among its files; one of pictures does not. */
async function holdsNetwork(blob: Blob): Promise<boolean> {
  const end = await blob.slice(Math.max(0, blob.size - DIRECTORY)).arrayBuffer();
  return /model\.json|\.(onnx|keras|h5|hdf5)/i.test(new TextDecoder('latin1').decode(end));
}

async function analysisIn({ path, blob }: NamedFile) {
  const start = new Uint8Array(await blob.slice(0, 64).arrayBuffer());
  const text = new TextDecoder().decode(start).trimStart();
  if (/\.json$/i.test(path) || blob.type === 'application/json' || text.startsWith('{')) {
    return (await loadCode(() => import('../export'))).parseAnalysis(await blob.text());
  }
  // The signature of PNG: other pictures are opened without the code that reads analyses.
  if (start[0] !== 0x89 || !text.slice(1).startsWith('PNG')) return null;
  const { analysisFromPng, hasAnalysis } = await loadCode(() => import('../export'));
  const bytes = new Uint8Array(await blob.arrayBuffer());
  return hasAnalysis(bytes) ? analysisFromPng(bytes) : null;
}
