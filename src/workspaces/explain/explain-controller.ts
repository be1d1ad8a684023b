import type { LayerWeights } from '../../faithfulness/questions';
import { isHosted } from '../../host/frame';
import { keepItsLabels, keepNetwork, listKept } from '../../models/keep-network';
import { fallBack, json, loadNetwork, takeNetwork } from '../../models/load-network';
import {
  fileOfOwn,
  goOnThoughLarge,
  isBundled,
  isOwnNetwork,
  labelsOf,
  manifestAddress,
  nameClasses,
  ownFile,
  takeKept,
} from '../../models/networks';
import type { LabelFile } from '../../network/network-request';
import type { AnalyseResult } from '../../saliency/analysis';
import { type Address, formatAddress, parseAddress } from '../../state/address';
import { settle, warn } from '../../state/alerts';
import { handOn } from '../../state/carried';
import { connectExplain, type PictureToShow } from '../../state/explain-port';
import {
  type Example,
  examplesFor,
  type KnownNetwork,
  measuringKeys,
  type OpenPicture,
  useExplain,
} from '../../state/explain-store';
import { beginOpening } from '../../state/opening';
import { placeOf, showsPicture } from '../../state/place';
import { partOf } from '../../state/setting-table';
import { asItsFileSays, type ExplainSettings, type SettingKey } from '../../state/settings';
import { messageOf } from '../../text/message-of';
import { say } from '../../text/say';
import { dropPendingWrite, writeAddress } from './address-writing';
import { asksToGoOn, complaint, isAboutNetwork } from './explain-messages';
import { createExplainSession } from './explain-session';
import { type HandedOver, takeHandedOver } from './files/hand-over';
import { findSigns, measureMaps } from './layers/measure-layers';
import { keepPicture, pictureBeforeReload } from './picture/keep-picture';
import { decode, fetchPicture, nameOfUrl } from './picture/picture-source';
import { layerFor } from './selection';
import { explained } from './target/explain-picture';
import { keepOwn } from './target/second-picture';

/** What a network is loaded by. */
const modelKeys: SettingKey[] = ['model', 'output', 'reads', 'size', 'operations'];
const targetKeys: SettingKey[] = ['target', 'against', 'region', 'box', 'part', 'alike'];
const networkKeys: SettingKey[] = [
  ...modelKeys,
  ...targetKeys,
  ...(['inputScaling', 'method', 'smooth', 'pooling', 'backend'] as const),
];
/** What the method Attention reads beside. */
const attentionKeys: SettingKey[] = ['token', 'head'];
const { getState, setState } = useExplain;

/** A picture to come. */
interface PictureRequest {
  /** What it came under: the name of a file, an address or an example. */
  name: string;
  /** The picture, decoded for the network it will be read by. */
  open(signal: AbortSignal, network: KnownNetwork): Promise<OpenPicture>;
  /** Whether it is the one on screen, as it was decoded for the network in use, and no other. */
  again?: boolean;
  /** The network it is to be read by, loaded; left out, the one in use. */
  network?(signal: AbortSignal): Promise<KnownNetwork>;
  /** Settings that come with it, and replace those of the page once it is there. */
  settings?: ExplainSettings;
  /** Files by which errors of the network and of the picture are called, where `name` is that of the other. */
  networkName?: string;
  pictureName?: string;
  /** Its analysis, where it was computed before: the network need not run. */
  analysis?: AnalyseResult;
  /** The weights of its signs, as far as they came with it. */
  weights?: (LayerWeights | null)[];
}

const session = createExplainSession<PictureRequest>();

/**
 * Opens the page: reads the address and analyses the picture it names, or the first example; where it leads to Study or Optimise, as
 * soon as that is looked at.
 * @param opening what a window around the page wants opened in place of that
 */
