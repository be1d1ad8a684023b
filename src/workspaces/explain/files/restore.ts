import type { BackendName } from '../../../backend/backend-names';
import {
  type AnalysisFile,
  AnalysisFileError,
  decodeFloat32,
  placesOfFile,
  scalingOfFile,
} from '../../../export';
import type { LayerWeights } from '../../../faithfulness/questions';
import { loadNetwork } from '../../../models/load-network';
import { isBundled } from '../../../models/networks';
import type { LayerKind } from '../../../network/network';
import type { AnalyseResult } from '../../../saliency/analysis';
import { type SaliencyLayer, saliencyLayer } from '../../../saliency/saliency-layer';
import { smoothingOf } from '../../../saliency/smoothing/map-smoothing';
import { settingsOf } from '../../../state/address';
import { type KnownNetwork, type OpenPicture, useExplain } from '../../../state/explain-store';
import { type ExplainSettings, OWN_SECOND } from '../../../state/settings';
import { say } from '../../../text/say';
import { analyse } from '../explain-controller';
import { decode } from '../picture/picture-source';
import { keepOwn, takeSecondPicture } from '../target/second-picture';

/**
 * Opens an analysis, from the file of this name or from an exported figure. With its maps it is shown as it was
 * computed; without them the network runs again on the very input the file holds.
 * @throws AnalysisFileError naming what is missing
 */
export async function restore(file: AnalysisFile, name: string): Promise<void> {
  const { method, smooth, entropy, signs, view } = file.settings;
  const { settings } = settingsOf({
    method,
    ...(smooth ? { smooth } : {}),
    measure: entropy.measure,
    levels: String(entropy.levels),
    grid: entropy.grid,
    neighbourhood: String(entropy.neighbourhood),
    torus: entropy.torus ? '1' : '0',
    tau: String(signs.tau),
    theta: String(signs.theta),
    ...parametersOfTarget(file),
    ...view,
  });
  const { manifest, settings: shown } = useExplain.getState();
  const isOpen = manifest?.id === file.model.name;
  if (!isOpen && !isBundled(file.model.name)) {
    throw new AnalysisFileError(
      say('This analysis was made with the network "{name}", which is not open here. Open it first.', {
        name: file.model.name,
      }),
    );
  }
  if (isOpen) {
    const reading = readingOf(file, shown);
    Object.assign(settings, { model: shown.model, ...reading, ...scalingLike(file, manifest) });
  } else settings.model = file.model.name;
  const layers = file.layers.map(saliencyLayerOf);
  const computed = layers.every((layer) => layer !== null);
  await analyse({
    name,
    open: async (signal, network) => {
      await takeSecond(file, settings.alike, signal, network);
      return pictureOf(file, signal, network);
    },
    ...(isOpen && readingKeys.every((key) => settings[key] === shown[key])
      ? {}
      : { network: (signal) => loadNetwork(settings, () => {}, signal) }),
    settings,
    ...(computed
      ? { analysis: analysisOf(file, layers, settings), weights: file.layers.map(weightsOf) }
      : {}),
  });
}

/** What a file explains, as address parameters; those of `settings.view`, where they are, say the same. */
function parametersOfTarget({ target }: AnalysisFile): Record<string, string> {
  const { index, kind, against, place, box, part = 'score', second } = target;
  return {
    ...(index === null || kind === 'box' ? {} : { class: String(index) }),
    ...(against === undefined ? {} : { against: String(against) }),
    ...(kind === 'region' ? { region: place ? place.join() : 'class' } : {}),
    ...(box === undefined ? {} : { box: String(box), part }),
    ...(second ? { alike: OWN_SECOND } : {}),
  };
}

const readingKeys = ['output', 'reads', 'size', 'operations'] as const;

/** How the network was read for the file; as it is read here where an earlier file does not tell. */
function readingOf({ model: { reading } }: AnalysisFile, shown: ExplainSettings) {
  const { output, reads, size, operations } = reading ?? shown;
  return { output: output ?? '', reads, size, operations };
}

/** The scaling the file was made by, as a choice, where this page would now guess another one for the same network. */
function scalingLike({ scaling }: AnalysisFile, { scaling: own }: KnownNetwork): Partial<ExplainSettings> {
  if (!scaling?.name || scaling.source !== 'guess' || !own || scaling.name === own.name) return {};
  return { inputScaling: scaling.name };
}

