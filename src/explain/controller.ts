import { engine, measures, signFinder } from '../engine/client';
import type { LayerWeights } from '../engine/decision/protocol';
import type { Measurement, NullSignCounts } from '../engine/measure/protocol';
import type { AnalyseResult, EngineProgress, NetworkManifest } from '../engine/protocol';
import type { SignRef } from '../semiotics';
import { type Address, formatAddress, parseAddress } from '../state/address';
import { type KnownNetwork, type OpenPicture, useExplain } from '../state/explain-store';
import { placeOf, remember } from '../state/place';
import { type ExplainSettings, initialSettings, type SettingKey } from '../state/settings';
import { isBundled, manifestAddress, networkRequest, ownFile } from './networks';
import { rasteriseIfSvg } from './svg-picture';

/** Shuffled maps behind every null model, and their seed: the same picture always gives the same band. */
export const nullShuffles = 32;
const nullSeed = 1;

const networkKeys: SettingKey[] = ['model', 'inputScaling', 'target', 'method', 'pooling', 'backend'];
const measureKeys: SettingKey[] = ['measure', 'levels', 'grid', 'neighbourhood', 'torus'];

const signKeys: SettingKey[] = ['tau', 'theta'];

const { getState, setState } = useExplain;

/** A picture to come. */
interface PictureRequest {
  /** What it came under: the name of a file, an address or an example. */
  name: string;
  /** The picture, decoded for the network it will be read by. */
  open(signal: AbortSignal, network: KnownNetwork): Promise<OpenPicture>;
  /** The network it is to be read by, loaded; left out, the one in use. */
  network?(signal: AbortSignal): Promise<KnownNetwork>;
  /** Settings that come with it, and replace those of the page once it is there. */
  settings?: ExplainSettings;
  /** Its analysis, where it was computed before: the network need not run. */
  analysis?: AnalyseResult;
  /** The weights of its signs, as far as they came with it. */
  weights?: (LayerWeights | null)[];
}

let analysing: (PictureRequest & { controller: AbortController }) | null = null;
let measuring: AbortController | null = null;
let findingSigns: AbortController | null = null;
/** The last picture that is no example and has no address: "Back" returns to it. */
let ownPicture: OpenPicture | null = null;
/** What the analysis on screen was computed by. */
let shownRun: Partial<ExplainSettings> | null = null;
/** The alert about the address whose picture is still on its way. */
let addressAlert: string | null = null;

/** Opens the page: reads the address and analyses the picture it names, or the first example. */
export async function start(): Promise<void> {
  const { settings, problems } = parseAddress(location.hash);
  setState({ settings });
  try {
    // A bundled network loads while the picture is still on its way; any other must tell first what it reads.
    const network = loadNetwork(settings, (progress) => getState().progress && setState({ progress }));
    const described = isBundled(settings.model) ? json(manifestAddress(settings.model)) : network;
    network.catch(() => {});
    const [manifest, examples] = await Promise.all([
      described.catch((error) => fallBack(error, settings, problems)),
      json(ownFile('examples/index.json')),
    ]);
    takeNetwork(manifest, settings.model);
    setState({ examples });
  } catch (error) {
    setState({ progress: null, alert: `The page is not complete: ${messageOf(error)}` });
    return;
  }
  window.addEventListener('hashchange', followAddress);
  takeAddress({ settings, problems });
  await openSource(settings.image || getState().examples[0].id);
}

/** Opens an example by its id, or a picture by its URL. */
export async function openSource(source: string): Promise<void> {
  const example = getState().examples.find(({ id }) => id === source);
  const name = example ? example.title : nameOfUrl(source);
  await analyse({
    name,
    open: async (signal, network) => {
      const file = await fetchPicture(example ? ownFile(`examples/${example.file}`) : source, signal);
      return decode(file, name, source, signal, network);
    },
  });
}

/** Opens a picture file of the user's own. */
export async function openFile(file: Blob, name: string): Promise<void> {
  await analyse({ name, open: (signal, network) => decode(file, name, '', signal, network) });
}

/** Decodes on the engine; SVG, which workers cannot decode, is drawn here first. */
export async function decode(
  file: Blob,
  name: string,
  source: string,
  signal: AbortSignal,
  network: KnownNetwork,
): Promise<OpenPicture> {
  const [height, width] = network.inputShape;
  const bitmap = await rasteriseIfSvg(file);
  const picture = await engine.call('decode', { file, bitmap, inputSize: { width, height } }, { signal });
  return { ...picture, file, name, source };
}