export async function start(opening: HandedOver | null = null): Promise<void> {
  connectExplain({ change, show });
  const handed = opening ?? (await takeHandedOver());
  handOn(handed?.carried ?? {});
  if (handed?.second) keepOwn(handed.second.file, handed.second.name);
  const { settings, problems } = parseAddress(handed?.address ?? location.hash);
  setState({ settings });
  const aside = !handed && isBundled(settings.model) && !showsPicture();
  const kept = listKept();
  // Whoever hands a network over by a program has asked for it.
  if (opening) goOnThoughLarge(settings.model);
  if (handed?.network) takeKept(handed.network.source.id, handed.network, handed.network.labels);
  else if (isOwnNetwork(settings.model)) await kept;
  try {
    // A bundled network loads while the picture is still on its way; any other must tell first what it reads.
    const load = () => loadNetwork(settings, (progress) => getState().progress && setState({ progress }));
    const network = aside ? null : load();
    const described = network && !isBundled(settings.model) ? network : json(manifestAddress(settings.model));
    network?.catch(() => {});
    const [manifest, examples] = await Promise.all([
      described.catch((error) => fallBack(error, settings, problems)),
      json(ownFile('examples/index.json')),
    ]);
    takeNetwork(manifest, settings.model);
    setState({ examples });
  } catch (error) {
    setState({ progress: null });
    warn('explain', say('The page is not complete: {reason}', { reason: messageOf(error) }));
    return;
  }
  window.addEventListener('hashchange', followAddress);
  takeAddress({ settings, problems });
  const own = handed?.picture ?? (settings.image ? null : await pictureBeforeReload());
  if (own && (await openFile(own.file, own.name))) return;
  if (own && getState().picture) return;
  if (aside) analyseOnceShown();
  else await analyseSource(settings.image || firstExample(settings.model).id);
}

/** Analyses the first example when the text about the method is opened before any picture; in the workspace `followAddress` does. */
function analyseOnceShown(): void {
  const look = () => {
    if (!showsPicture()) return;
    window.removeEventListener('hashchange', look);
    analyseFirst(getState().settings.model);
  };
  window.addEventListener('hashchange', look);
  // The place may have changed while the network was described.
  look();
}

/** Analyses the first example of a network where no picture is there, nor any on its way. */
function analyseFirst(model: string): void {
  if (!getState().picture && !session.analysing) void analyseSource(firstExample(model).id);
}

const firstExample = (model: string): Example => examplesFor(getState().examples, model)[0];

/** Opens an example by its id, or a picture by its URL. */
export async function openSource(source: string): Promise<void> {
  beginOpening();
  await analyseSource(source);
}

async function analyseSource(source: string): Promise<void> {
  const example = getState().examples.find(({ id }) => id === source);
  const name = example ? example.title : nameOfUrl(source);
  await analyse({
    name,
    open: (signal, network) =>
      example
        ? openExample(example, signal, network)
        : fetchPicture(source, signal).then((file) => decode(file, name, source, signal, network)),
  });
}

async function openExample(
  { id, file, title }: Example,
  signal: AbortSignal,
  network: KnownNetwork,
): Promise<OpenPicture> {
  return decode(await fetchPicture(ownFile(`examples/${file}`), signal), title, id, signal, network);
}

/**
 * Opens a picture file of the user's own.
 * @returns whether it is on screen now
 */
export const openFile = (file: Blob, name: string): Promise<boolean> =>
  analyse({ name, open: (signal, network) => decode(file, name, '', signal, network) });

/** Shows a picture that comes with settings of its own; what was there before stays until it is read. */
async function show({ file, name, settings }: PictureToShow): Promise<void> {
  await analyse({
    name,
    settings,
    open: (signal, network) => decode(file, name, '', signal, network),
    ...(modelKeys.every((key) => settings[key] === getState().settings[key])
      ? {}
      : { network: (signal) => loadNetwork(settings, () => {}, signal) }),
  });
}

/** Changes settings and does what they ask for: run the network, measure the maps, or only draw. */
export function change(changes: Partial<ExplainSettings>): void {
  const { settings: before, picture, analysis, layer: shown, position } = getState();
  const settings = { ...before, ...changes };
  const differs = (keys: readonly SettingKey[]) => keys.some((key) => settings[key] !== before[key]);
  if (differs(modelKeys)) {
    // How a network is read shows at once; another network only when it is there.
    if (!differs(['model'])) setState({ settings });
    void openModel(settings);
    return;
  }
  const layer = analysis ? layerFor(analysis, settings.layer) : 0;
  setState({ settings, layer, position: layer === shown ? position : layer });
  writeAddress();
  if (differs(networkKeys) || (settings.method === 'attention' && differs(attentionKeys))) {
    const { analysing } = session;
    if (analysing) void analyse({ name: analysing.name, open: analysing.open, again: analysing.again });
    else if (picture) void analyse({ name: picture.name, open: async () => picture, again: true });
  } else {
    if (differs(measuringKeys.maps)) measureMaps();
    if (differs(measuringKeys.signs)) {
      setState({ weights: null });
      void findSigns();
    }
  }
}

