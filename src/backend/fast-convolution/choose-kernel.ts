import type { Geometry } from './geometry';
import type { Form } from './prepared';

/** What decides which kernel is the fastest. */
export interface Extent {
  geometry: Geometry;
  batch: number;
  /** Size of the convolution's output, or of the gradient. */
  height: number;
  width: number;
  channelsIn: number;
  channelsOut: number;
  turned: boolean;
  /** Forward for a training step, whose gradients forgive more rounding than an explanation does. */
  forTraining?: boolean;
}

/** With fewer channels on either side, transforms cost more than they save. */
const FEWEST_CHANNELS = 16;
/**
 * Forward, narrow layers are summed directly. They are the early ones, whose rounding decides ReLUs and maxima near a tie:
 * with Winograd there, HiResCAM of the bundled network's first two layers was off by up to 2.6e-3, else it is within 1e-3.
 */
const FEWEST_FORWARD = 48;
/** Rows whose products take as long as transforming a filter, or reading it from memory, does. */
const ROWS_OF_READING = 8;

/**
 * Tiles of a map at most for which a filter is transformed each time, and of channels so few that the transformed tiles stay in the second
 * cache with it: as many as a task computes at once.
 */
const FEW_TILES = 16;
const TILES_OF_A_TASK = 64;
const FEW_CHANNELS = 128;

/** Numbers of a filter at most, and places of a map at least, for which it costs nothing to pack the filter anew for every band of the map. */
const SMALL_FILTER = 20_000;
const SMALLEST_MAP = 256;

/** The form in which the fastest kernel reads the filter. */
export function fastestForm(extent: Extent): Form {
  const { geometry, channelsIn, channelsOut, turned, forTraining } = extent;
  const { kernel, strides, dilations } = geometry;
  if (kernel[0] * kernel[1] === 1) return 'patches';
  const isThreeByThree =
    kernel.every((side) => side === 3) && [...strides, ...dilations].every((step) => step === 1);
  if (
    isThreeByThree &&
    Math.min(channelsIn, channelsOut) >=
      (turned || forTraining || isWithinStep.isOn() ? FEWEST_CHANNELS : FEWEST_FORWARD) &&
    tilesPay(extent)
  ) {
    return isTransformedEachTime(extent) ? 'taps' : 'winograd';
  }
  return areWindowsReadInPlace(extent) ? 'given' : 'patches';
}

/**
 * Of a small map few tiles meet each filter, and to transform it in the caches takes no longer than to read it transformed, four times as
 * long. Decided by one picture, so that a filter is kept in one form each way. A training step reads each filter twice and for many pictures.
 */
function isTransformedEachTime({ height, width, channelsIn, channelsOut, forTraining }: Extent): boolean {
  const tiles = Math.ceil(height / 4) * Math.ceil(width / 4);
  const most = Math.max(channelsIn, channelsOut) <= FEW_CHANNELS ? TILES_OF_A_TASK : FEW_TILES;
  return tiles <= most && !forTraining && !isWithinStep.isOn();
}

/** Windows of several taps overlap: read where they lie, they are not copied. See `assembly/grouped.ts`, with one group. */
function areWindowsReadInPlace({ geometry, height, width, channelsIn, channelsOut }: Extent): boolean {
  const [rows, columns] = geometry.kernel;
  return (
    rows * columns > 1 &&
    Math.max(...geometry.dilations) === 1 &&
    rows * columns * channelsIn * channelsOut <= SMALL_FILTER &&
    height * width >= SMALLEST_MAP
  );
}

function createSwitch() {
  let on = false;
  return {
    turn(to: boolean): void {
      on = to;
    },
    isOn: () => on,
  };
}

const asForOnePicture = createSwitch();

/**
 * Whether a batch is computed by the kernel for each of its pictures alone: a little slower on small maps, but then no
 * number depends on how many pictures are computed together.
 */
export const chooseAsForOnePicture = asForOnePicture.turn;

export const isChosenAsForOnePicture = asForOnePicture.isOn;

const isWithinStep = createSwitch();

/** Computes something as a training step does, with the rounding that its gradients forgive. @param compute without waiting for anything */
export function withinStep<Result>(compute: () => Result): Result {
  isWithinStep.turn(true);
  try {
    return compute();
  } finally {
    isWithinStep.turn(false);
  }
}

/** A small map is cut into few tiles, and the filter has to be transformed for them. */
function tilesPay({ batch: pictures, height, width }: Extent): boolean {
  const batch = asForOnePicture.isOn() ? 1 : pictures;
  const tiles = batch * Math.ceil(height / 4) * Math.ceil(width / 4);
  const rows = (count: number) => Math.ceil(count / 4) * 4 + ROWS_OF_READING;
  return 36 * rows(tiles) < 9 * rows(batch * height * width);
}