/** Changes settings and does what they ask for: run the network, measure the maps, or only draw. */
export function change(changes: Partial<ExplainSettings>): void {
  const { settings: before, picture, analysis, layer: shown, position } = getState();
  const settings = { ...before, ...changes };
  const differs = (keys: SettingKey[]) => keys.some((key) => settings[key] !== before[key]);
  if (differs(['model'])) {
    void openModel(settings);
    return;
  }
  const layer = analysis ? layerOf(analysis, settings) : 0;
  setState({ settings, layer, position: layer === shown ? position : layer });
  writeAddress();
  if (differs(networkKeys)) {
    if (analysing) void analyse({ name: analysing.name, open: analysing.open });
    else if (picture) void analyse({ name: picture.name, open: async () => picture });
  } else {
    if (differs(measureKeys)) measureMaps();
    if (differs(signKeys)) {
      setState({ weights: null });
      void findSigns();
    }
  }
}

/** Loads another network and explains the picture on screen by it; until that succeeds, the last one stays. */
async function openModel(settings: ExplainSettings): Promise<void> {
  const { picture, models } = getState();
  const { model } = settings;
  const title = models.find(({ id }) => id === model)?.title ?? model;
  const open = analysing?.open;
  await analyse({
    name: title,
    settings,
    network: (signal) => loadNetwork(settings, (progress) => setState({ progress }), signal),
    open: async (signal, network) => {
      if (open) return open(signal, network);
      if (!picture) throw new Error('no picture is open');
      return decode(picture.file, picture.name, picture.source, signal, network);
    },
  });
}

/** @throws Error where there is no such network, or it cannot be read */
export async function loadNetwork(
  settings: ExplainSettings,
  onProgress: (progress: EngineProgress) => void,
  signal?: AbortSignal,
): Promise<KnownNetwork> {
  const { backend, network } = networkRequest(settings);
  return engine.call('prepare', { backend, network }, { signal, onProgress });
}

function takeNetwork(manifest: KnownNetwork, model: string): void {
  const others = getState().models.filter(({ id }) => id !== model);
  const known = others.length < getState().models.length;
  const entry = { id: model, title: manifest.title };
  setState({
    manifest,
    models: known ? getState().models.map((each) => (each.id === model ? entry : each)) : [...others, entry],
  });
}

/** The page opens with its own network where the one in the address cannot be had, and says why. */
function fallBack(error: unknown, settings: ExplainSettings, problems: string[]): Promise<KnownNetwork> {
  if (isBundled(settings.model)) throw error;
  problems.push(`The network "${settings.model}" could not be opened: ${messageOf(error)}`);
  settings.model = initialSettings.model;
  settings.target = null;
  return json(manifestAddress(settings.model));
}

/** Selects a layer by its position; out of range means the first or the last. */
export function selectLayer(position: number): void {
  const { analysis } = getState();
  if (analysis) moveTo(Math.round(Math.max(0, Math.min(analysis.layers.length - 1, position))));
}

/** Moves to a place between the layers, or on one; the nearest becomes the selected one. */
export function moveTo(position: number): void {
  const { analysis, settings, layer } = getState();
  if (!analysis) return;
  const nearest = Math.round(position);
  if (nearest === layer) {
    setState({ position });
    return;
  }
  setState({ settings: { ...settings, layer: analysis.layers[nearest].name }, layer: nearest, position });
  writeAddress();
}

/** Follows one sign through all layers, in every figure, and holds it if asked to; null lets it go. */
export function follow(sign: SignRef | null, held = false): void {
  setState({ followed: sign, held: held && sign !== null });
}

/** Follows the sign under the pointer, or none; a sign that is held stays. */
export function pointAt(sign: SignRef | null): void {
  const { followed, held } = getState();
  const same = followed?.layer === sign?.layer && followed?.sign === sign?.sign;
  if (!held && !same) follow(sign);
}

/** Stops what is under way; what is on screen stays, with the settings that made it. */
export function cancel(): void {
  analysing?.controller.abort();
  analysing = null;
  setState({ progress: null, note: 'Cancelled.' });
  keepShown();
}

