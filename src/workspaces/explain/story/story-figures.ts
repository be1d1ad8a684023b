import {
  entropyChart,
  entropyChartHeight,
  type FigureSize,
  type FigureTheme,
  flowHeight,
  type SaliencyFrameData,
  signColour,
  superizationFlow,
} from '../../../figures';
import { type BarListData, barList, barListHeights } from '../../../figures/story/bar-list';
import { valueInWords } from '../../../network/prediction';
import type { ExplainState } from '../../../state/explain-store';
import { say } from '../../../text/say';
import { carriedBy } from '../decision/decision-view';
import { barEnd, weightInWords } from '../decision/decision-words';
import { createPictureUrls } from '../picture/small-picture';
import { flowData } from '../signs/flow-view';
import { percentDown } from '../verdict/picture-verdict';
import { entropyChartData, saliencyFrameData } from '../view-model';
import type { StoryChart, StoryStep } from './story-steps';

/** A chart of the story: drawn at any width, from its least height on. */
export interface StoryDrawing {
  heightAt(width: number): number;
  /** Height beyond which it would only be empty; none where it takes all there is. */
  most?: number;
  draw(size: FigureSize, theme: FigureTheme): SVGSVGElement;
}

/**
 * How a chart is drawn for a place, in which it then stands so many times as large: letters and all, as far as all of it fits. Where not even its least height
 * has room it is higher than the place.
 *
 * @param largest most times that it may be enlarged
 */
export function fitted(drawing: StoryDrawing, place: FigureSize, largest: number) {
  const tenths = Array.from({ length: Math.max(1, Math.floor(largest * 10) - 9) }, (_, i) => 1 + i / 10);
  const times = tenths.findLast((each) => drawing.heightAt(place.width / each) * each <= place.height) ?? 1;
  const width = Math.round(place.width / times);
  const room = Math.min(drawing.most ?? Number.POSITIVE_INFINITY, Math.floor(place.height / times));
  return { times, size: { width, height: Math.max(drawing.heightAt(width), room) } };
}

/** Most layers whose names stand below a chart: of more, every third would be named, by what is left of its name. */
const mostNamed = 60;

/** Rows of a list that are read from afar. */
const mostRows = 5;

/** The picture of a step at any place between the layers, in the colours of the page; null before the first analysis. */
export function storyPictureData(
  state: Pick<ExplainState, 'analysis' | 'picture' | 'signs' | 'settings'>,
  picture: StoryStep['picture'],
): SaliencyFrameData | null {
  const { settings } = state;
  if (picture === 'plain') return saliencyFrameData(state, { ...settings, view: 'image', outlines: false });
  // Somebody who looked at the picture alone wants its maps told all the same.
  const view = settings.view === 'image' ? 'overlay' : settings.view;
  return saliencyFrameData(state, { ...settings, view, outlines: true });
}

/** A chart of the story as it can be drawn now; null where there is none. */
export function storyDrawing(state: ExplainState, chart: StoryChart): StoryDrawing | null {
  return charts[chart](state);
}

const isNamed = ({ analysis }: ExplainState) => (analysis?.layers.length ?? 0) <= mostNamed;

const charts: Record<StoryChart, (state: ExplainState) => StoryDrawing | null> = {
  entropy(state) {
    const shown = entropyChartData(state);
    const data = shown && { ...shown, selected: null, layerNames: isNamed(state) };
    return (
      data && {
        heightAt: (width) => entropyChartHeight(width, data),
        draw: (size, theme) => entropyChart(document, data, size, theme),
      }
    );
  },
  flow(state) {
    const { picture, settings } = state;
    const shown = flowData(state, settings.flow, picture ? smallUrl(picture.display) : undefined);
    const data = shown?.linked ? { ...shown, selected: null, layerNames: isNamed(state) } : null;
    return (
      data && {
        heightAt: (width) => flowHeight(width, data) - 120,
        draw: (size, theme) => superizationFlow(document, data, size, theme),
      }
    );
  },
  predictions: (state) => bars((theme) => predictionBars(state, theme)),
  weights: (state) => bars((theme) => weightBars(state, theme)),
};

function bars(dataIn: (theme: FigureTheme | null) => BarListData | null): StoryDrawing | null {
  const data = dataIn(null);
  if (!data || data.rows.length === 0) return null;
  const { least, most } = barListHeights(data);
  return {
    heightAt: () => least,
    most,
    draw: (size, theme) => barList(document, dataIn(theme) ?? data, size, theme),
  };
}

/** The picture that the flow takes its parts from: they are small. */
const smallUrl = createPictureUrls({ side: 480, type: 'image/jpeg', quality: 0.88 });

/** What the network says, the first few of it and what is explained. */
function predictionBars({ analysis }: ExplainState, theme: FigureTheme | null): BarListData | null {
  if (!analysis) return null;
  const shown = analysis.predictions.filter(
    ({ index }, rank) => rank < mostRows || index === analysis.target.index,
  );
  return {
    title: say('Prediction'),
    rows: shown.map(({ index, label, probability, logit }) => {
      const strong = index === analysis.target.index;
      return {
        ...{ label, share: probability, text: valueInWords({ probability, logit }), strong },
        colour: (strong ? theme?.accent : theme?.nullLine) ?? '',
      };
    }),
  };
}

/** What the signs of the last layer cost when they are masked, one by one; null before that is computed. */
function weightBars(state: ExplainState, theme: FigureTheme | null): BarListData | null {
  const carried = carriedBy(state);
  if (!carried || carried.signs.every(({ weight }) => weight === null)) return null;
  const end = barEnd(carried);
  const unit = carried.probability === null ? '' : say(' logits');
  return {
    title: say('What masking costs'),
    rows: carried.signs.slice(0, mostRows).map(({ weight, share }, rank) => ({
      label: say('Sign {rank}, {share} of the evidence', { rank: rank + 1, share: percentDown(share) }),
      share: weight === null ? null : weight / end,
      text: weight === null ? '–' : `${weightInWords(weight, carried)}${unit}`,
      colour: theme ? signColour(theme, rank) : '',
    })),
  };
}
