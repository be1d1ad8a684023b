import { type FigureTheme, figureThemes } from '../../../figures';
import {
  type StorySlideData,
  slideSize,
  storySlide,
  storySlideLayout,
} from '../../../figures/story/story-slide';
import { saliencyMethodNames } from '../../../saliency/method-names';
import type { ExplainState } from '../../../state/explain-store';
import { say } from '../../../text/say';
import { networkCalled } from '../network/network-called';
import { chartSvg, pictureSvg, type RasterLook, storyAspect } from './drawn-story';
import type { StoryStep } from './story-steps';

/** What rasters of slides are kept as: what print asks for at the width of a screen. */
const printed: RasterLook = { ratio: 2.5, quality: 0.92 };

/** What a slide says at its foot: what is told of, and by what. */
export function storyOf(state: ExplainState): string {
  const { picture, analysis } = state;
  const method = analysis ? saliencyMethodNames[analysis.method] : '';
  return [picture?.name, networkCalled(state), method].filter(Boolean).join(' · ');
}

export const slideData = (
  state: ExplainState,
  step: StoryStep,
  at: number,
  count: number,
): StorySlideData => ({
  ...{ title: step.title, says: step.says },
  footer: [storyOf(state), say('{at} of {count}', { at: at + 1, count })],
  picture: step.picture === null ? null : storyAspect(state),
  chart: step.chart !== null,
});

/**
 * A step as a slide, on the page's light paper.
 * @param withPicture whether its picture is drawn; a film draws it over the slide
 */
export function slideSvg(
  state: ExplainState,
  steps: readonly StoryStep[],
  at: number,
  withPicture = true,
  theme: FigureTheme = figureThemes.light,
): SVGSVGElement {
  const step = steps[at];
  const data = slideData(state, step, at, steps.length);
  const { picture, chart } = storySlideLayout(data);
  return storySlide(
    document,
    data,
    {
      picture: withPicture && picture ? pictureSvg(state, step, picture, theme, printed) : null,
      chart: chart && chartSvg(state, step, chart, theme),
    },
    theme,
  );
}

/** Points of a slide: ten inches wide, as slides of 16 to 9 usually are. */
export const slidePoints = { width: slideSize.width * 0.75, height: slideSize.height * 0.75 };
