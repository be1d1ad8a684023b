import { engine, signFinder } from '../../../engine/engine-client';
import type { LayerAgreement, PartAgreementLayer } from '../../../figures';
import type { NetworkSource } from '../../../network/network-request';
import { pictograph } from '../../../pictographs';
import { meanAgreement, signAgreement } from '../../../pictographs/agreement';
import { saliencyMethodNames } from '../../../saliency/method-names';
import type { SaliencyLayer } from '../../../saliency/saliency-layer';
import { warn } from '../../../state/alerts';
import { createLatestWork } from '../../../state/latest-work';
import { initialSettings } from '../../../state/settings';
import { messageOf } from '../../../text/message-of';
import { worldOf } from '../../../training/data/pictograph-data';
import { useTraining } from '../training/training-store';
import { useAgreement } from './agreement-store';
import { networkFiles, type ResultId } from './trained-result';

const { setState } = useAgreement;

/** Scenes that are measured. */
const SCENES = 24;

const measuring = createLatestWork();

/** Compares the signs of every layer with the parts and the object of scenes that were not trained on. */
export async function measureAgreement(id: ResultId): Promise<void> {
  setState({ progress: { done: 0, of: SCENES } });
  try {
    await measuring.run((signal) => measure(id, signal));
  } catch (error) {
    setState({ progress: null });
    warn('optimise', `Signs could not be compared with parts: ${messageOf(error)}.`);
  }
}

async function measure(id: ResultId, signal: AbortSignal): Promise<void> {
  const { network, main, files } = await networkFiles(id);
  const { settings } = useTraining.getState().run ?? { settings: null };
  const { side } = network.architecture;
  const source: NetworkSource = { kind: 'files', id: main, main, files };
  const method = settings?.method ?? 'grad-cam';
  const { tau, theta } = initialSettings;
  const byScene: SceneAgreement[][] = [];
  let layers: SaliencyLayer[] = [];
  for (let index = 0; index < SCENES; index++) {
    const seed = worldOf(settings?.dataSeed ?? 1, 'heldOut');
    const scene = pictograph({ seed, index, side, masks: true });
    const analysed = await engine.call(
      'analyse',
      {
        backend: settings?.backend ?? 'auto',
        network: source,
        scaling: null,
        input: { rgba: scene.rgba, width: side, height: side },
        method,
        target: scene.label,
        pooling: false,
      },
      { signal },
    );
    layers = analysed.layers;
    const maps = layers.map(({ map }) => map);
    const grid = { width: side, height: side };
    const found = await signFinder.call('signs', { maps, grid, tau, theta }, { signal });
    const masks = scene.parts.map(({ mask }) => mask);
    byScene.push(
      found.layers.map(({ labels }) => ({
        parts: signAgreement(labels, masks, side),
        object: signAgreement(labels, [scene.object], side),
      })),
    );
    setState({ progress: { done: index + 1, of: SCENES } });
  }
  setState({
    progress: null,
    layers: layers.map((layer, i) =>
      layerOf(
        layer,
        byScene.map((scene) => scene[i]),
      ),
    ),
    about: `${network.title}: signs of its ${saliencyMethodNames[method]} maps (tau ${tau}, theta ${theta}) in ${SCENES} scenes that it was not trained on, for the class that is shown.`,
  });
}

interface SceneAgreement {
  parts: LayerAgreement | null;
  object: LayerAgreement | null;
}

const layerOf = ({ name, shape }: SaliencyLayer, scenes: readonly SceneAgreement[]): PartAgreementLayer => ({
  name,
  width: shape[1],
  height: shape[0],
  parts: meanAgreement(scenes.map(({ parts }) => parts)),
  object: meanAgreement(scenes.map(({ object }) => object)),
});

/** Another network is on screen: what was measured of the last one says nothing of it. */
export function forgetAgreement(): void {
  measuring.end();
  setState({ layers: null, about: '', progress: null });
}
