import { loadCode } from '../../../code/missing-code';
import { encodeBase64 } from '../../../codecs/base64-float32';
import { fileName, interFontFace, type RenderedFigure } from '../../../export';
import { ownIds } from '../../../export/own-ids';
import { figureThemes } from '../../../figures';
import type { ExplainState } from '../../../state/explain-store';
import { say } from '../../../text/say';
import { withoutExtension } from '../files/analysis-of';
import { chartSvg, pictureSvg, type RasterLook, storyAspect, toldStory } from './drawn-story';
import { type StoryFileStep, storyFile } from './story-file';
import { slidePoints, slideSvg, storyOf } from './story-slides';
import { secondsOf } from './story-time';

const nameOf = ({ picture, analysis }: ExplainState) => [
  withoutExtension(picture?.name ?? ''),
  analysis?.method ?? '',
  'story',
];

const titleOf = ({ picture }: ExplainState) => say('{name}: a story', { name: picture?.name });

/** The story as slides, one a page. */
export async function exportSlides(state: ExplainState): Promise<RenderedFigure> {
  const steps = toldStory(state);
  const { pagesPdf } = await loadCode(() => import('../../../export/pdf/figure-pdf'));
  const bytes = await pagesPdf(
    steps.map((_, at) => slideSvg(state, steps, at)),
    slidePoints,
    { title: titleOf(state), paper: figureThemes.light.paper },
  );
  return { bytes, mime: 'application/pdf', fileName: fileName(nameOf(state), 'pdf') };
}

/** Most bytes of a story's page: it goes by mail. */
const mostBytes = 4_900_000;

/** Ever smaller rasters, until the page is small enough. */
const looks: readonly RasterLook[] = [
  { ratio: 2, quality: 0.88 },
  { ratio: 1.5, quality: 0.82 },
  { ratio: 1, quality: 0.75 },
  { ratio: 0.75, quality: 0.6 },
];

/** Where a chart stands on a phone, in CSS pixels. */
const phone = { width: 360, height: 400 };

/**
 * The story as one page that stands alone.
 * @throws Error where even small pictures leave it too large
 */
export async function exportPage(state: ExplainState): Promise<RenderedFigure> {
  const steps = toldStory(state);
  const nonce = encodeBase64(crypto.getRandomValues(new Uint8Array(16)));
  const fontFace = await interFontFace();
  for (const look of looks) {
    const pictures = new Map<string, string>();
    const text = storyFile({
      ...{ title: titleOf(state), footer: storyOf(state), fontFace, nonce, pictures },
      steps: steps.map((step, i): StoryFileStep => {
        const theme = figureThemes.light;
        const aspect = storyAspect(state);
        const side =
          aspect >= 1 ? { width: 480, height: 480 / aspect } : { width: 480 * aspect, height: 480 };
        const besidePicture = step.picture !== null;
        const place = besidePicture ? { width: 440, height: 300 } : { width: 1000, height: 440 };
        const markup = (svg: SVGSVGElement | null, name: string, style: string) => {
          svg?.setAttribute('class', style);
          svg?.setAttribute('preserveAspectRatio', style === 'picture' ? 'xMidYMid' : 'xMidYMin');
          return svg && markupOf(svg, `${name}${i}-`, pictures);
        };
        const wide = markup(chartSvg(state, step, place, theme), 'c', 'wide');
        const narrow = besidePicture ? null : markup(chartSvg(state, step, phone, theme), 'n', 'narrow');
        return {
          ...{ title: step.title, says: step.says, seconds: secondsOf(step) },
          picture: markup(pictureSvg(state, step, side, theme, look), 'p', 'picture'),
          chart: wide && wide + (narrow ?? ''),
        };
      }),
    });
    const bytes = new TextEncoder().encode(text);
    if (bytes.length < mostBytes)
      return { bytes, mime: 'text/html', fileName: fileName(nameOf(state), 'html') };
  }
  throw new Error(say('it would be larger than 5 MB'));
}

/** A figure as a part of a page: its ids are its own, and pictures that others hold as well are kept once, with those of the page. */
export function markupOf(svg: SVGSVGElement, prefix: string, pictures: Map<string, string>): string {
  const ids = new Map([...pictures].map(([id, href]) => [href, id]));
  ownIds(svg, prefix);
  for (const image of svg.querySelectorAll('defs > image[id][href^="data:"][width="1"][height="1"]')) {
    const href = image.getAttribute('href') ?? '';
    const id = ids.get(href) ?? `picture-${ids.size}`;
    ids.set(href, id);
    pictures.set(id, href);
    for (const use of svg.querySelectorAll(`use[href="#${image.id}"]`)) use.setAttribute('href', `#${id}`);
    image.remove();
  }
  svg.removeAttribute('xmlns');
  return svg.outerHTML;
}
