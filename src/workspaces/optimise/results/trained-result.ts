import { backendTitle } from '../../../backend/backend-names';
import { zipArchive } from '../../../codecs/zip/zip-archive';
import { trainer } from '../../../engine/engine-client';
import { download, fileName } from '../../../export';
import { takeFiles } from '../../../models/networks';
import { bestNetwork } from '../../../search/search-results';
import { formatAddress } from '../../../state/address';
import { warn } from '../../../state/alerts';
import { explain } from '../../../state/explain-port';
import { useExplain } from '../../../state/explain-store';
import { goTo } from '../../../state/place';
import { theWinner } from '../../../state/settings';
import { messageOf } from '../../../text/message-of';
import { reportText } from '../../../training/export/report-text';
import type { TrainedNetwork } from '../../../training/export/trained-network';
import { trainingReport } from '../../../training/export/training-report';
import { type SearchOnPage, useSearch } from '../search/search-store';
import { type TrainingState, useTraining } from '../training/training-store';

/** What can leave the page: the network that was trained, or the best one of a search. */
export type ResultId = 'trained' | 'found';

/** The network that was trained, by its newest good weights; null before there are any. */
export function trainedNetwork({ run, weights, history }: TrainingState): TrainedNetwork | null {
  // Untrained weights are nothing to show.
  if (!run || !weights || history.steps.length === 0) return null;
  const { checkpoint, evaluation } = weights;
  const share = evaluation ? `, ${(evaluation.accuracy * 100).toFixed(1)} %` : '';
  return {
    title: `${run.architecture.title}${share}`,
    architecture: run.architecture,
    weights: checkpoint.weights,
    labels: run.data.classes,
    source: run.source,
    recipe: run.recipe,
    made: new Date().toISOString(),
  };
}

/** The best network of a search; null where there is none, or its weights are not at hand. */
export function foundNetwork({ state, weights }: SearchOnPage): TrainedNetwork | null {
  const best = state && bestNetwork(state);
  const own = weights.find(({ network }) => network === best?.id)?.weights;
  if (!state || !best || !own) return null;
  return {
    title: `${state.architecture.title} reduced, ${(best.test.accuracy * 100).toFixed(1)} %`,
    architecture: best.architecture,
    weights: own,
    labels: state.labels,
    source: state.source,
    recipe: best.recipe,
    made: new Date().toISOString(),
  };
}

const networkOf = (id: ResultId): TrainedNetwork => {
  const network =
    id === 'trained' ? trainedNetwork(useTraining.getState()) : foundNetwork(useSearch.getState());
  if (!network) throw new Error('there is no trained network yet');
  return network;
};

async function told(work: () => Promise<void>, what: string): Promise<void> {
  try {
    await work();
  } catch (error) {
    warn('optimise', `${what}: ${messageOf(error)}.`);
  }
}

/** A TensorFlow.js LayersModel: `model.json` and its weights, in a zip archive. */
export const exportLayersModel = (id: ResultId): Promise<void> =>
  told(async () => {
    const network = networkOf(id);
    const { model, weights } = await trainer.call('layersModel', network);
    const archive = zipArchive([
      { name: 'model.json', bytes: new TextEncoder().encode(model) },
      { name: 'weights.bin', bytes: weights },
    ]);
    download(archive, 'application/zip', fileName([network.title, 'layers-model'], 'zip'));
  }, 'The network could not be exported');

/** A file that `keras.saving.load_model` opens. */
export const exportKeras = (id: ResultId): Promise<void> =>
  told(async () => {
    const network = networkOf(id);
    const archive = await trainer.call('keras', network);
    download(archive, 'application/octet-stream', fileName([network.title], 'keras'));
  }, 'The network could not be exported');

/** A file that onnxruntime opens. */
export const exportOnnx = (id: ResultId): Promise<void> =>
  told(async () => {
    const network = networkOf(id);
    const file = await trainer.call('onnx', network);
    download(file, 'application/octet-stream', fileName([network.title], 'onnx'));
  }, 'The network could not be exported');

/** Data, recipe, curves and results by class of the training on screen. */
export const exportReport = (kind: 'text' | 'json'): Promise<void> =>
  told(async () => {
    const { run, weights, history } = useTraining.getState();
    if (!run || !weights?.evaluation) throw new Error('the network is not tested yet: let the training end');
    const { architecture, recipe, source, data, backend } = run;
    const report = trainingReport({
      title: architecture.title,
      architecture,
      recipe,
      source,
      data,
      backend: backendTitle(backend),
      history,
      evaluation: weights.evaluation,
      evaluatedOn: 'held-out pictures',
      made: new Date().toISOString(),
    });
    const name = [architecture.title, 'training-report'];
    if (kind === 'json') download(JSON.stringify(report), 'application/json', fileName(name, 'json'));
    else download(reportText(report), 'text/markdown', fileName(name, 'md'));
  }, 'The report could not be written');

/** Folders for networks that are handed on, each with a name of its own. */
function createFolders(): (title: string) => string {
  let handed = 0;
  return (title) => {
    handed += 1;
    return `${title}${handed > 1 ? ` (${handed})` : ''}`;
  };
}

const folderFor = createFolders();

/** The network as files that a reader of networks opens. */
export async function networkFiles(
  id: ResultId,
): Promise<{ network: TrainedNetwork; main: string; files: { path: string; blob: Blob }[] }> {
  const network = networkOf(id);
  const { model, weights } = await trainer.call('layersModel', network);
  const folder = folderFor(network.title);
  const main = `${folder}/model.json`;
  const files = [
    { path: main, blob: new Blob([model]) },
    { path: `${folder}/weights.bin`, blob: new Blob([weights]) },
  ];
  return { network, main, files };
}

/** Opens the network in another workspace, as if its files had been dropped there. */
export const openIn = (id: ResultId, workspace: 'explain' | 'study'): Promise<void> =>
  told(async () => {
    const { main, files } = await networkFiles(id);
    const name = takeFiles(files, main);
    const model = { model: name, ...theWinner, layer: '', inputScaling: 'auto' as const };
    if (workspace === 'explain') {
      goTo('explain', formatAddress({ ...useExplain.getState().settings, ...model }));
    } else {
      explain.change(model);
      goTo('study');
    }
  }, 'The network could not be opened there');
