import { loadCode } from '../code/missing-code';
import imagenetClassesUrl from '../picture/sets/imagenet-classes.json?url';
import { type BuildOptions, buildNetwork } from './build';
import { readNetworkFiles } from './files/formats';
import { filesAtAddress, filesOfBlobs, type ReadOptions, readText } from './files/network-files';
import type { ReadNetwork } from './files/read-network';
import { named } from './labels/labels';
import type { Network } from './network';
import { NetworkError } from './network-errors';
import type { Graph } from './network-graph';
import { networkName } from './network-name';
import type { NetworkReading, NetworkSource } from './network-request';
import type { NetworkManifest, NetworkSummary } from './network-summary';
import { fittingNames, usualNames } from './output-kind';
import { classifyingOutput, outputCalled, outputName, planNetwork, takesAnySize } from './plan';
import { uniformNumbers } from './scaling/chosen-scaling';
import type { ScalingReport } from './scaling/input-scaling';
import { assertReadsPictures, type FoundScaling, scalingReport } from './scaling/scaling';
import type { PreparedProbe } from './scaling/scaling-check';
import type { ScalingProbe } from './scaling/scaling-probe';
import { attentionSummary } from './tokens/attention-summary';

export interface LoadedNetwork {
  network: Network;
  summary: NetworkSummary;
  /** How pictures are scaled unless the settings say otherwise. */
  scaling: ScalingReport;
  /** Tells whether that scaling looks wrong; null where it is certain. */
  probe: ScalingProbe | null;
}

/** A network whose files are read and described, and that is not on a backend yet. */
export interface PreparedNetwork {
  graph: Graph;
  /** How the graph is built: the output, the size and the layers that were asked for, or the usual ones. */
  build: BuildOptions;
  format: string;
  id: string;
  title: string;
  sha256: string;
  /** Names of the classes as the product lists them; they must fit. */
  labels: string[] | null;
  /** Names in the network's own file, of which some list other things: taken where they fit. */
  ownLabels: string[] | null;
  scaling: ScalingReport;
}

const usualReading: NetworkReading = { output: null, size: null, operations: false };

/** What tells two networks apart: where they come from, and how they are read. */
export const sourceKey = (source: NetworkSource, reading: NetworkReading = usualReading) =>
  JSON.stringify([
    source.kind,
    source.kind === 'files' ? source.id : source.address,
    reading.output,
    reading.size,
    reading.operations,
    reading.reads ?? 'auto',
  ]);

/**
 * Reads the files of a network, as far as that goes without a backend.
 * @throws NetworkError naming the file that is missing or damaged
 */
export async function prepareNetwork(
  source: NetworkSource,
  options: ReadOptions,
  reading: NetworkReading = usualReading,
): Promise<PreparedNetwork> {
  if (source.kind === 'bundled') return prepareBundled(source.address, options, reading);
  const files =
    source.kind === 'address' ? filesAtAddress(source.address) : filesOfBlobs(source.files, source.main);
  const size = reading.size ?? undefined;
  const { labels, scaling, ...read } = await readNetworkFiles(files, { ...options, size });
  const title = networkName(files.main.path, read.name);
  const channels = read.graph.input.shape[2];
  assertReadsPictures(channels);
  const build = buildOptions(read, reading);
  const { findScaling } = await loadCode(() => import('./scaling/find-scaling'));
  const found = findScaling(read.graph, build.output ?? read.graph.outputs[0], scaling, title);
  const whole = { ...build, names: labels?.length ?? 0 };
  const usual = (found.isGuess && usualOfDetector(read.graph, whole)) || found;
  const better = usual.isGuess ? await guessByFirstLayer(read.graph, whole, usual) : null;
  return {
    graph: read.graph,
    build: whole,
    format: read.format,
    id: source.kind === 'address' ? source.address : source.id,
    title,
    sha256: read.sha256,
    labels: null,
    ownLabels: labels,
    scaling: scalingReport(better ?? usual, channels),
  };
}

/** The size of values that the first layer was trained on, where no picture could switch its units as they are guessed to be; else null. */
async function guessByFirstLayer(
  graph: Graph,
  build: BuildOptions,
  guess: FoundScaling,
): Promise<FoundScaling | null> {
  const { firstLayerCheck } = await loadCode(() => import('./scaling/first-layer-check'));
  const used = scalingReport(guess, graph.input.shape[2]);
  const better = unlessRefused(() => firstLayerCheck(graph, build)?.better(used));
  if (!better) return null;
  const reason = 'Guessed: by smaller values hardly a unit of the first layer could be switched on or off.';
  return { scaling: better, reason, isGuess: true };
}

/** YOLO's kind of detectors read values from 0 to 1, whatever wrote the file; null for other networks. */
function usualOfDetector(graph: Graph, build: BuildOptions): FoundScaling | null {
  const detail = detailOf(graph, build);
  if (detail?.kind !== 'boxes' || detail.layout.scored.by !== 'nothing') return null;
  const reason = 'Guessed: detectors that list their boxes so, as YOLO does, are usually trained so.';
  return { scaling: 'unit', reason, isGuess: true };
}

