import type { AnalyseRequest } from '../../../saliency/analysis';
import { type Patch, patchAt } from '../../../saliency/attention/patch-at';
import { isAttentionMethod } from '../../../saliency/method-names';
import type { KnownNetwork } from '../../../state/explain-store';
import { type ExplainSettings, placeInPicture } from '../../../state/settings';

type Grid = readonly [number, number];

/** Whose attention an analysis by the settings shows. */
export const attentionRequest = ({
  method,
  token,
  head,
}: ExplainSettings): Pick<AnalyseRequest, 'attention'> =>
  method === 'attention'
    ? { attention: { token: placeInPicture(token), head: head === 0 ? null : head - 1 } }
    : {};

/** The patch that a setting points at; null where it points at none. */
export function patchOf(token: string, grid: Grid): Patch | null {
  const place = placeInPicture(token);
  return place && patchAt(place, grid);
}

/** The setting that points at the middle of a patch. */
export function tokenOf({ column, row }: Patch, [rows, columns]: Grid): string {
  const middle = (place: number, count: number) => Number(((place + 0.5) / count).toFixed(4));
  return `${middle(column, columns)},${middle(row, rows)}`;
}

export const patchInWords = ({ column, row }: Patch, [rows, columns]: Grid): string =>
  `column ${column + 1}, row ${row + 1} of ${columns} × ${rows}`;

/** Whose attention the map of a layer is, as a sentence goes on: "of the class token, mean of 12 heads". */
export function lookingInWords(
  { method, token, head }: ExplainSettings,
  attention: KnownNetwork['attention'],
): string | null {
  if (method !== 'attention' || !attention) return null;
  const patch = patchOf(token, attention.grid);
  const whose = attention.hasClassToken ? 'the class token' : 'all tokens, on average';
  const heads = head === 0 ? `mean of ${attention.heads} heads` : `head ${head} of ${attention.heads}`;
  return `of ${patch ? `the patch at ${patchInWords(patch, attention.grid)}` : whose}, ${heads}`;
}

/** What stands beside the maps of a method that reads attention; null for any other. */
export function attentionCaution(
  { method }: ExplainSettings,
  attention: KnownNetwork['attention'],
): string | null {
  if (!isAttentionMethod(method)) return null;
  const windows = attention?.hasWindows
    ? ' Where blocks look within windows, a patch reads nothing outside of its own.'
    : '';
  return `Attention says where tokens look, not what decides.${windows}`;
}
