import type { BackendName } from '../backend/backend-names';
import { wasmRoom } from './files/fits';
import { NetworkError } from './network-errors';
import type { Graph, Weight } from './network-graph';
import type { OperationSpec } from './ops';
import { type Shape, sizeOf } from './ops/operation';
import type { PlannedNode } from './optimise';
import { type BuildOptions, planNetwork, takesAnySize } from './plan';
import { weightsOf } from './weights';

/** What one analysis of one picture takes, known before anything is computed. */
export interface Cost {
  /** Bytes of the weights, as float32. */
  readonly weights: number;
  /** Bytes of filters in the forms that our kernels read, on WebAssembly. */
  readonly prepared: number;
  /** Bytes of activations and gradients at their most. */
  readonly activations: number;
  /** Bytes of the largest of all tensors. */
  readonly largest: number;
  /** Multiplications with an addition of one forward pass. */
  readonly multiplyAdds: number;
}

/** A network that a device cannot hold. */
export class NetworkTooLargeError extends NetworkError {
  override name = 'NetworkTooLargeError';

  constructor(
    message: string,
    /** For one picture, and multiplications of one forward pass; null where they were not reckoned beforehand. */
    readonly bytes: number | null = null,
    readonly multiplyAdds: number | null = null,
  ) {
    super(message);
  }
}

/** A network that takes so much that whoever opened it is asked first; `evenIfLarge` in the request goes on. */
export class NetworkIsLargeError extends NetworkTooLargeError {
  override name = 'NetworkIsLargeError';
}

/** Whether something went wrong for want of memory, by what engines and backends say of it. */
export const isOutOfMemory = (error: unknown): boolean =>
  error instanceof Error &&
  (error instanceof WebAssembly.RuntimeError ||
    /out of memory|array buffer allocation failed|invalid typed array length|could not allocate/i.test(
      error.message,
    ));

const FLOAT = 4;
const bytesOf = (shape: Shape) => FLOAT * sizeOf(shape);

/**
 * Looks at the shapes of a plan alone. Reckoned as if every activation stayed until the gradient has passed it: `captureGradients` frees those that no
 * gradient reads before, so that of a transformer it is too much.
 * @throws NetworkError where the network does not fit together
 */
export function networkCost(graph: Graph, options: BuildOptions = {}): Cost {
  const { ended, shapes, inputShape } = planNetwork(graph, options);
  const shapeOf = (name: string) => shapes.get(name) as Shape;
  const weights = new Set<Weight>();
  // Laying out anew shares the numbers of what is laid out.
  const ownBytes = ({ name, spec }: PlannedNode) =>
    spec.type === 'reshape' || spec.type === 'identity' ? 0 : bytesOf(shapeOf(name));
  let kept = bytesOf(inputShape);
  let [activations, prepared, multiplyAdds, largest] = [kept, 0, 0, kept];
  for (const node of ended.nodes) {
    const own = ownBytes(node);
    kept += own;
    const gradients = own + node.inputs.reduce((sum, input) => sum + bytesOf(shapeOf(input)), 0);
    activations = Math.max(activations, kept + gradients);
    largest = Math.max(largest, own);
    multiplyAdds += multiplyAddsOf(node.spec, shapeOf(node.inputs[0]), shapeOf(node.name));
    prepared += preparedBytes(node.spec);
    for (const weight of weightsOf(node.spec)) weights.add(weight);
  }
  const weightBytes = [...weights].map(({ shape }) => bytesOf(shape));
  return {
    weights: weightBytes.reduce((sum, bytes) => sum + bytes, 0),
    largest: Math.max(largest, ...weightBytes),
    ...{ prepared, activations, multiplyAdds },
  };
}

function multiplyAddsOf(spec: OperationSpec<Weight>, input: Shape, output: Shape): number {
  switch (spec.type) {
    case 'convolution': {
      const [rows, columns, channels] = spec.filter.shape;
      return sizeOf(output) * rows * columns * channels;
    }
    case 'transposed-convolution': {
      const [rows, columns, channels] = spec.filter.shape;
      return sizeOf(input) * rows * columns * channels;
    }
    case 'dense':
      return sizeOf(output) * spec.kernel.shape[0];
    case 'pooling':
      return sizeOf(output) * spec.size[0] * spec.size[1];
    default:
      return sizeOf(output);
  }
}

