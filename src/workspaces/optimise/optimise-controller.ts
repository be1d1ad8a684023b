import type { NamedFile } from '../../files/named-file';
import { ImageSetError, type ImageSource } from '../../picture/sets/image-set';
import { openImageSet } from '../../picture/sets/open-image-set';
import { settle, warn } from '../../state/alerts';
import { createNextCall } from '../../state/next-call';
import { placeOf } from '../../state/place';
import { counted } from '../../text/counted';
import { messageOf } from '../../text/message-of';
import { say } from '../../text/say';
import type { Architecture } from '../../training/architecture/architecture';
import { presetOf } from '../../training/architecture/presets';
import { type BlockPlace, nearestPlace } from './architecture/change-architecture';
import { edited, newHistory, redone, undone } from './architecture/edit-history';
import { architectureOf, settingsOfArchitecture } from './architecture/network-of';
import { imageSummary } from './data/image-summary';
import { formatOptimise, type OptimiseSettings, parseOptimise } from './optimise-settings';
import { useOptimise } from './optimise-store';

const { getState, setState } = useOptimise;

/**
 * Takes over what the address says at once, since a browser may take long to say what it keeps; and once more before what it keeps.
 * @param offerKept puts a kept training on screen, with its settings
 */
export async function openAddress(offerKept: () => Promise<void>): Promise<void> {
  if (location.hash.includes('?')) followAddress();
  await offerKept();
  followAddress();
}

/** Takes over what the address says, and writes there what it does not say. */
export function followAddress(): void {
  if (placeOf(location.hash) !== 'optimise') return;
  if (location.hash.includes('?') && location.hash !== formatOptimise(getState().settings)) {
    const { settings, problems } = parseOptimise(location.hash);
    if (problems.length > 0) warn('optimise', problems.map((problem) => say(problem)).join(' '));
    takeSettings(settings);
  }
  writeAddress();
}

function takeSettings(settings: OptimiseSettings): void {
  const architecture = architectureOf(settings);
  const { history, selected } = getState();
  const same =
    JSON.stringify(settingsOfArchitecture(history.present)) ===
    JSON.stringify(settingsOfArchitecture(architecture));
  setState({
    settings,
    history: same ? history : newHistory(architecture),
    selected: nearestPlace(architecture, selected),
  });
}

const writing = createNextCall();

/** Browsers allow about 100 changes of the address in 30 s, and typing makes more: so those are gathered. */
function writeAddress(): void {
  writing.after(250, () => {
    if (placeOf(location.hash) !== 'optimise') return;
    history.replaceState(null, '', formatOptimise(getState().settings));
  });
}

/** Changes settings; another preset or side gives another architecture, which can be taken back. */
export function change(changes: Partial<OptimiseSettings>): void {
  const { settings: before, history } = getState();
  const settings = { ...before, ...changes };
  setState({ settings });
  if (changes.preset !== undefined && changes.preset !== 'own') {
    // A preset comes with the side it was made for.
    editArchitecture(presetOf(changes.preset).architecture);
  } else if (changes.side !== undefined) {
    editArchitecture({ ...history.present, side: changes.side });
  }
  writeAddress();
}

/** Puts another architecture in the editor. */
export function editArchitecture(architecture: Architecture, selected?: BlockPlace): void {
  const { history, settings, selected: before } = getState();
  setState({
    history: edited(history, architecture),
    settings: { ...settings, ...settingsOfArchitecture(architecture) },
    selected: nearestPlace(architecture, selected ?? before),
  });
  writeAddress();
}

export const undo = () => step(undone(getState().history));
export const redo = () => step(redone(getState().history));

function step(history: ReturnType<typeof undone<Architecture>>): void {
  const { settings, selected } = getState();
  setState({
    history,
    settings: { ...settings, ...settingsOfArchitecture(history.present) },
    selected: nearestPlace(history.present, selected),
  });
  writeAddress();
}

export function select(selected: BlockPlace): void {
  setState({ selected });
}

/** Looks through dropped or picked pictures; what is wrong with them is told beside their summary. */
export async function openImages(files: NamedFile[]): Promise<void> {
  if (files.length === 0) return;
  change({ data: 'images' });
  setState({ opening: true });
  const sources: ImageSource[] = [{ kind: 'files', files }];
  try {
    const summary = imageSummary(await openImageSet(sources));
    setState({ images: { name: nameOf(files), sources, summary } });
    settle('optimise');
  } catch (error) {
    if (!(error instanceof ImageSetError)) throw error;
    warn('optimise', `${nameOf(files)}: ${messageOf(error)}`);
  } finally {
    setState({ opening: false });
  }
}

/** The folder or archive that the files came in. */
function nameOf(files: readonly NamedFile[]): string {
  const [first] = files;
  const folder = first.path.split('/').filter(Boolean)[0];
  return files.length === 1 || first.path.includes('/') ? folder : counted(files.length, 'file');
}

/** Shows the network and the settings of a training that was kept. */
export function takeRun(settings: OptimiseSettings): void {
  takeSettings(settings);
  writeAddress();
}