/** After a run that came to nothing the controls say again what is on screen. */
function keepShown(): void {
  if (!shownRun) return;
  const { settings } = getState();
  setState({ settings: { ...settings, ...shownRun } });
  writeAddress();
}

/** Goes from the text about the method back to the workspace. */
export function showExplain(): void {
  if (placeOf(location.hash) !== 'explain') location.hash = formatAddress(getState().settings);
}

export function closeAlert(): void {
  setState({ alert: null });
}

export function warn(alert: string): void {
  setState({ alert });
}

/** Runs the network on a picture; until it succeeds, the last analysis and its settings stay on screen. */
export async function analyse(asked: PictureRequest): Promise<void> {
  analysing?.controller.abort();
  const controller = new AbortController();
  // Another picture while a network is loading is for that network.
  const { network: loading, settings: coming } = analysing?.network ? analysing : {};
  const request = { network: loading, settings: coming, ...asked };
  analysing = { ...request, controller };
  const { signal } = controller;
  const { name } = request;
  setState({ progress: { text: `Reading ${name}`, fraction: null }, note: null });
  try {
    const network = request.network ? await request.network(signal) : getState().manifest;
    if (!network) throw new Error('the network is not described yet');
    const picture = await request.open(signal, network);
    const settings = request.settings ?? getState().settings;
    const analysis =
      request.analysis ??
      (await engine.call(
        'analyse',
        {
          ...networkRequest(settings),
          input: picture.input,
          method: settings.method,
          target: settings.target,
          pooling: settings.pooling,
        },
        { signal, onProgress: (progress) => setState({ progress }) },
      ));
    const { settings: now, alert, picture: before } = getState();
    const shown = { ...(request.settings ?? now), image: picture.source };
    const layer = layerOf(analysis, shown);
    if (!picture.source) ownPicture = picture;
    takeNetwork(network, shown.model);
    shownRun = Object.fromEntries(networkKeys.map((key) => [key, shown[key]]));
    setState({
      settings: shown,
      picture,
      analysis,
      measurement: null,
      signs: null,
      nullSigns: null,
      weights: request.weights ?? null,
      followed: null,
      held: false,
      layer,
      position: layer,
      progress: null,
      // What the address got wrong stays readable over the picture it names.
      alert: alert === addressAlert ? alert : null,
    });
    addressAlert = null;
    writeAddress(before !== null && before.source !== picture.source);
    measureMaps();
    void findSigns();
  } catch (error) {
    if (!signal.aborted) {
      setState({ progress: null, alert: complaint(name, error) });
      keepShown();
    }
  } finally {
    if (analysing?.controller === controller) analysing = null;
  }
}

function complaint(name: string, error: unknown): string {
  if (error instanceof Error && error.name === 'PictureError') return `${name} ${error.message}`;
  if (error instanceof Error && error.name === 'AnalysisFileError') return `${name}: ${error.message}`;
  const done = error instanceof Error && error.name === 'NetworkError' ? 'opened' : 'analysed';
  return `${name} could not be ${done}: ${messageOf(error)}`;
}

export const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** The settings of the measure as the measuring worker takes them. */
export const measuredAs = (
  { grid, measure, levels, neighbourhood, torus }: ExplainSettings,
  input: { width: number; height: number },
) => ({
  grid: grid === 'input' ? input : null,
  entropy: { measure, levels, neighbourhood, torus },
});

/** Measures the maps on screen in the current measure; values come first, null models one by one. */
function measureMaps(): void {
  measuring?.abort();
  const { analysis, manifest, settings } = getState();
  if (!analysis || !manifest) return;
  const controller = new AbortController();
  measuring = controller;
  const [height, width] = analysis.network.inputShape;
  const apply = (measurement: Measurement) => {
    if (!controller.signal.aborted) setState({ measurement });
  };
  measures
    .call(
      'measure',
      {
        maps: analysis.layers.map((layer) => layer.map),
        ...measuredAs(settings, { width, height }),
        shuffles: nullShuffles,
        seed: nullSeed,
      },
      { signal: controller.signal, onProgress: apply },
    )
    .then(apply)
    .catch((error) => {
      if (!controller.signal.aborted)
        setState({ alert: `The maps could not be measured: ${messageOf(error)}` });
    });
}