async function prepareBundled(
  address: string,
  options: ReadOptions,
  reading: NetworkReading,
): Promise<PreparedNetwork> {
  const manifestFiles = filesAtAddress(address);
  const manifest: NetworkManifest = JSON.parse(await readText(manifestFiles.main, 1e6, options.signal));
  const files = filesAtAddress(new URL(manifest.model, new URL(address, self.location.href)).href);
  const read = await readNetworkFiles(files, options);
  const { id, title, labels, preprocessing } = manifest;
  return {
    graph: read.graph,
    build: buildOptions(read, reading),
    format: read.format,
    id,
    title,
    sha256: read.sha256,
    labels,
    ownLabels: null,
    scaling: scalingReport(
      {
        scaling: uniformNumbers(preprocessing.scale, preprocessing.offset, read.graph.input.shape[2]),
        reason: 'As the network was trained.',
        isGuess: false,
      },
      read.graph.input.shape[2],
    ),
  };
}

/** @throws NetworkError for an output that the network has not */
function buildOptions(
  { graph, sizeHint }: Pick<ReadNetwork, 'graph' | 'sizeHint'>,
  { output, size, operations, reads = 'auto' }: NetworkReading,
): BuildOptions {
  const side = size ?? sizeHint;
  const sized: BuildOptions = side === undefined ? {} : { inputSize: [side, side] };
  return {
    ...sized,
    fuse: !operations,
    output: output ? outputCalled(graph, output) : classifyingOutput(graph, sized),
    reads,
  };
}

/**
 * Puts a prepared network on the current backend.
 * @throws NetworkError naming the layer that does not fit, or the classes that do not match
 */
export async function loadPrepared(given: PreparedNetwork): Promise<LoadedNetwork> {
  const { graph, build, id, title, format, sha256, scaling, ownLabels } = given;
  // What reads weights comes before the network, which lets them go.
  const prepared = scaling.isGuess ? await probeOf(graph, build) : null;
  const network = builtLast(graph, build, prepared);
  let probe: ScalingProbe | null = null;
  try {
    probe = prepared?.of(network) ?? null;
    const [classes] = network.nodes[network.output].shape;
    const { kind, what, reason, readsEitherWay, noun } = network.reading;
    const withoutGrid = network.attention.filter(({ hasNoGrid }) => hasNoGrid).length;
    const usual = noun === 'class' ? await usualLabels(classes) : usualNames(noun, classes);
    const own = ownLabels && fittingNames(ownLabels, { kind, labels: usual });
    const summary: NetworkSummary = {
      id,
      title,
      format,
      sha256,
      inputShape: [...network.inputShape],
      labels: given.labels
        ? named(given.labels, { kind, labels: usual }, `The manifest of ${id}`)
        : (own ?? usual),
      scalingReason: scaling.reason,
      scaling,
      outputs: [...new Set(graph.outputs)].map((node) => outputName(graph, node)),
      output: outputName(graph, build.output ?? graph.outputs[0]),
      ...{ kind, outputIs: what, outputReason: reason, readsEitherWay },
      takesAnySize: takesAnySize(graph),
      ...(graph.nodes.some(({ spec }) => spec.type === 'quantise') ? { isQuantised: true } : {}),
      attention: attentionSummary(network),
      ...(withoutGrid > 0 ? { withoutGrid } : {}),
      ...(hasChosen(network) ? { things: ownLabels ?? [] } : {}),
    };
    const dispose = () => {
      probe?.dispose();
      network.dispose();
    };
    return { network: { ...network, dispose }, summary, scaling, probe };
  } catch (error) {
    probe?.dispose();
    network.dispose();
    throw error;
  }
}

async function probeOf(graph: Graph, build: BuildOptions): Promise<PreparedProbe> {
  const { scalingProbe } = await loadCode(() => import('./scaling/scaling-check'));
  return scalingProbe(graph, build);
}

/** What tells of places, as far as the file alone says it: a list of names may come yet, and make a detector of what is none so far. */
function detailOf(graph: Graph, build: BuildOptions) {
  return unlessRefused(() => planNetwork(graph, build).detail);
}

function unlessRefused<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof NetworkError) return undefined;
    throw error;
  }
}

/** Whether every box of a detector comes with the number of its class. */
export const hasChosen = ({ detail }: Network) => detail?.kind === 'boxes' && detail.layout.classAt !== null;

/** A network after which nothing reads the graph; where it fails, the probe goes too. */
function builtLast(graph: Graph, build: BuildOptions, probe: PreparedProbe | null): Network {
  try {
    return buildNetwork(graph, build, true);
  } catch (error) {
    probe?.dispose();
    throw error;
  }
}

/** ImageNet's names for a thousand classes, else "class 7". */
async function usualLabels(classes: number): Promise<string[]> {
  if (classes === 1000) return (await fetch(imagenetClassesUrl)).json();
  return usualNames('class', classes);
}
