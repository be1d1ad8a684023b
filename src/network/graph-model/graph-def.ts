import { counted } from '../../text/counted';
import { NetworkError } from '../network-errors';

/** An attribute as TensorFlow's protocol buffers are written in JSON; texts are base64. */
export interface Attribute {
  readonly s?: string;
  readonly i?: string | number;
  readonly f?: number;
  readonly b?: boolean;
  /** "DT_FLOAT" */
  readonly type?: string | number;
  readonly shape?: {
    readonly dim?: readonly { readonly size?: string | number }[];
    readonly unknownRank?: boolean;
  };
  readonly list?: { readonly i?: readonly (string | number)[]; readonly s?: readonly string[] };
}

/** One operation of a GraphDef. */
export interface OperationNode {
  readonly name: string;
  readonly op: string;
  /** Names of the results it reads, those it only waits for left out: of a node's first one its own name, of others "name:1". */
  readonly inputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

export interface GraphDef {
  readonly nodes: readonly OperationNode[];
  /** Names of the results that the model hands out. */
  readonly outputs: readonly string[];
}

/** More than this is no network anybody trained. */
const MOST_NODES = 20_000;

type Json = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The operations of a frozen graph, as `tensorflowjs_converter` writes it into `model.json`.
 * @param signature names its outputs; without one these are the nodes that nobody reads
 * @throws NetworkError where it is damaged
 */
export function readGraphDef(topology: unknown, signature: unknown): GraphDef {
  const given = isRecord(topology) && Array.isArray(topology.node) ? topology.node : [];
  if (given.length === 0 || given.length > MOST_NODES) {
    throw new NetworkError(`This graph model has ${counted(given.length, 'operation')}.`);
  }
  const nodes = given.map(nodeOf);
  const read = new Set(nodes.flatMap(({ inputs }) => inputs.map(nodeOfResult)));
  const told = outputsIn(signature);
  const unread = nodes
    .filter(({ name, op }) => !read.has(name) && op !== 'Const' && op !== 'NoOp' && op !== 'Placeholder')
    .map(({ name }) => name);
  const outputs = told.length > 0 ? told : unread;
  if (outputs.length === 0) throw new NetworkError('This graph model has no output.');
  return { nodes, outputs };
}

function nodeOf(value: unknown): OperationNode {
  if (!isRecord(value) || typeof value.name !== 'string' || typeof value.op !== 'string') {
    throw new NetworkError('An operation of this graph model has no name: the file is damaged.');
  }
  const inputs = Array.isArray(value.input) ? value.input : [];
  if (!inputs.every((input) => typeof input === 'string')) {
    throw new NetworkError(`Operation "${value.name}" reads something without a name: the file is damaged.`);
  }
  const attributes = isRecord(value.attr) ? value.attr : {};
  return {
    name: value.name,
    op: value.op,
    inputs: inputs.filter((input) => !input.startsWith('^')).map(firstOutput),
    attributes: Object.fromEntries(Object.entries(attributes).filter(([, each]) => isRecord(each))) as Record<
      string,
      Attribute
    >,
  };
}

/** "conv:0" is the first output of "conv"; others keep their number. */
const firstOutput = (name: string) => name.replace(/:0$/, '');

/** The name of the node that yields a result. */
export const nodeOfResult = (name: string) => name.replace(/:\d+$/, '');

function outputsIn(signature: unknown): string[] {
  const outputs = isRecord(signature) && isRecord(signature.outputs) ? Object.values(signature.outputs) : [];
  return outputs.flatMap((output) =>
    isRecord(output) && typeof output.name === 'string' ? [firstOutput(output.name)] : [],
  );
}

/** A text of an attribute; null where it is none. */
export function textOf(encoded: string | undefined): string | null {
  try {
    return encoded === undefined ? null : atob(encoded);
  } catch {
    return null;
  }
}
