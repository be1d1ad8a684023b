import { loadCode } from '../../../code/missing-code';
import { textOfBlob } from '../../../codecs/decode-text';
import type { NamedFile } from '../../../files/named-file';
import { baseName } from '../../../files/named-file';
import {
  type ForeignFile,
  type FoundNetwork,
  type Recognised,
  recognise,
  saidOfForeign,
  saidOfMissing,
} from '../../../files/recognise';
import { openedAnew } from '../../../models/keep-network';
import { describesNetwork, nameClasses, takeFiles } from '../../../models/networks';
import { openImageSet } from '../../../picture/sets/open-image-set';
import { alertOf, settle, warn } from '../../../state/alerts';
import { chooseOne } from '../../../state/choice';
import { useTray } from '../../../state/tray-store';
import { counted } from '../../../text/counted';
import { messageOf } from '../../../text/message-of';
import { say } from '../../../text/say';
import { shortened } from '../../../text/shorten';
import { openFile, openNetwork, renameClasses, showExplain } from '../explain-controller';
import { layIntoTray, mostInTray, reach } from '../sources/tray';
import { openAnalysis, openPicture } from './open-picture';

/** Opens what was picked or pasted, whatever it is. */
export async function openFiles(files: NamedFile[]): Promise<void> {
  if (files.length > 0) await openFound(await recognise(files));
}

/**
 * Opens what was found among files: a network, with a picture that came along; an analysis, from its file or from a figure that
 * was exported here; a picture; names for the classes. Several pictures become a tray, of which the first is opened;
 * the frames of a video become a row over time.
 */
export async function openFound(found: Recognised): Promise<void> {
  showExplain();
  // What was said of files before says nothing about these.
  settle('explain');
  const { networks, analyses, pictures, archives, labels } = found;
  const video = found.foreign.find(({ kind }) => kind === 'video');
  if (networks.length > 0) {
    const taken = pictures.length > 1 ? layIntoTray(pictures).length : pictures.length;
    await openNetworkAmong(networks, found, pictures[0]);
    tellLeftOut(pictures.length - taken, pictures.length);
  } else if (analyses.length > 0) await openAnalysis(analyses[0]);
  else if (pictures.length === 1) await openOne(pictures[0]);
  else if (pictures.length > 0) await openPictures(pictures);
  else if (archives.length > 0) await openFirstIn(archives[0]);
  else if (video) await openVideoAmong(video, found);
  else if (labels.length > 0) await openLabels(labels[0]);
  if (!video || networks.length + analyses.length + pictures.length + archives.length > 0) tellForeign(found);
}

/** Opens the first of the videos; of the other files it says what they are. */
async function openVideoAmong({ file }: ForeignFile, found: Recognised): Promise<void> {
  const { openVideo } = await loadCode(() => import('../sources/video/video'));
  if (!(await openVideo(file))) return;
  tellForeign({ ...found, foreign: found.foreign.filter((each) => each.file !== file) });
}

/** Opens a picture, unless it is a mask of the one on screen. */
async function openOne(picture: NamedFile): Promise<void> {
  const { takenForMask } = await loadCode(() => import('../within/mask-file'));
  const open = () => void openPictures([picture]);
  if (!(await takenForMask(picture.blob, shortened(baseName(picture.path)), open)))
    await openPictures([picture]);
}

/** Opens files picked as a network. */
export async function openModelFiles(files: NamedFile[]): Promise<void> {
  if (files.length === 0) return;
  settle('explain');
  const found = await recognise(files);
  const { networks, pictures, labels, foreign } = found;
  // Whoever picks a file as a network is to hear what keeps it from being one.
  const named = pictures.find(({ path }) => describesNetwork(path) && !/\.(zip|json)$/i.test(path));
  if (networks.length > 0) await openNetworkAmong(networks, found, pictures[0]);
  else if (named) await openTaken(takeNetworkFiles({ main: named, files, labels: null }));
  else if (labels.length > 0) await openLabels(labels[0]);
  else if (foreign.length === 0) {
    const names = files.map(({ path }) => shortened(baseName(path)));
    warn(
      'explain',
      say(
        '{names}{part} {plural} no network that is read here. Pick a .keras, .h5, .onnx or .zip file, or a model.json together with its weight files.',
        {
          names: names.slice(0, 3).join(say(', ')),
          part: names.length > 3 ? say(' and {names} more', { names: names.length - 3 }) : '',
          plural: files.length === 1 ? say('is') : say('are'),
        },
      ),
    );
  }
  tellForeign(found);
}

