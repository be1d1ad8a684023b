import { picturesInWords } from '../../../figures/study/study-figures';
import type { NamedFile } from '../../../files/named-file';
import type { FileForSet } from '../../../files/recognise';
import { ownFile } from '../../../models/networks';
import { hasProbabilities } from '../../../network/output-kind';
import type { ImageSet, ImageSource } from '../../../picture/sets/image-set';
import { matchClasses } from '../../../picture/sets/match-classes';
import { openImageSet } from '../../../picture/sets/open-image-set';
import { settle, warn } from '../../../state/alerts';
import { carries, takeCarried } from '../../../state/carried';
import { examplesFor, useExplain } from '../../../state/explain-store';
import type { Study } from '../../../study/study-data';
import { counted } from '../../../text/counted';
import { messageOf } from '../../../text/message-of';
import { say } from '../../../text/say';
import { shortened } from '../../../text/shorten';
import { showStudy } from '../run/study-controller';
import { type ClassFolder, type OpenImages, useStudy } from '../run/study-store';
import { searchDuplicates } from './duplicate-search';

const { getState, setState } = useStudy;

/** Opens dropped or picked files as the pictures of the next study. */
export async function openImageFiles(files: FileForSet[]): Promise<void> {
  if (files.length > 0) await openSources([{ kind: 'files', files }], nameOf(files));
}

/** Takes the example pictures, each with its class. */
export async function openExamples(): Promise<void> {
  const { examples: all, settings } = useExplain.getState();
  const examples = examplesFor(all, settings.model);
  try {
    const files = await Promise.all(
      examples.map(async ({ file, label }) => {
        const response = await fetch(ownFile(`examples/${file}`));
        if (!response.ok) throw new Error(`examples/${file} is missing (HTTP ${response.status})`);
        return { path: `examples/${label}/${file.split('/').pop()}`, blob: await response.blob() };
      }),
    );
    await openSources([{ kind: 'files', files }], examplesName);
  } catch (error) {
    warn('study', `The examples could not be opened: ${messageOf(error)}.`);
  }
}

const examplesName = 'Examples';

/** What was opened, in the language of the page: a folder's or a file's name stays as it is. */
export const saidName = (name: string): string => (name === examplesName ? say(name) : name);

/** Images open before the page was loaded again are open after it, and so is a study that is kept nowhere. */
export function openCarried(): void {
  carries('study images', () => {
    const { images } = getState();
    return images && { name: images.name, sources: images.sources };
  });
  takeCarried('study images', ({ name, sources }) => void openSources(sources as ImageSource[], name));
  carries('study', () => {
    const { study, id } = getState();
    return id === null ? study : null;
  });
  takeCarried('study', (study) => showStudy(study as Study, null));
}

async function openSources(sources: ImageSource[], name: string): Promise<void> {
  setState({ note: `Reading ${name}` });
  try {
    const set = await openImageSet(sources);
    const images = {
      name,
      sources,
      set,
      folders: foldersOf(set),
      splits: splitsOf(set),
      duplicates: { state: 'looking', done: 0, of: 0 },
    } satisfies OpenImages;
    const { choices } = getState();
    const split = images.splits.includes(choices.split) ? choices.split : '';
    setState({ images, choices: { ...choices, split }, note: openedInWords(images) });
    searchDuplicates(images);
    settle('study');
  } catch (error) {
    setState({ note: 'Ready' });
    warn('study', `${shortened(name)} could not be opened: ${messageOf(error)}`);
  }
}

const openedInWords = ({ set, folders }: OpenImages) => {
  // A class that no folder bears stands in the pictures' names.
  const named = set.entries.some(({ folder, path }) => folder !== null && !path.includes(`${folder}/`));
  const [one, many] = named ? ['of one class', 'classes'] : ['in 1 folder', 'folders'];
  const several = `${named ? 'of' : 'in'} ${folders.length} ${many}`;
  const classes = folders.length > 0 ? ` ${folders.length === 1 ? one : several}` : '';
  return `${picturesInWords(set.entries.length)}${classes}, ready to be studied`;
};

/** Matches the folders to the network in use once more, as when another one is opened. */
export function matchAgain(): void {
  const { images } = getState();
  if (images) setState({ images: { ...images, folders: foldersOf(images.set) } });
}

/** Says by hand which class a folder holds. */
export function matchFolder(folder: string, to: number | null): void {
  const { images } = getState();
  if (!images) return;
  const folders = images.folders.map((each) => (each.folder === folder ? { ...each, class: to } : each));
  setState({ images: { ...images, folders } });
}

function foldersOf({ entries }: ImageSet): ClassFolder[] {
  const counts = new Map<string, number>();
  for (const { folder } of entries) {
    if (folder !== null) counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  const names = [...counts.keys()].sort();
  const { manifest } = useExplain.getState();
  const labels = manifest && hasProbabilities(manifest.kind ?? 'classes') ? manifest.labels : [];
  return matchClasses(names, labels).map(({ folder, class: matched }) => ({
    folder,
    images: counts.get(folder) ?? 0,
    class: matched,
  }));
}

const splitsOf = ({ entries }: ImageSet): string[] =>
  [...new Set(entries.flatMap(({ split }) => (split === null ? [] : [split])))].sort();

/** The folder all files lie in, the only file, or how many there are. */
function nameOf(files: NamedFile[]): string {
  if (files.length === 1) return files[0].path;
  const [first] = files[0].path.replace(/^\//, '').split('/');
  const together = files.every(({ path }) => path.replace(/^\//, '').startsWith(`${first}/`));
  return together ? first : counted(files.length, 'file');
}
