import type { SaliencyLayer } from '../../../saliency/saliency-layer';
import type { ExplainSettings } from '../../../state/settings';

/** How layers are folded: not at all, by pairs, or by blocks. */
export type Folding = Exclude<ExplainSettings['fold'], 'auto'>;

export const foldingInWords: Record<Folding, string> = {
  none: 'one a layer',
  pairs: 'pairs as one',
  blocks: 'blocks as one',
};

type Folded = Pick<SaliencyLayer, 'column'>;

/** Narrower columns have no room for a thumbnail of their own, in pixels. */
const NARROWEST = 21;

/** The last layer of the column that each layer belongs to. */
export function columnEnds(layers: readonly Folded[], folding: Folding): number[] {
  return layers.map(({ column }, i) =>
    folding === 'none' || !column ? i : folding === 'pairs' ? column.pair : column.block,
  );
}

/** Whether any of the layers can be folded. */
export const canFold = (layers: readonly Folded[]) => layers.some(({ column }) => column !== undefined);

/** Foldings that make a difference to these layers, from none on. */
export function foldingsOf(layers: readonly Folded[]): Folding[] {
  const counted = (folding: Folding) => new Set(columnEnds(layers, folding)).size;
  const all: Folding[] = ['none', 'pairs', 'blocks'];
  return all.filter((folding, i) => i === 0 || counted(folding) < counted(all[i - 1]));
}

/**
 * The least folding that leaves every column room for its thumbnail; the most there is where none does.
 * @param room of all columns together, in pixels
 */
export function foldingFor(layers: readonly Folded[], room: number): Folding {
  const [none, ...more] = foldingsOf(layers);
  if (room <= 0) return none;
  const fits = (folding: Folding) => room / new Set(columnEnds(layers, folding)).size >= NARROWEST;
  return [none, ...more].find(fits) ?? more[more.length - 1] ?? none;
}

/** One column: the layers in it, and the one of them that it shows. */
export interface Column {
  readonly from: number;
  /** Its last layer. */
  readonly last: number;
  readonly shows: number;
  /** The last layer of the column that it was folded into before that was opened. */
  readonly opened?: number;
}

/**
 * The columns of the layers `from` up to, and without, `to`. A column shows its last layer, or the selected one where that is in it: nothing
 * that is selected is out of sight.
 * @param open last layers of the columns that were opened
 */
export function columnsOf(
  ends: readonly number[],
  { from, to }: { readonly from: number; readonly to: number },
  open: ReadonlySet<number>,
  selected: number | null,
): Column[] {
  const columns: Column[] = [];
  for (let first = from; first < to; ) {
    const end = ends[first];
    const isOpen = open.has(end);
    const last = isOpen ? first : Math.min(to - 1, end);
    const isIn = selected !== null && selected >= first && selected <= last;
    columns.push({ from: first, last, shows: isIn ? selected : last, ...(isOpen && { opened: end }) });
    first = last + 1;
  }
  return columns;
}