/**
 * Opens a network that was found, one of several where the user says which; a picture that came along is explained by it.
 * @returns whether it is open now
 */
export async function openNetworkAmong(
  networks: readonly FoundNetwork[],
  { foreign }: Recognised,
  picture?: NamedFile,
): Promise<boolean> {
  const network = await whichOf(networks);
  if (!network) return false;
  const missing = saidOfMissing(network);
  if (missing !== null) {
    // A part that came as something else, such as a web page, is why.
    warn('explain', [saidOfForeign(foreign), missing].filter(Boolean).join(' '));
    return false;
  }
  return openTaken(takeNetworkFiles(network), picture);
}

async function whichOf(networks: readonly FoundNetwork[]): Promise<FoundNetwork | null> {
  if (networks.length === 1) return networks[0];
  const chosen = await chooseOne({
    title: say('Which network?'),
    text: say('{networks} networks came together, and one is open at a time.', { networks: networks.length }),
    options: networks.map(({ main }) => main.path),
  });
  return chosen === null ? null : networks[chosen];
}

function takeNetworkFiles({ main, files, labels }: Pick<FoundNetwork, 'main' | 'files' | 'labels'>) {
  const model = takeFiles(files, main.path);
  openedAnew(model);
  return { model, labels };
}

/** Opens a network whose files are taken, with names of its classes where a list of them came along. */
async function openTaken(
  { model, labels }: ReturnType<typeof takeNetworkFiles>,
  picture?: NamedFile,
): Promise<boolean> {
  if (labels) nameClasses(model, { name: labels.path, text: await textOfBlob(labels.blob) });
  return openNetwork(model, picture && { file: picture.blob, name: picture.path });
}

const openLabels = async ({ path, blob }: NamedFile): Promise<void> =>
  renameClasses({ name: path, text: await textOfBlob(blob) });

/** Opens the first of the pictures; several, and one beside a tray, are laid into the tray. */
async function openPictures(pictures: readonly NamedFile[]): Promise<void> {
  if (pictures.length === 1 && useTray.getState().pictures.length === 0) {
    await openPicture(pictures[0]);
    return;
  }
  const taken = layIntoTray(pictures);
  if (taken.length > 0) await reach(taken[0]);
  tellLeftOut(pictures.length - taken.length, pictures.length);
}

/** Says how many pictures the tray had no room for; why one was refused matters more. */
function tellLeftOut(left: number, count: number): void {
  if (left === 0 || alertOf('explain') !== null) return;
  warn(
    'explain',
    say(
      'The tray holds {mostInTray} pictures: {left} of {pictures} {plural} left out. Study takes them all.',
      {
        mostInTray,
        left: left.toLocaleString('en'),
        pictures: counted(count, 'picture'),
        plural: left === 1 ? say('was') : say('were'),
      },
    ),
  );
}

/** Opens the first picture of an archive, and says so. */
async function openFirstIn({ path, blob }: NamedFile): Promise<void> {
  const name = shortened(baseName(path));
  try {
    const { entries } = await openImageSet([{ kind: 'zip', name, blob }]);
    const [first] = entries;
    await openFile(await first.read(), first.path);
    if (entries.length > 1 && alertOf('explain') === null) {
      warn(
        'explain',
        say('Of {entries} pictures in {name} the first was opened: {path}. Study takes them all.', {
          entries: entries.length.toLocaleString('en'),
          name,
          path: shortened(first.path),
        }),
      );
    }
  } catch (error) {
    warn('explain', `${name}: ${messageOf(error)}`);
  }
}

/** Says what the files of other kinds are, beside what was opened. */
function tellForeign({ networks, foreign }: Recognised): void {
  const says = saidOfForeign(foreign);
  if (says === null || networks.some(({ missing }) => missing.length > 0)) return;
  const before = alertOf('explain');
  warn('explain', before === null ? says : `${before} ${says}`);
}
