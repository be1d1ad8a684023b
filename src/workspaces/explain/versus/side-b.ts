import { loadNetwork } from '../../../models/load-network';
import { ownFile } from '../../../models/networks';
import type { EngineProgress } from '../../../rpc/engine-progress';
import { attentionMethodsFor, isAttentionMethod, saliencyMethodNames } from '../../../saliency/method-names';
import type { ExplainState, KnownNetwork, OpenPicture } from '../../../state/explain-store';
import { asItsFileSays, type ExplainSettings, theWinner } from '../../../state/settings';
import { OWN_PICTURE, type Versus } from '../../../state/versus';
import type { VersusSide } from '../../../state/versus-store';
import { counted } from '../../../text/counted';
import { say } from '../../../text/say';
import { decode, fetchPicture, nameOfUrl } from '../picture/picture-source';
import { analysed } from '../target/explain-picture';
import { readSecondPicture } from '../target/second-picture';
import { ownPicture } from './own-picture';

type Shown = Pick<ExplainState, 'settings' | 'manifest' | 'analysis' | 'picture' | 'examples'>;

/** What is analysed beside, before it is. */
interface Asked {
  settings: ExplainSettings;
  picture: OpenPicture;
  note: string;
}

/**
 * Analyses what is to stand beside the analysis on screen, in the same engine: everything as on screen but for the one thing that
 * differs.
 * @throws Error in words where there is no such class, method, network or picture
 */
export async function analyseSide(
  versus: Versus,
  shown: Shown,
  signal: AbortSignal,
  onProgress: (progress: EngineProgress) => void,
): Promise<VersusSide> {
  const { manifest, picture } = shown;
  if (!manifest || !picture) throw new Error(say('Nothing is open yet.'));
  const asked = await askedFor(versus, { ...shown, manifest, picture }, signal, onProgress);
  if (asked.settings.alike) await readSecondPicture(asked.settings.alike, manifest, signal);
  const analysis = await analysed(asked.settings, asked.picture, signal, onProgress);
  return { ...asked, analysis, measurement: null };
}

async function askedFor(
  versus: Versus,
  shown: Shown & { manifest: KnownNetwork; picture: OpenPicture },
  signal: AbortSignal,
  onProgress: (progress: EngineProgress) => void,
): Promise<Asked> {
  const { settings, manifest, picture } = shown;
  switch (versus.kind) {
    case 'class': {
      const { index } = versus;
      const { id, labels } = manifest;
      if (index >= labels.length)
        throw new Error(
          say('There is no class {index}: {id} has {classes}, the first with number 0.', {
            index,
            id,
            classes: counted(labels.length, 'class', 'classes'),
          }),
        );
      return { settings: { ...settings, ...theWinner, target: index }, picture, note: '' };
    }
    case 'method': {
      const { method } = versus;
      if (isAttentionMethod(method) && !attentionMethodsFor(manifest.attention).includes(method))
        throw new Error(
          say('{id} has no {saliencyMethodName}.', {
            id: manifest.id,
            saliencyMethodName: saliencyMethodNames[method],
          }),
        );
      return { settings: { ...settings, method }, picture, note: '' };
    }
    case 'model': {
      const other = { ...settings, ...asItsFileSays, model: versus.model };
      const network = await loadNetwork(other, onProgress, signal);
      const { target, note } = sameClass(shown, network);
      const method = methodFor(settings, network);
      const read = await decode(picture.file, picture.name, picture.source, signal, network);
      return {
        settings: { ...other, target, method: method ?? 'grad-cam' },
        picture: read,
        note:
          method === null
            ? say('{note}{id} has no {saliencyMethodName}: B is Grad-CAM. ', {
                note,
                id: network.id,
                saliencyMethodName: saliencyMethodNames[settings.method],
              })
            : note,
      };
    }
    case 'image': {
      const { image } = versus;
      const second = await secondPicture(image, shown, signal);
      return { settings: { ...settings, image: second.source }, picture: second, note: '' };
    }
  }
}

/** A name as it is whoever writes it: "golf_ball" is "Golf ball". */
const plain = (label: string) =>
  label
    .toLowerCase()
    .replaceAll(/[_\s-]+/g, ' ')
    .trim();

/** The class on screen in another network, by its name; that network's winner where the winner is explained, and where it has no such class. */
function sameClass({ settings, analysis }: Shown, { id, labels }: KnownNetwork) {
  const name = analysis && plain(analysis.target.label);
  if (settings.target === null || !name) return { target: null, note: '' };
  const index = labels.findIndex((label) => plain(label) === name);
  if (index >= 0) return { target: index, note: '' };
  return {
    target: null,
    note: say('{id} has no class “{label}”: B explains its winner. ', { id, label: analysis?.target.label }),
  };
}

/** The method on screen; null where another network has no such attention. */
function methodFor({ method }: ExplainSettings, { attention }: KnownNetwork) {
  return isAttentionMethod(method) && !attentionMethodsFor(attention).includes(method) ? null : method;
}

async function secondPicture(
  image: string,
  { examples, manifest }: Shown & { manifest: KnownNetwork },
  signal: AbortSignal,
): Promise<OpenPicture> {
  const example = examples.find(({ id }) => id === image);
  const own = image === OWN_PICTURE ? ownPicture() : null;
  const file = own ?? (await fetchPicture(example ? ownFile(`examples/${example.file}`) : image, signal));
  const name = example?.title ?? own?.name ?? nameOfUrl(image);
  return decode(file, name, own ? '' : image, signal, manifest);
}
