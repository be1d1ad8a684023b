import { type SaliencyMethod, saliencyMethodNames } from '../saliency/method-names';
import type { Setting } from './setting-table';

/** What is set beside the analysis on screen: the same but for one thing. */
export type Versus =
  | { readonly kind: 'class'; readonly index: number }
  | { readonly kind: 'method'; readonly method: SaliencyMethod }
  /** A network, as the setting `model` names it. */
  | { readonly kind: 'model'; readonly model: string }
  /** Id of an example, a picture's URL, or {@link OWN_PICTURE}. */
  | { readonly kind: 'image'; readonly image: string };

/** What the address writes for a second picture of one's own. */
export const OWN_PICTURE = 'file';

/** Names of methods as people write them: "LayerCAM" is `layer-cam`; in an address a plus sign stands for a space. */
const bare = (name: string) =>
  name
    .toLowerCase()
    .replaceAll(' ', '+')
    .replaceAll(/[^a-z0-9+]/g, '');

/** What a text such as `class:3` stands for; null for any other text. */
export function versusOf(text: string): Versus | null {
  const [, kind, value] = /^(class|method|model|image):(.+)$/s.exec(text) ?? [];
  switch (kind) {
    case 'class':
      return /^\d{1,6}$/.test(value) ? { kind, index: Number(value) } : null;
    case 'method': {
      const method = (Object.keys(saliencyMethodNames) as SaliencyMethod[]).find(
        (id) => bare(id) === bare(value),
      );
      return method ? { kind, method } : null;
    }
    case 'model':
      return { kind, model: value };
    case 'image':
      return { kind, image: value };
    default:
      return null;
  }
}

export function versusInText(versus: Versus): string {
  switch (versus.kind) {
    case 'class':
      return `class:${versus.index}`;
    case 'method':
      return `method:${versus.method}`;
    case 'model':
      return `model:${versus.model}`;
    case 'image':
      return `image:${versus.image}`;
  }
}

/** The setting; empty for nothing. */
export const versusSetting: Setting<string> = {
  parameter: 'versus',
  initial: '',
  parse(text) {
    const versus = versusOf(text);
    if (versus) return versusInText(versus);
    return text === '' ? '' : undefined;
  },
  format: (value) => value,
  allowed:
    'class: and the number of a class, method: and a saliency method, model: and a network, or image: and an example or an address',
  look: true,
};
