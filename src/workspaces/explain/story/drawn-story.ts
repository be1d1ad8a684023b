import { drawnAsSvg, type FigureSize, type FigureTheme, saliencyFrame } from '../../../figures';
import type { ExplainState } from '../../../state/explain-store';
import { say } from '../../../text/say';
import { storyFacts } from './story-facts';
import { fitted, storyDrawing, storyPictureData } from './story-figures';
import type { StoryChart, StoryStep } from './story-steps';
import { storySteps } from './story-steps';

/** How the rasters of a story are kept in a file. */
export interface RasterLook {
  /** Pixels for a pixel of the drawing. */
  ratio: number;
  /** Of JPEG, from 0 to 1. */
  quality: number;
}

/** How many times its own size a chart may stand on a slide: it is read from afar. Letters of bars are larger by themselves. */
const largest: Record<StoryChart, number> = { flow: 1.6, entropy: 1.6, predictions: 1.1, weights: 1.1 };

/** The story of what is on screen. @throws Error before there is one */
export function toldStory(state: ExplainState): StoryStep[] {
  const facts = storyFacts(state);
  if (!facts) throw new Error(say('there is nothing to tell yet'));
  return storySteps(facts);
}

/** Width over height of the picture that is read. */
export const storyAspect = ({ picture }: Pick<ExplainState, 'picture'>): number =>
  picture ? picture.input.width / picture.input.height : 1;

/** The picture of a step; null where it has none. A map that lies on it is a raster of its own. */
export function pictureSvg(
  state: ExplainState,
  { picture, title }: StoryStep,
  { width, height }: FigureSize,
  theme: FigureTheme,
  look: RasterLook,
): SVGSVGElement | null {
  const data = picture === null ? null : storyPictureData(state, picture);
  if (!data) return null;
  const position = picture === 'plain' ? 0 : (picture ?? 0);
  return drawnAsSvg(
    document,
    { width, height },
    theme,
    { title, description: '' },
    {
      draw: (context) => saliencyFrame(data, theme)(context, position, { x: 0, y: 0, width, height }),
      ratio: look.ratio,
      encode: (canvas) => jpegOf(canvas, theme.paper, look.quality),
    },
  );
}

/** JPEG knows no transparency: what is transparent shows the paper. */
function jpegOf(canvas: HTMLCanvasElement, paper: string, quality: number): string {
  const context = canvas.getContext('2d');
  if (context) {
    context.globalCompositeOperation = 'destination-over';
    context.fillStyle = paper;
    context.fillRect(0, 0, canvas.width, canvas.height);
  }
  return canvas.toDataURL('image/jpeg', quality);
}

/** The chart of a step, drawn for a place that it is enlarged to; null where it has none. */
export function chartSvg(
  state: ExplainState,
  { chart }: StoryStep,
  place: FigureSize,
  theme: FigureTheme,
): SVGSVGElement | null {
  const drawing = chart && storyDrawing(state, chart);
  if (!drawing) return null;
  return drawing.draw(fitted(drawing, place, largest[chart]).size, theme);
}
