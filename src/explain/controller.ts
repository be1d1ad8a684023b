import { engine, measures, signFinder } from '../engine/client';
import type { LayerWeights } from '../engine/decision/protocol';
import type { Measurement, NullSignCounts } from '../engine/measure/protocol';
import type { AnalyseResult, NetworkManifest } from '../engine/protocol';
import type { SignRef } from '../semiotics';
import { type Address, formatAddress, parseAddress } from '../state/address';
import { type OpenPicture, useExplain } from '../state/explain-store';
import { placeOf } from '../state/place';
import type { ExplainSettings, SettingKey } from '../state/settings';
import { rasteriseIfSvg } from './svg-picture';

/** Shuffled maps behind every null model, and their seed: the same picture always gives the same band. */
export const nullShuffles = 32;
const nullSeed = 1;

const networkKeys: SettingKey[] = ['model', 'target', 'method', 'pooling', 'backend'];
const measureKeys: SettingKey[] = ['measure', 'levels', 'grid', 'neighbourhood', 'torus'];

const signKeys: SettingKey[] = ['tau', 'theta'];

const { getState, setState } = useExplain;

/** A picture to come. */
interface PictureRequest {
  /** What it came under: the name of a file, an address or an example. */
  name: string;
  open(signal: AbortSignal): Promise<OpenPicture>;
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

/** Address of a file that comes with the page. */
const ownFile = (path: string) => new URL(path, document.baseURI).href;
/** Address of a bundled network's manifest. */
export const manifestAddress = (id: string) => ownFile(`networks/${id}/manifest.json`);

/** Opens the page: reads the address and analyses the picture it names, or the first example. */
export async function start(): Promise<void> {
  const { settings, problems } = parseAddress(location.hash);
  setState({ settings });
  // Backend and network load while the picture is still on its way.
  engine
    .call(
      'prepare',
      { backend: settings.backend, network: manifestAddress(settings.model) },
      { onProgress: (progress) => getState().progress && setState({ progress }) },
    )
    .catch(() => {});
  try {
    const [manifest, examples] = await Promise.all([
      json(manifestAddress(settings.model)),
      json(ownFile('examples/index.json')),
    ]);
    setState({ manifest, examples });
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
    open: async (signal) => {
      const file = await fetchPicture(example ? ownFile(`examples/${example.file}`) : source, signal);
      return decode(file, name, source, signal);
    },
  });
}

/** Opens a picture file of the user's own. */
export async function openFile(file: Blob, name: string): Promise<void> {
  await analyse({ name, open: (signal) => decode(file, name, '', signal) });
}

/** Decodes on the engine; SVG, which workers cannot decode, is drawn here first. */
export async function decode(
  file: Blob,
  name: string,
  source: string,
  signal: AbortSignal,
): Promise<OpenPicture> {
  const { manifest } = getState();
  if (!manifest) throw new Error('the network is not described yet');
  const [height, width] = manifest.inputShape;
  const bitmap = await rasteriseIfSvg(file);
  const picture = await engine.call('decode', { file, bitmap, inputSize: { width, height } }, { signal });
  return { ...picture, name, source };
}

/** Changes settings and does what they ask for: run the network, measure the maps, or only draw. */
export function change(changes: Partial<ExplainSettings>): void {
  const { settings: before, picture, analysis } = getState();
  const settings = { ...before, ...changes };
  const differs = (keys: SettingKey[]) => keys.some((key) => settings[key] !== before[key]);
  setState({ settings, layer: analysis ? layerOf(analysis, settings) : 0 });
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

/** Selects a layer by its position; out of range means the first or the last. */
export function selectLayer(position: number): void {
  const { analysis, layer } = getState();
  if (!analysis) return;
  const chosen = Math.max(0, Math.min(analysis.layers.length - 1, position));
  if (chosen !== layer) change({ layer: analysis.layers[chosen].name });
}

/** Follows one sign through all layers, in every figure; null lets it go. */
export function follow(sign: SignRef | null): void {
  setState({ followed: sign });
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
export async function analyse(request: PictureRequest): Promise<void> {
  analysing?.controller.abort();
  const controller = new AbortController();
  analysing = { ...request, controller };
  const { signal } = controller;
  const { name } = request;
  setState({ progress: { text: `Reading ${name}`, fraction: null }, note: null });
  try {
    const picture = await request.open(signal);
    const settings = request.settings ?? getState().settings;
    const analysis =
      request.analysis ??
      (await engine.call(
        'analyse',
        {
          backend: settings.backend,
          network: manifestAddress(settings.model),
          input: picture.input,
          method: settings.method,
          target: settings.target,
          pooling: settings.pooling,
        },
        { signal, onProgress: (progress) => setState({ progress }) },
      ));
    const { settings: now, alert, picture: before } = getState();
    const shown = { ...(request.settings ?? now), image: picture.source };
    if (!picture.source) ownPicture = picture;
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
      layer: layerOf(analysis, shown),
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
  return `${name} could not be analysed: ${messageOf(error)}`;
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
    setState({ signs, nullSigns: null, followed: null });
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
  const { manifest } = getState();
  const classes = manifest?.labels.length ?? 0;
  const known = settings.target === null || settings.target < classes;
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
  if (placeOf(location.hash) !== 'explain') return;
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
