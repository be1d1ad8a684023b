import type { Weight } from '../network-graph';
import type { OperationSpec } from '../ops';
import type { Argument } from './calls';
import { type LayerConfig, shortened } from './layer-config';

interface Part {
  readonly begin: number;
  readonly end: number | null;
  readonly step: number;
  /** The axis goes: a single place of it is taken. */
  readonly single: boolean;
}

const whole: Part = { begin: 0, end: null, step: 1, single: false };

/**
 * What `x[key]` takes of x, as NumPy defines it.
 * @param key as a file has it: one entry an axis, the batch first; numbers, slices `{start, stop, step}`, an ellipsis, and null
 *   for a new axis
 */
export function itemsOf(layer: LayerConfig, key: Argument): OperationSpec<Weight>[] {
  const entries = Array.isArray(key) ? key : [key];
  const refused = () => layer.fail(`takes the part ${shortened(key)} of its input, which cannot be read.`);
  const ellipses = entries.filter(isEllipsis).length;
  const axes = layer.rank + 1;
  const named = entries.filter((entry) => entry !== null && !isEllipsis(entry)).length;
  if (ellipses > 1 || named > axes) throw refused();
  const filled = ellipses === 1 ? entries : [...entries, { class_name: '__ellipsis__' }];
  const expanded = filled.flatMap((entry): Argument[] =>
    isEllipsis(entry) ? new Array(axes - named).fill({ start: null, stop: null, step: null }) : [entry],
  );
  const parts: Part[] = [];
  const inserted: number[] = [];
  let place = 0;
  for (const entry of expanded) {
    if (entry === null) {
      inserted.push(place - 1);
      place += 1;
      continue;
    }
    const part = partOf(entry);
    if (!part) throw refused();
    parts.push(part);
    if (!part.single) place += 1;
  }
  const [batch, ...rest] = parts;
  if (batch.single || batch.step !== 1 || batch.begin !== 0 || batch.end !== null || inserted.includes(-1)) {
    throw layer.fail('takes some pictures of a batch only, which cannot be read.');
  }
  const removed = rest.flatMap(({ single }, axis) => (single ? [axis] : []));
  const specs: OperationSpec<Weight>[] = [];
  if (rest.some(({ begin, end, step }) => begin !== 0 || end !== null || step !== 1)) {
    const steps = rest.map(({ step }) => step);
    specs.push({
      type: 'slice',
      begin: rest.map(({ begin }) => begin),
      end: rest.map(({ end }) => end),
      ...(steps.some((step) => step !== 1) && { steps }),
    });
  }
  if (removed.length + inserted.length > 0) specs.push({ type: 'axes', removed, inserted });
  return specs.length > 0 ? specs : [{ type: 'identity' }];
}

const isEllipsis = (entry: Argument) =>
  (entry as { class_name?: unknown } | null)?.class_name === '__ellipsis__';

/** One entry for an axis; null where it is of another kind, or goes backwards from within. */
function partOf(entry: Argument): Part | null {
  if (Number.isInteger(entry)) {
    const at = entry as number;
    return { begin: at, end: at === -1 ? null : at + 1, step: 1, single: true };
  }
  if (typeof entry !== 'object' || entry === null) return null;
  const { class_name: className, config } = entry as { class_name?: unknown; config?: unknown };
  const given = (className === '__slice__' ? config : entry) as Record<string, unknown> | null;
  const { start = null, stop = null, step = null } = given ?? {};
  const isNumber = (value: unknown) => value === null || Number.isInteger(value);
  if (className !== undefined && className !== '__slice__') return null;
  if (![start, stop, step].every(isNumber) || step === 0) return null;
  const stride = (step ?? 1) as number;
  if (stride < 0) return start === null && stop === null ? { ...whole, step: stride } : null;
  return { begin: (start ?? 0) as number, end: stop as number | null, step: stride, single: false };
}
