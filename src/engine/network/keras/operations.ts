type Json = Readonly<Record<string, unknown>>;

/** A layer's class and configuration as the file has them. */
interface Entry {
  readonly className: string;
  readonly config: Json;
}

/** Keras 3's functions that are what the layer of the same name is, where all they read are tensors. */
const asLayers = new Set(['Add', 'Subtract', 'Multiply', 'Maximum', 'Minimum', 'Concatenate', 'Softmax']);

/** TensorFlow's functions on a tensor and a number, as Keras 2 writes them. */
const functions: Record<string, string> = {
  '__operators__.add': 'Add',
  'math.add': 'Add',
  'math.subtract': 'Subtract',
  'math.multiply': 'Multiply',
  'math.truediv': 'TrueDivide',
};

/**
 * Functions that a model calls beside its layers, `x + 3` or `x * (1 / 6)`, as the layers that do the same: a number
 * added or multiplied is a `Rescaling`. Others get a class name that no layer has.
 * @param entry layer in the file, with `module` (Keras 3) and `inbound_nodes`
 */
export function asLayer(entry: Json, { className, config }: Entry): Entry {
  const [call, ...others] = Array.isArray(entry.inbound_nodes) ? entry.inbound_nodes : [];
  if (className === 'TFOpLambda') {
    const name = functions[String(config.function)];
    const [read] = Array.isArray(call) && Array.isArray(call[0]) ? call : [call];
    const second = Array.isArray(read) ? (read[3] as Json | undefined)?.y : undefined;
    const rescaled = name && others.length === 0 ? rescaling(name, [null, second], config) : null;
    return rescaled ?? { className, config };
  }
  if (typeof entry.module !== 'string' || !/^keras(\.src)?\.ops\b/.test(entry.module)) {
    return { className, config };
  }
  const args = (call as { args?: unknown } | undefined)?.args;
  const operands = (Array.isArray(args) ? args : []).map((arg) => (typeof arg === 'number' ? arg : null));
  if (operands.every((operand) => operand === null)) {
    return { className: asLayers.has(className) ? className : `keras.ops ${className}`, config };
  }
  const rescaled = others.length === 0 ? rescaling(className, operands, config) : null;
  return rescaled ?? { className: `keras.ops ${className}`, config };
}

/** @param operands a number, or null for a tensor */
function rescaling(name: string, operands: readonly unknown[], config: Json): Entry | null {
  const numberAt = operands.findIndex((operand) => typeof operand === 'number');
  if (operands.length !== 2 || numberAt < 0 || operands[1 - numberAt] !== null) return null;
  const number = operands[numberAt] as number;
  const first = numberAt === 0;
  const parts: Record<string, [scale: number, offset: number] | null> = {
    Add: [1, number],
    Subtract: first ? [-1, number] : [1, -number],
    Multiply: [number, 0],
    Divide: first ? null : [1 / number, 0],
    TrueDivide: first ? null : [1 / number, 0],
  };
  const found = Object.hasOwn(parts, name) ? parts[name] : null;
  return (
    found && { className: 'Rescaling', config: { name: config.name, scale: found[0], offset: found[1] } }
  );
}
