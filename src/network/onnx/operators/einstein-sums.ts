import { counted } from '../../../text/counted';
import type { Activation, Call } from '../onnx-importer';
import { multiplied } from './dense-operators';
import type { Operator, Operators } from './operator';
import { turned } from './shapes';

/** The labels of an equation, "bhid,bhjd->bhij": of every factor and of the result. */
function labelsOf(call: Call): { factors: string[][]; result: string[] } {
  const equation = call.text('equation', '').replaceAll(' ', '');
  const [left, right] = equation.split('->');
  const factors = left.split(',').map((labels) => [...labels]);
  const all = factors.flat();
  const once = [...new Set(all)].filter((label) => all.indexOf(label) === all.lastIndexOf(label)).sort();
  const result = right === undefined ? once : [...right];
  const isPlain =
    /^[a-z]+(,[a-z]+)*$/i.test(left) && factors.every((own) => new Set(own).size === own.length);
  if (!isPlain || result.some((label) => !all.includes(label))) {
    throw call.problem(`computes "${equation}", which is not supported`);
  }
  return { factors, result };
}

/** Sums over labels that nobody else has. */
function summed(call: Call, value: Activation, labels: readonly string[], kept: (label: string) => boolean) {
  const gone = labels.flatMap((label, axis) => (kept(label) ? [] : [axis]));
  if (gone.length === 0) return { value, labels };
  const left = value.order.filter((axis) => !gone.includes(axis));
  const counted = left.map((axis) => axis - gone.filter((each) => each < axis).length);
  const axes = gone.flatMap((axis) => (value.order.includes(axis) ? [value.order.indexOf(axis)] : []));
  const result = call.emit(
    { type: 'reduce', by: 'sum', axes, keep: false },
    [value],
    counted,
    `${call.name}, sum`,
  );
  const shape = value.shape.filter((_, axis) => !gone.includes(axis));
  return { value: { ...result, shape }, labels: labels.filter(kept) };
}

/** A value with a label for every axis. */
interface Labelled {
  readonly value: Activation;
  readonly labels: readonly string[];
}

function ordered(call: Call, { value, labels }: Labelled, wanted: readonly string[]): Activation {
  return turned(
    call,
    value,
    wanted.map((label) => labels.indexOf(label)),
  );
}

/** The product of two factors, summed over what both have and nobody reads further. @param kept labels that are read further */
function contracted(call: Call, a: Labelled, b: Labelled, kept: (label: string) => boolean): Labelled {
  const isShared = (label: string) => a.labels.includes(label) && b.labels.includes(label);
  const stack = a.labels.filter((label) => isShared(label) && kept(label));
  const inner = a.labels.filter((label) => isShared(label) && !kept(label));
  const [own, others] = [a, b].map(({ labels }) => labels.filter((label) => !isShared(label)));
  const sizeOf = (label: string) => {
    const factor = a.labels.includes(label) ? a : b;
    return factor.value.shape[factor.labels.indexOf(label)];
  };
  const sizes = (labels: readonly string[]) => labels.map(sizeOf);
  const total = (labels: readonly string[]) => sizes(labels).reduce((product, size) => product * size, 1);
  const rows = call.reshaped(ordered(call, a, [...stack, ...own, ...inner]), [
    ...sizes(stack),
    total(own),
    total(inner),
  ]);
  const columns = call.reshaped(ordered(call, b, [...stack, ...inner, ...others]), [
    ...sizes(stack),
    total(inner),
    total(others),
  ]);
  const product = multiplied(call, rows, columns);
  const value = call.reshaped(product, [...sizes(stack), ...sizes(own), ...sizes(others)]);
  return { value, labels: [...stack, ...own, ...others] };
}

/** Products summed over labels, as attention multiplies queries with keys and weights with values; of several factors from the left. */
const einsum: Operator = (call) => {
  const { factors, result } = labelsOf(call);
  const [first, ...others] = factors.map((labels, i) => {
    const value = call.activation(i);
    if (value.shape.length !== labels.length) {
      throw call.problem(`names ${counted(labels.length, 'axis', 'axes')} of [${value.shape}]`);
    }
    const rest = factors.filter((_, k) => k !== i).flat();
    return summed(call, value, labels, (label) => result.includes(label) || rest.includes(label));
  });
  const whole = others.reduce((product: Labelled, factor, i) => {
    const rest = others.slice(i + 1).flatMap(({ labels }) => labels);
    return contracted(call, product, factor, (label) => result.includes(label) || rest.includes(label));
  }, first);
  return ordered(call, whole, result);
};

export const einsums: Operators = { Einsum: einsum };
