import { bitsOf, FLOAT } from '../fast-convolution/geometry';
import { JobKind } from '../fast-convolution/kernel-exports';
import { machineOf } from '../fast-convolution/running';
import { piecesTogether } from './product-kernels';
import { type Kernel, makeFloats } from './replace-kernel';

/** softmax(scale Q K^T + shifts) V on our own threads, wherever Q, K and V lie; see `fast-convolution/assembly/attention.ts`. */

/** Our name of the kernel; `smooth-operations.ts` says what it does. */
export const ATTENTION = 'Attention';

/** Where the matrices of a batch lie in a tensor: numbers of a row follow one another. In numbers, not bytes. */
export interface Lying {
  /** Where the matrix of each product begins. */
  readonly places: readonly number[];
  /** From one row to the next. */
  readonly row: number;
}

export interface AttentionAttributes {
  /** Of one product: [rows, depth] [keys, depth]^T, [keys, columns]. */
  readonly rows: number;
  readonly keys: number;
  readonly depth: number;
  readonly columns: number;
  readonly scale: number;
  readonly queries: Lying;
  readonly keysLie: Lying;
  readonly values: Lying;
  readonly output: Lying;
  /** Of the output. */
  readonly shape: readonly number[];
  /** Where the summands of the scores of each product begin, [rows, keys], for each of the shifts. */
  readonly shifts: readonly (readonly number[])[];
}

const PLACES = 6;

/** Inputs queries, keys, values and, where they are, shift and second. */
export const attentionKernel: Kernel = ({ inputs, attrs, backend }) => {
  const { queries, keys, values, shift, second } = inputs;
  const own = attrs as AttentionAttributes;
  const output = makeFloats(backend, own.shape);
  const machine = machineOf(backend);
  const products = own.output.places.length;
  const most = Math.ceil(own.rows / 4);
  const blocks = Math.min(most, machine.threads > 1 ? Math.ceil((2 * machine.threads) / products) : 1);
  const pieces = products * blocks;
  const ofPiece = Math.ceil(own.rows / blocks) * own.keys * (own.depth + own.columns);
  const together = piecesTogether(pieces, ofPiece);
  const [first, other] = own.shifts;
  machine.lend(PLACES * products * FLOAT, (places) => {
    const lists = [
      own.queries.places,
      own.keysLie.places,
      own.values.places,
      own.output.places,
      first,
      other,
    ];
    const written = machine.integers(places, PLACES * products);
    lists.forEach((list, which) => {
      for (let product = 0; product < products; product++) {
        written[product * PLACES + which] = (list?.[product] ?? 0) * FLOAT;
      }
    });
    machine.perform(
      JobKind.attention,
      [
        ...[own.rows, own.keys, own.depth, own.columns],
        ...[machine.addressOf(queries), own.queries.row * FLOAT],
        ...[machine.addressOf(keys), own.keysLie.row * FLOAT],
        ...[machine.addressOf(values), own.values.row * FLOAT],
        ...[machine.addressOf(output), own.output.row * FLOAT, places],
        ...[shift ? machine.addressOf(shift) : 0, second ? machine.addressOf(second) : 0],
        ...[bitsOf(own.scale), Math.ceil(own.rows / blocks / 4) * 4, blocks],
        ...[pieces, together],
      ],
      Math.ceil(pieces / together),
    );
  });
  return output;
};