/** Loads another network and explains the picture on screen by it; until that succeeds, the last one stays. */
async function openModel(settings: ExplainSettings, along?: { file: Blob; name: string }): Promise<boolean> {
  const { picture, models } = getState();
  const { model } = settings;
  const title = fileOfOwn(model) ?? models.find(({ id }) => id === model)?.title ?? model;
  const { analysing } = session;
  const open = analysing?.again ? undefined : analysing?.open;
  return analyse({
    name: title,
    networkName: title,
    pictureName: along?.name ?? (analysing ? (analysing.pictureName ?? analysing.name) : picture?.name),
    settings,
    network: (signal) => loadNetwork(settings, (progress) => setState({ progress }), signal),
    open: async (signal, network) => {
      if (along) return decode(along.file, along.name, '', signal, network);
      if (open) return open(signal, network);
      // Chosen in Study or Optimise, before any picture was looked at.
      const first = firstExample(model);
      if (!picture && first) return openExample(first, signal, network);
      if (!picture) throw new Error(say('no picture is open'));
      // The examples of one network mean nothing to another that has its own.
      const example = getState().examples.find(({ id }) => id === picture.source);
      if (example && isBundled(model) && example.network !== model) {
        return openExample(firstExample(model), signal, network);
      }
      return decode(picture.file, picture.name, picture.source, signal, network);
    },
  });
}

/**
 * Opens a network as its file says, with a picture that came along or the one on screen.
 * @returns whether it is open now
 */
export const openNetwork = (model: string, along?: { file: Blob; name: string }): Promise<boolean> =>
  openModel({ ...getState().settings, model, ...asItsFileSays }, along);

/** Opens one of the networks to choose from, as its file says. */
export function chooseModel(model: string): void {
  change({ model, ...asItsFileSays });
}

/** Gives the classes of the network in use other names; where they do not fit, the ones before stay. */
export async function renameClasses(file: LabelFile): Promise<void> {
  const { settings } = getState();
  const { model } = settings;
  const before = labelsOf(model);
  nameClasses(model, file);
  // Two names for a unit that was read as a number say that it tells two classes.
  const reads = settings.reads === 'number' ? 'auto' : settings.reads;
  if (await openModel({ ...settings, reads })) await keepItsLabels(model);
  else nameClasses(model, before);
}

/** Stops what is under way; what is on screen stays, with the settings that made it. */
export function cancel(): void {
  session.abort();
  setState({ progress: null, note: 'Cancelled.' });
  keepShown();
}

/** After a run that came to nothing the controls say again what is on screen. */
function keepShown(): void {
  if (!session.shownRun) return;
  const { settings } = getState();
  setState({ settings: { ...settings, ...session.shownRun } });
  writeAddress();
}

/** Goes from the text about the method back to the workspace. */
export function showExplain(): void {
  if (placeOf(location.hash) !== 'explain') location.hash = formatAddress(getState().settings);
}

/**
 * Runs the network on a picture; until it succeeds, the last analysis and its settings stay on screen.
 * @returns whether it did
 */
