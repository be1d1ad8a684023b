import { formatAddress } from '../../../state/address';
import { warn } from '../../../state/alerts';
import { explain } from '../../../state/explain-port';
import { useExplain } from '../../../state/explain-store';
import { goTo } from '../../../state/place';
import { type ExplainSettings, theWinner } from '../../../state/settings';
import type { StudyImage } from '../../../study/study-data';
import { useStudy } from '../run/study-store';

/** Opens a picture of the study on screen in the Explain workspace, by the network, method and measure it was studied with. */
export async function openInExplain(image: StudyImage): Promise<void> {
  const { study, images, view } = useStudy.getState();
  const entry = images?.set.entries.find(({ path }) => path === image.path);
  if (!study || !entry) {
    warn('study', `The picture ${image.path} is not at hand: open the images of this study again.`);
    return;
  }
  const { settings: shown } = useExplain.getState();
  const { model, method, pooling, inputScaling, measures, levels, grid, neighbourhood, torus, tau, theta } =
    study.settings;
  const reads = study.settings.reads ?? 'auto';
  const settings: ExplainSettings = {
    ...shown,
    ...theWinner,
    ...({
      model,
      method,
      pooling,
      levels,
      grid,
      neighbourhood,
      torus,
      tau,
      theta,
    } as Partial<ExplainSettings>),
    inputScaling: inputScaling ?? 'auto',
    reads,
    smooth: study.settings.smooth ?? 'none',
    against: study.settings.against ?? null,
    box: study.settings.box ?? null,
    part: study.settings.part ?? 'score',
    measure: measures.find((id) => id === view.column) ?? measures[0] ?? shown.measure,
    target: view.target === 'true' ? image.trueClass : null,
    layer: view.layer ?? '',
  };
  const file = await entry.read();
  // By its own settings as they are: what it then shows comes with its picture.
  goTo('explain', formatAddress(shown));
  await explain.show({ file, name: image.path, settings });
}