/** The picture as the file holds it: the network's exact input, under its first name and size. */
async function pictureOf(
  { image, model }: AnalysisFile,
  signal: AbortSignal,
  network: KnownNetwork,
): Promise<OpenPicture> {
  if (String(model.inputShape) !== String(network.inputShape)) {
    throw new AnalysisFileError(
      say('This analysis was made with inputs of {inputShape}; "{name}" reads {inputShape2}.', {
        inputShape: model.inputShape.join(' × '),
        name: model.name,
        inputShape2: network.inputShape.join(' × '),
      }),
    );
  }
  if (!image.input) {
    throw new AnalysisFileError(
      say('This file holds no picture (image.input is missing), so it cannot be shown.'),
    );
  }
  const input = await (await fetch(image.input)).blob();
  const { name, width, height, sha256, source = '' } = image;
  const picture = await decode(input, name, source, signal, network).catch((error) => {
    if (!(error instanceof Error && error.name === 'PictureError')) throw error;
    throw new AnalysisFileError(
      say('The picture in this file (image.input) {message}', { message: error.message }),
    );
  });
  return { ...picture, width, height, sha256: sha256 ?? '' };
}

/** The second picture of a likeness, as the file holds it. */
async function takeSecond(
  { target: { second } }: AnalysisFile,
  source: string,
  signal: AbortSignal,
  network: KnownNetwork,
): Promise<void> {
  if (!second || !source) return;
  const file = await (await fetch(second.input)).blob();
  const { input } = await decode(file, second.name, source, signal, network).catch((error) => {
    if (!(error instanceof Error && error.name === 'PictureError')) throw error;
    throw new AnalysisFileError(
      say('The second picture in this file (target.second) {message}', { message: error.message }),
    );
  });
  if (source === OWN_SECOND) keepOwn(file, second.name);
  takeSecondPicture({ source, name: second.name, size: network.inputShape.join(), picture: input });
}

function saliencyLayerOf({
  index,
  name,
  kind,
  shape,
  map,
  column,
}: AnalysisFile['layers'][number]): SaliencyLayer | null {
  if (!map) return null;
  const { width, height, float32 } = map;
  return saliencyLayer({
    index,
    name,
    kind: kind as LayerKind,
    shape,
    ...(column ? { column } : {}),
    map: { values: decodeFloat32(float32), width, height },
  });
}

/** The weights a layer's signs had; null where none was weighed. */
function weightsOf({ signs }: AnalysisFile['layers'][number]): LayerWeights | null {
  if (signs.every(({ weight }) => weight === null)) return null;
  return {
    signs: signs.map(({ weight, weightAtInput = null }) =>
      weight === null ? null : { weight, atInput: weightAtInput },
    ),
    others: null,
    together: null,
  };
}

/** The names of what is found, which the network in use may not tell; of what is not found none is needed. */
function thingsIn({ boxes }: AnalysisFile): { things?: string[] } {
  if (!boxes) return {};
  const things: string[] = [];
  for (const { index, label } of boxes) things[index] = label;
  return { things };
}

function analysisOf(
  file: AnalysisFile,
  layers: SaliencyLayer[],
  { method, smooth: asked }: Pick<ExplainSettings, 'method' | 'smooth'>,
): AnalyseResult {
  const { backend, model, predictions, target, timings } = file;
  const threads = backend.threads ?? 1;
  const smooth = smoothingOf(method, asked);
  const places = file.places && placesOfFile(file.places);
  return {
    method,
    ...(smooth === 'none' ? {} : { smooth }),
    backend: {
      name: backend.name as BackendName,
      reason: say('From an analysis file.'),
      adapter: backend.adapter,
      threads,
    },
    network: {
      id: model.name,
      title: model.name,
      format: model.format,
      sha256: model.sha256 ?? '',
      inputShape: model.inputShape as [number, number, number],
      labels: useExplain.getState().manifest?.labels ?? [],
      scalingReason: say('From an analysis file.'),
      scaling: null,
      outputs: [],
      output: model.output?.name ?? '',
      kind: model.output?.kind ?? 'classes',
      outputIs: model.output?.is ?? '',
      outputReason: model.output?.reason ?? '',
      readsEitherWay: false,
      takesAnySize: false,
      attention: useExplain.getState().manifest?.attention ?? null,
      ...thingsIn(file),
    },
    predictions,
    target,
    ...(file.boxes ? { boxes: file.boxes.map(({ label: _, ...one }) => one) } : {}),
    ...(places ? { places } : {}),
    ...(file.scaling ? { scaling: scalingOfFile(file.scaling) } : {}),
    layers,
    timings: { forward: timings.forward ?? 0, saliency: timings.saliency ?? 0 },
  };
}