/** Finds the signs of the maps on screen by the current thresholds; how many chance would give comes layer by layer. */
async function findSigns(): Promise<void> {
  findingSigns?.abort();
  const { analysis, settings } = getState();
  if (!analysis) return;
  const controller = new AbortController();
  findingSigns = controller;
  const { signal } = controller;
  const [height, width] = analysis.network.inputShape;
  const request = {
    maps: analysis.layers.map((layer) => layer.map),
    grid: { width, height },
    tau: settings.tau,
    theta: settings.theta,
  };
  try {
    const signs = await signFinder.call('signs', request, { signal });
    setState({ signs, nullSigns: null, followed: null, held: false });
    const apply = (nullSigns: NullSignCounts) => {
      if (!signal.aborted) setState({ nullSigns });
    };
    const shuffles = { shuffles: nullShuffles, seed: nullSeed };
    apply(await signFinder.call('nullSigns', { ...request, ...shuffles }, { signal, onProgress: apply }));
  } catch (error) {
    if (!signal.aborted) setState({ alert: `The signs could not be found: ${messageOf(error)}` });
  }
}

function layerOf(analysis: AnalyseResult, settings: ExplainSettings): number {
  const named = analysis.layers.findIndex((layer) => layer.name === settings.layer);
  return named >= 0 ? named : analysis.layers.length - 1;
}

/** Takes over what an address says, as far as it makes sense for the network, and tells the rest. */
function takeAddress({ settings, problems }: Address): void {
  const { manifest, settings: before } = getState();
  const classes = manifest?.labels.length ?? 0;
  // Of another network the classes are not known before it is loaded.
  const known = settings.target === null || settings.target < classes || settings.model !== before.model;
  const unknown = `There is no class ${settings.target}: ${manifest?.id} has the classes 0 to ${classes - 1}.`;
  const told = known ? problems : [...problems, unknown];
  addressAlert = told.length > 0 ? told.join(' ') : null;
  setState({ alert: addressAlert });
  change({ ...settings, target: known ? settings.target : null });
}

let lastWrite = 0;
let pendingWrite: ReturnType<typeof setTimeout> | undefined;

/**
 * Writes the settings into the address; another picture makes a new entry in the browser's history.
 * Browsers allow about 100 changes in 30 s, and scrubbing makes more: so those are gathered.
 */
function writeAddress(anotherPicture = false): void {
  clearTimeout(pendingWrite);
  if (placeOf(location.hash) !== 'explain') {
    // Another network was chosen from another workspace: the way back must not undo that.
    remember('explain', formatAddress(getState().settings));
    return;
  }
  const write = (way: 'pushState' | 'replaceState') => {
    lastWrite = performance.now();
    history[way](null, '', formatAddress(getState().settings));
  };
  if (anotherPicture) {
    if (formatAddress(getState().settings) !== location.hash) write('pushState');
    return;
  }
  pendingWrite = setTimeout(() => write('replaceState'), Math.max(0, lastWrite + 350 - performance.now()));
}

/** The address was edited, a link within the page followed, or the history gone back or forth. */
function followAddress(): void {
  clearTimeout(pendingWrite);
  if (placeOf(location.hash) !== 'explain') return;
  const { picture: shown, examples } = getState();
  const address = parseAddress(location.hash);
  takeAddress(address);
  const { image } = address.settings;
  const own = ownPicture;
  if (image === shown?.source) return;
  if (image || !own) void openSource(image || examples[0].id);
  else void analyse({ name: own.name, open: async () => own });
}

async function json(address: string): Promise<NetworkManifest & never[]> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${new URL(address).pathname} is missing (HTTP ${response.status}).`);
  return response.json();
}

function nameOfUrl(address: string): string {
  const last = address.split(/[?#]/)[0].split('/').filter(Boolean).pop();
  return last ? decodeURIComponentSafely(last) : address;
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** @throws Error in plain words: a browser does not tell a CORS refusal from a dead server. */
async function fetchPicture(address: string, signal: AbortSignal): Promise<Blob> {
  let url: URL;
  try {
    url = new URL(address, document.baseURI);
  } catch {
    throw new Error(`"${address}" is neither an example nor an address.`);
  }
  let response: Response;
  try {
    response = await fetch(url, { signal, mode: 'cors' });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new Error(
      `${url.host} does not let other pages read its pictures (CORS), or cannot be reached. Save the picture and drop the file here instead.`,
    );
  }
  if (!response.ok) throw new Error(`${url.host} answers HTTP ${response.status} for ${url.pathname}.`);
  return response.blob();
}
