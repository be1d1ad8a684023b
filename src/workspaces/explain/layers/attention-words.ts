import type { AnalyseRequest } from '../../../saliency/analysis';
import { type Patch, patchAt } from '../../../saliency/attention/patch-at';
import { isAttentionMethod } from '../../../saliency/method-names';
import type { KnownNetwork } from '../../../state/explain-store';
import { type ExplainSettings, placeInPicture } from '../../../state/settings';
import { say } from '../../../text/say';

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
  say('column {column}, row {row} of {columns} × {rows}', {
    column: column + 1,
    row: row + 1,
    columns,
    rows,
  });

/** Whose attention the map of a layer is, as a sentence goes on: "of the class token, mean of 12 heads". */
export function lookingInWords(
  { method, token, head }: ExplainSettings,
  attention: KnownNetwork['attention'],
): string | null {
  if (method !== 'attention' || !attention) return null;
  const patch = patchOf(token, attention.grid);
  const whose = attention.hasClassToken ? say('the class token') : say('all tokens, on average');
  const heads =
    head === 0
      ? say('mean of {heads} heads', { heads: attention.heads })
      : say('head {head} of {heads}', { head, heads: attention.heads });
  return say('of {part}, {heads}', {
    part: patch ? say('the patch at {patch}', { patch: patchInWords(patch, attention.grid) }) : whose,
    heads,
  });
}

/** What stands beside the maps of a method that reads attention; null for any other. */
export function attentionCaution(
  { method }: ExplainSettings,
  attention: KnownNetwork['attention'],
): string | null {
  if (!isAttentionMethod(method)) return null;
  const windows = attention?.hasWindows
    ? say(' Where blocks look within windows, a patch reads nothing outside of its own.')
    : '';
  return say('Attention says where tokens look, not what decides.{windows}', { windows });
}