export async function analyse(asked: PictureRequest): Promise<boolean> {
  const { analysing } = session;
  analysing?.controller.abort();
  const controller = new AbortController();
  // Another picture while a network is loading is for that network.
  const { network: loading, settings: coming, networkName } = analysing?.network ? analysing : {};
  const request = { network: loading, settings: coming, networkName, ...asked };
  session.begin(request, controller);
  const { signal } = controller;
  const { name } = request;
  setState({ progress: { text: say('Reading {name}', { name }), fraction: null }, note: null });
  try {
    const network = request.network ? await request.network(signal) : getState().manifest;
    if (!network) throw new Error(say('the network is not described yet'));
    const picture = await request.open(signal, network);
    const isOnScreen = keepPicture(picture);
    const settings = request.settings ?? getState().settings;
    const run = request.analysis
      ? { analysis: request.analysis, instead: {} }
      : await explained(settings, picture, network, signal, (progress) => setState({ progress }));
    const { analysis } = run;
    const { settings: now, picture: before } = getState();
    const shown = { ...(request.settings ?? now), ...run.instead, image: picture.source };
    const layer = layerFor(analysis, shown.layer);
    if (!picture.source) session.keepOwn(picture);
    isOnScreen();
    takeNetwork(network, shown.model);
    session.showRun(partOf(shown, [...networkKeys, ...attentionKeys]));
    setState({
      settings: shown,
      picture,
      analysis,
      measurement: null,
      signs: null,
      measuredBy: {},
      nullSigns: null,
      weights: request.weights ?? null,
      followed: null,
      held: false,
      layer,
      position: layer,
      progress: null,
    });
    settle('explain');
    // What the address got wrong stays readable over the picture it names.
    if (!session.addressPending) settle('address');
    session.waitForAddress(false);
    writeAddress(before !== null && before.source !== picture.source);
    measureMaps();
    void findSigns();
    if (isOwnNetwork(shown.model) && !isHosted()) void keepNetwork(shown.model);
    return true;
  } catch (error) {
    if (!signal.aborted) {
      setState({ progress: null });
      if (asksToGoOn(error)) askToGoOn(request, error);
      else warn('explain', complaint(culprit(request, error), error));
      keepShown();
    }
    return false;
  } finally {
    session.end(controller);
  }
}

/** Says what a network takes, and does what was asked for all the same if somebody wants that. */
function askToGoOn(request: PictureRequest, error: unknown): void {
  const { model } = request.settings ?? getState().settings;
  warn('explain', messageOf(error), {
    title: say('Go on'),
    run: () => {
      settle('explain');
      goOnThoughLarge(model);
      void analyse(request);
    },
  });
}

/** What an error is about: the network's file or the picture's, whichever of them was waited for. */
function culprit({ name, networkName, pictureName }: PictureRequest, error: unknown): string {
  const kind = error instanceof Error ? error.name : '';
  if (isAboutNetwork(error)) return networkName ?? name;
  return kind === 'PictureError' ? (pictureName ?? name) : name;
}

/** Takes over what an address says, as far as it makes sense for the network, and tells the rest. */
function takeAddress({ settings, problems }: Address): void {
  const { manifest, settings: before } = getState();
  const classes = manifest?.labels.length ?? 0;
  // Of another network the classes are not known before it is loaded.
  const isOther =
    settings.model !== before.model || settings.output !== before.output || settings.reads !== before.reads;
  const isUnknown = (index: unknown) => typeof index === 'number' && index >= classes && !isOther;
  const has =
    classes === 1 ? say('one output, 0') : say('the classes 0 to {classes}', { classes: classes - 1 });
  const strays = [settings.target, settings.against].filter(isUnknown);
  const told = [
    // One by one: side by side, nothing tells where the words of one end.
    ...problems.map((problem) => say(problem)),
    ...strays.map((i) => say('There is no class {i}: {id} has {has}.', { i, id: manifest?.id, has })),
  ];
  session.waitForAddress(told.length > 0);
  if (told.length > 0) warn('address', told.join(' '));
  else settle('address');
  const orNull = <Value>(index: Value) => (isUnknown(index) ? null : index);
  change({ ...settings, target: orNull(settings.target), against: orNull(settings.against) });
}

/** The address was edited, a link within the page followed, or the history gone back or forth. */
function followAddress(): void {
  dropPendingWrite();
  if (placeOf(location.hash) !== 'explain') return;
  const { picture: shown } = getState();
  const address = parseAddress(location.hash);
  takeAddress(address);
  const { image } = address.settings;
  const own = session.ownPicture;
  if (image === shown?.source) return;
  if (!image && !shown) {
    // The first look after Study or Optimise.
    analyseFirst(address.settings.model);
    return;
  }
  if (image || !own) void openSource(image || firstExample(address.settings.model).id);
  else {
    beginOpening();
    void analyse({
      name: own.name,
      open: (signal, network) => decode(own.file, own.name, '', signal, network),
    });
  }
}
