import type { FigureExport } from '../../../export';
import { trustMeasure } from '../../../faithfulness/trust/trust-measures';
import type { FigureTheme } from '../../../figures';
import { trustNumber } from '../../../figures/faithfulness/trust-by-layer';
import { effectNumber } from '../../../figures/study/effect-scale';
import {
  type AgainstCell,
  type MethodsAgainstData,
  methodsAgainst,
  methodsAgainstHeight,
} from '../../../figures/study/methods-against';
import { saliencyMethodNames } from '../../../saliency/method-names';
import { equals } from '../../../study/findings/finding';
import type { Study } from '../../../study/study-data';
import { explainedInWords } from '../../../study/study-words';
import { differs, type MethodPairs } from '../../../study/trust/method-pairs';
import {
  differenceFor,
  effectFor,
  type MethodSquare,
  methodSquare,
  type SquareCell,
  type SquareMeasure,
  type SquareMethod,
  type SquareOrder,
} from '../../../study/trust/method-square';
import { squareInWords } from '../../../study/trust/method-square-words';
import type { TrustLayer } from '../../../study/trust/trust-table';
import { counted } from '../../../text/counted';
import { say } from '../../../text/say';
import { complete } from '../results/export-study-figures';

export const againstTitle = 'Methods against each other';

/** Width of the figure in files: a square needs less than a chart by layer. */
const width = 860;
/** The effect that has the full colour: twice what Cohen called large. */
const FULL = 1.6;

/** What is set against each other, and how. */
export interface Against {
  readonly at: TrustLayer;
  readonly measure: SquareMeasure;
  readonly order: SquareOrder;
}

/** The square as the figure takes it. */
export function againstData(
  square: MethodSquare,
  { at, measure }: Against,
  study: Study,
): MethodsAgainstData {
  const all = measure === 'all';
  const notes = square.methods.map((own) => ({
    name: say(saliencyMethodNames[own.method]),
    ...noteOf(own, at, study),
  }));
  return {
    methods: notes,
    noted: all ? say('better : worse') : say('mean'),
    cells: square.cells.map((row, r) =>
      row.map((cell, c) => cell && cellOf(cell, notes[r].name, notes[c].name, measure)),
    ),
    ...(all ? ofAll : ofOne),
    legend: all
      ? say('measures by which the row is better, less those by which it is worse, as a share of all')
      : say('effect size d: blue where the row is better than the column, red where it is worse'),
  };
}

const ofOne = { full: FULL, steps: [-FULL, -0.8, -0.5, -0.2, 0.2, 0.5, 0.8, FULL] };
const ofAll = { full: 1, steps: [-1, -0.6, -0.3, 0.3, 0.6, 1] };

function noteOf({ band, layer, wins, losses }: SquareMethod, at: TrustLayer, { layers }: Study) {
  if (!band) return { note: `${wins} : ${losses}` };
  const range = say('{low} to {high}', { low: trustNumber(band.low), high: trustNumber(band.high) });
  const place = at === 'best' && layer !== null ? `${say(', ')}${layers[layer].name}` : '';
  return { note: trustNumber(band.mean), more: `${say(', ')}${range}${place}` };
}

function cellOf(cell: SquareCell, row: string, column: string, measure: SquareMeasure): AgainstCell | null {
  if ('wins' in cell) {
    const { wins, losses, of } = cell;
    return {
      strength: (wins - losses) / of,
      holds: wins > 0 || losses > 0,
      text: `${wins}:${losses}`,
      words: say('{row} against {column}: better by {wins}, worse by {losses} of {measures}', {
        ...{ row, column, wins, losses },
        measures: counted(of, 'measure'),
      }),
    };
  }
  const effect = effectFor(cell);
  const { mean, low, high } = differenceFor(cell);
  const name = measure === 'all' ? '' : say(trustMeasure(measure).name);
  return {
    strength: effect ?? 0,
    holds: effect !== null && differs(cell.pair),
    text: effect === null ? (mean === 0 ? '=' : '–') : effectNumber(effect),
    words: say('{name}, {row} less {column}: {mean}, {low} to {high}, p {p}', {
      ...{ name, row, column, mean: trustNumber(mean), low: trustNumber(low), high: trustNumber(high) },
      p: equals(cell.pair.p),
    }),
  };
}

const how =
  'On the same images: Cohen’s d of the paired differences. Filled: p below .05 by sign flips of whole images, corrected for all pairs of methods and all measures of the study (Westfall and Young).';
const howAll =
  'On the same images, a measure counted where p is below .05 by sign flips of whole images, corrected for all pairs of methods and all measures of the study (Westfall and Young).';

/** What was compared, for captions and below the figure. */
export const againstNote = ({ at, measure }: Against): string =>
  say(measure === 'all' ? howAll : how) +
  (at === 'best'
    ? say(' Each method is taken at the layer that is best for it on these images, which flatters its mean.')
    : '');

/** The square with its caption, and a row of its table for every pair. */
export function exportAgainst(found: MethodPairs, chosen: Against, study: Study): Promise<FigureExport> {
  const { at, measure, order } = chosen;
  const square = methodSquare(found, measure, order);
  const where = at === 'best' ? say('the best layer of each') : study.layers[at].name;
  const studied = say('{network}, {where}, {explained} of {images}.', {
    explained: explainedInWords(study, 'predicted'),
    ...{ network: study.model.name, where, images: counted(study.images.length, 'image') },
  });
  const name = measure === 'all' ? say('All measures') : say(trustMeasure(measure).name);
  const title = say('{title}: {name}', { title: say(againstTitle), name });
  const caption = `${studied} ${squareInWords(found, square, measure)} ${againstNote(chosen)}`;
  const data = { ...againstData(square, chosen, study), title, caption };
  const layerOf = (method: string, by: string) => {
    const row = found.measured.find((one) => one.measure === by);
    const layer = row?.methods.find((one) => one.method === method)?.layer ?? null;
    return layer === null ? '' : study.layers[layer].name;
  };
  return complete(study, 'methods against each other', {
    title,
    size: { width, height: methodsAgainstHeight(data, width) },
    svg: (owner: Document, theme: FigureTheme) => methodsAgainst(owner, data, width, theme),
    rows: () =>
      found.pairs
        .filter((pair) => measure === 'all' || pair.measure === measure)
        .map(({ first, second, difference, effect, p, ...pair }) => ({
          ...{ measure: pair.measure, better: pair.better, first, second },
          ...{ first_layer: layerOf(first, pair.measure), second_layer: layerOf(second, pair.measure) },
          ...{ difference: difference.mean, low: difference.low, high: difference.high },
          ...{ effect_size: effect?.effect ?? null, effect_low: effect?.low ?? null },
          ...{ effect_high: effect?.high ?? null, p_corrected: p, images: difference.count },
        })),
  });
}