/** See `backend/fast-convolution/choose-kernel.ts`: a filter in Winograd's form is four times as large as it was. */
function preparedBytes(spec: OperationSpec<Weight>): number {
  if (spec.type !== 'convolution' || spec.groups > 1) return 0;
  const [rows, columns, channels, out] = spec.filter.shape;
  const isWinograd =
    rows === 3 &&
    columns === 3 &&
    Math.max(...spec.strides, ...spec.dilations) === 1 &&
    Math.min(channels, out) >= 16;
  return (isWinograd ? 4 : 1) * bytesOf(spec.filter.shape);
}

/** What a device can be expected to do. */
export interface Device {
  readonly backend: BackendName;
  readonly threads: number;
  /** Bytes of the machine's memory, where the browser tells them; it never tells more than 8 GiB. */
  readonly memory: number | null;
}

/** WebAssembly addresses 4 GiB; the backend and its kernels need some. */
const WASM_BYTES = 3.7e9;
/** Browsers say so where there are 8 GiB or more. */
const MOST_TOLD = 8 * 2 ** 30;
/** Above this, whoever opened the network is asked. */
const ASKED = { bytes: 1.6e9, seconds: 20 };
/** A forward and a backward pass, in forward passes. */
const PASSES = 2.4;
/** Multiplications with an addition a second, on a thread: measured on a desktop and halved. */
const SPEED: Record<BackendName, number> = { wasm: 12e9, cpu: 0.25e9, webgl: 150e9, webgpu: 300e9 };

const secondsOf = ({ multiplyAdds }: Cost, { backend, threads }: Device) =>
  (PASSES * multiplyAdds) / (SPEED[backend] * (backend === 'wasm' ? threads : 1));

/**
 * @param isAccepted whoever opened the network has been asked, and goes on
 * @throws NetworkTooLargeError where the device cannot be expected to hold it
 * @throws NetworkIsLargeError where it takes so much that one would want to know
 */
export function assertAffordable(
  { graph, build, title }: { graph: Graph; build: BuildOptions; title: string },
  device: Device,
  isAccepted: boolean,
): void {
  const cost = networkCost(graph, build);
  const isWasm = device.backend === 'wasm';
  const bytes = cost.weights + cost.activations + (isWasm ? cost.prepared : 0);
  const [height, width] = planSize(graph, build);
  const smaller = takesAnySize(graph)
    ? ` It reads pictures at ${height} x ${width}: choose a smaller size.`
    : ' Export it for smaller pictures.';
  const told = device.memory !== null && device.memory < MOST_TOLD ? device.memory : Number.POSITIVE_INFINITY;
  const room = Math.min(isWasm ? WASM_BYTES : Number.POSITIVE_INFINITY, told);
  if (bytes > room) {
    throw new NetworkTooLargeError(
      `${title} needs about ${gigabytes(bytes)} for one picture, and about ${gigabytes(room)} can be had here.${smaller}`,
      bytes,
      cost.multiplyAdds,
    );
  }
  if (isWasm && cost.largest > wasmRoom.largest) {
    throw new NetworkTooLargeError(
      `${title} has a layer of ${gigabytes(cost.largest)}, and at most ${gigabytes(wasmRoom.largest)} are given at once.${smaller}`,
      bytes,
      cost.multiplyAdds,
    );
  }
  const seconds = secondsOf(cost, device);
  if (isAccepted || (bytes <= ASKED.bytes && seconds <= ASKED.seconds)) return;
  throw new NetworkIsLargeError(
    `${title} needs about ${gigabytes(bytes)} and ${durationInWords(seconds)} a picture.${takesAnySize(graph) ? smaller : ''} Go on?`,
    bytes,
    cost.multiplyAdds,
  );
}

const planSize = (graph: Graph, build: BuildOptions) => planNetwork(graph, build).inputShape;

const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;

function durationInWords(seconds: number): string {
  if (seconds < 1) return 'less than a second';
  return seconds < 120 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`;
}
