import { type AnimationExport, figureFonts, interFontFace, rasteriseSvg, svgDocument } from '../../../export';
import { type Context2D, figureThemes, saliencyFrame } from '../../../figures';
import { slideSize, storySlideLayout } from '../../../figures/story/story-slide';
import type { ExplainState } from '../../../state/explain-store';
import { say } from '../../../text/say';
import { withoutExtension } from '../files/analysis-of';
import { toldStory } from './drawn-story';
import { storyPictureData } from './story-figures';
import { slideData, slideSvg } from './story-slides';
import { storyTime } from './story-time';

/** Slides are drawn once, sharp at every scale that a film is saved at. */
const drawnAt = 4 / 3;

/** The story as a film: every slide for as long as it is read, the map moving from layer to layer, what is said in the picture. */
export async function exportStoryFilm(state: ExplainState): Promise<AnimationExport> {
  const { picture, analysis } = state;
  const steps = toldStory(state);
  const theme = figureThemes.light;
  const fontFace = await interFontFace();
  await figureFonts(document);
  const slides: HTMLCanvasElement[] = [];
  for (const at of steps.keys()) {
    const text = svgDocument(slideSvg(state, steps, at, false), { fontFace });
    slides.push(await rasteriseSvg(text, slideSize.width, slideSize.height, drawnAt));
  }
  const boxes = steps.map((step, at) => storySlideLayout(slideData(state, step, at, steps.length)).picture);
  const frameOf = (which: 'plain' | number) => {
    const data = storyPictureData(state, which);
    return data && saliencyFrame(data, theme);
  };
  const [plain, maps] = [frameOf('plain'), frameOf(0)];
  const { seconds, at } = storyTime(steps);
  // Most frames are the same as the one before, which is still there.
  const drawn = new WeakMap<Context2D, string>();
  return {
    name: [withoutExtension(picture?.name ?? ''), analysis?.method ?? '', 'story'],
    title: say('The story, animated'),
    size: slideSize,
    seconds,
    draw(context, time) {
      const { step, position } = at(time);
      const now = `${step} ${position}`;
      if (drawn.get(context) === now) return;
      drawn.set(context, now);
      context.drawImage(slides[step], 0, 0, slideSize.width, slideSize.height);
      const box = boxes[step];
      if (box) (steps[step].picture === 'plain' ? plain : maps)?.(context, position, box);
    },
  };
}
