import { type Shape, sizeOf } from '../../ops/operation';
import type { LayerConfig } from '../layer-config';
import type { Parts } from '../steps';
import { PartList } from './part-list';

/** `abc,cd->abd`, the batch first: letters of both factors and of the result. */
export interface Equation {
  readonly left: string;
  readonly right: string;
  readonly result: string;
}

/**
 * Takes an equation of two factors apart. An ellipsis stands for the axes that the first factor has more.
 * @param axes of the first factor, with the batch
 */
export function equationOf(layer: LayerConfig, text: unknown, axes: number): Equation {
  const match = /^([a-zA-Z.]+),([a-zA-Z.]+)->([a-zA-Z.]+)$/.exec(String(text).replaceAll(' ', ''));
  const refused = () => layer.fail(`computes the sum ${JSON.stringify(text)}, which cannot be read.`);
  if (!match) throw refused();
  const missing = Math.max(0, axes - match[1].replace('...', '').length);
  const free = [...'ZYXWVUTS'].filter((letter) => !String(text).includes(letter)).slice(0, missing);
  const [left, right, result] = match.slice(1).map((letters) => letters.replace('...', free.join('')));
  const isSound = [left, right, result].every(
    (letters) => !letters.includes('.') && new Set(letters).size === letters.length,
  );
  const known = [...result].every((letter) => left.includes(letter) || right.includes(letter));
  const alone = (letters: string, other: string) =>
    [...letters].some((letter) => !other.includes(letter) && !result.includes(letter));
  if (!isSound || !known || left.length !== axes || alone(left, right) || alone(right, left)) throw refused();
  return { left, right, result };
}

/** Sizes by letter. @throws NetworkError where two factors have one letter for two sizes */
function sizesOf(layer: LayerConfig, { left, right }: Equation, shapes: readonly [Shape, Shape]) {
  const sizes = new Map<string, number>();
  for (const [letters, shape] of [
    [left.slice(1), shapes[0]],
    [right.slice(1), shapes[1]],
  ] as const) {
    if (letters.length !== shape.length) {
      throw layer.fail(`is given [${shape}] for the letters ${letters} of its sum, which do not fit.`);
    }
    [...letters].forEach((letter, axis) => {
      if ((sizes.get(letter) ?? shape[axis]) !== shape[axis]) {
        throw layer.fail(`sums along axes of different sizes, ${sizes.get(letter)} and ${shape[axis]}.`);
      }
      sizes.set(letter, shape[axis]);
    });
  }
  return (letters: string) => [...letters].map((letter) => sizes.get(letter) as number);
}

/**
 * The sum of the products of two tensors as a product of matrices: shared letters stay outside, those of one factor alone
 * become rows or columns, and those that the result lacks are summed.
 * @param shapes without the batch
 */
export function einsumParts(layer: LayerConfig, equation: Equation, shapes: readonly [Shape, Shape]): Parts {
  const [batch] = equation.result;
  if (equation.left[0] !== batch || equation.right[0] !== batch) {
    throw layer.fail('sums over the pictures of a batch, or moves its axis, which cannot be read.');
  }
  const sizes = sizesOf(layer, equation, shapes);
  const [left, right, result] = [equation.left, equation.right, equation.result].map((text) => text.slice(1));
  const chosen = (letters: string, test: (letter: string) => boolean) => [...letters].filter(test).join('');
  const shared = chosen(left, (letter) => right.includes(letter) && result.includes(letter));
  const summed = chosen(left, (letter) => !result.includes(letter));
  const rows = chosen(left, (letter) => !right.includes(letter));
  const columns = chosen(right, (letter) => !left.includes(letter));
  const list = new PartList();
  const factor = (number: number, letters: string, outer: string, inner: string) => {
    // A matrix that lies the other way round is multiplied so, without being moved.
    const turned = outer.length > 0 && letters === shared + inner + outer;
    const order = turned ? shared + inner + outer : shared + outer + inner;
    const moved = list.transpose(
      `factor ${number + 1} turned`,
      number,
      [...order].map((letter) => letters.indexOf(letter)),
    );
    const [first, second] = turned ? [inner, outer] : [outer, inner];
    const face = [sizeOf(sizes(first)), sizeOf(sizes(second))];
    const source = list.reshape(`factor ${number + 1}`, moved, sizes(order), [...sizes(shared), ...face]);
    return { source, turned };
  };
  const a = factor(0, left, rows, summed);
  const b = factor(1, right, columns, summed);
  const product = list.add('product', [a.source, b.source], {
    type: 'matrix-product',
    transposed: [a.turned, !b.turned],
  });
  const found = shared + rows + columns;
  const face = [...sizes(shared), sizeOf(sizes(rows)), sizeOf(sizes(columns))];
  const apart = list.reshape('product, axes apart', product, face, sizes(found));
  const ordered = list.transpose(
    'product, axes in order',
    apart,
    [...result].map((letter) => found.indexOf(letter)),
  );
  return { parts: list.parts, outputs: [String(ordered)] };
}
