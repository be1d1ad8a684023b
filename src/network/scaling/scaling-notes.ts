import { scalingNumbers } from './chosen-scaling';
import { type InputScaling, inputScalingNames, type ScalingNumbers } from './input-scaling';
import type { FoundScaling } from './scaling';

type Notes = Readonly<Record<string, unknown>>;

/** Keys under which tools write what a picture is normalised by. */
const means = ['mean', 'image_mean', 'img_mean', 'pixel_mean', 'means'];
const deviations = ['std', 'image_std', 'img_std', 'pixel_std', 'stddev', 'stds'];
/** Notes that lie in notes: timm's configuration, for one. */
const inner = [
  'pretrained_cfg',
  'default_cfg',
  'preprocessing',
  'preprocess',
  'preprocessor_config',
  'transforms',
];

/**
 * How pictures are scaled, where notes beside a network's layers tell: the metadata of an ONNX file, or a JSON file beside the
 * network. What is read:
 *
 * - `scaling` with an id of {@link inputScalingNames}, as files written here have it;
 * - `mean` and `std` under the keys of timm, Hugging Face (`image_mean`, `do_normalize`, `rescale_factor`) and Cadene's collection
 *   (`input_range`, `input_space`); means of no more than 1 are those of 0 to 1, larger ones those of 0 to 255;
 * - a `scale`, alone or with an `offset`, or with a `mean` that is taken away first;
 * - ONNX's own keys for pictures, `Image.NominalPixelRange` and `Image.BitmapPixelFormat`;
 * - the notes that Ultralytics and Teachable Machine leave, whose networks all read 0 to 1 and -1 to 1.
 *
 * @param values by key, strings or what JSON holds; anything else is passed over
 * @param source "the file", or the name of one, for the reason
 * @param channels that the network reads
 */
export function scalingInNotes(values: unknown, source: string, channels: number): FoundScaling | null {
  const numbers = numbersIn(values, channels, 0);
  return (
    numbers && { scaling: numbers.scaling, reason: numbers.reason ?? `As ${source} tells.`, isGuess: false }
  );
}

/** Means and deviations in a text that people wrote: "mean=[0.485, 0.456, 0.406], std=[0.229, 0.224, 0.225]". */
export function scalingInText(text: string, channels: number): FoundScaling | null {
  const listOf = (names: string) =>
    new RegExp(String.raw`\b(?:${names})\b['"]?\s*[:=]?\s*([[(][^\])]{1,200}[\])])`, 'i').exec(text)?.[1];
  const mean = listOf(means.join('|'));
  const std = listOf(deviations.join('|'));
  return mean && std ? scalingInNotes({ mean, std }, 'the description in the file', channels) : null;
}

interface Told {
  readonly scaling: InputScaling | ScalingNumbers;
  readonly reason?: string;
}

function numbersIn(values: unknown, channels: number, depth: number): Told | null {
  const notes = recordOf(values);
  if (!notes || depth > 3) return null;
  const { scaling } = notes;
  if (typeof scaling === 'string' && Object.hasOwn(inputScalingNames, scaling)) {
    return { scaling: scaling as InputScaling };
  }
  return (
    ofTools(notes) ??
    normalisation(notes, channels) ??
    rescaling(notes, channels) ??
    pixelRange(notes, channels) ??
    inner.reduce<Told | null>((found, key) => found ?? numbersIn(notes[key], channels, depth + 1), null)
  );
}

function ofTools(notes: Notes): Told | null {
  const isUltralytics = 'names' in notes && 'stride' in notes && ('task' in notes || 'imgsz' in notes);
  if (isUltralytics)
    return { scaling: 'unit', reason: 'The networks of Ultralytics read values from 0 to 1.' };
  const isTeachable = 'tmVersion' in notes || /teachablemachine/.test(String(notes.packageName));
  return isTeachable
    ? { scaling: 'signed', reason: 'The networks of Teachable Machine read values from -1 to 1.' }
    : null;
}

function normalisation(notes: Notes, channels: number): Told | null {
  if (isFalse(notes.do_normalize)) return null;
  const given = listAt(notes, means);
  const mean = fitted(given, channels);
  const std = fitted(listAt(notes, deviations), channels);
  if (!mean || !std || std.some((sd) => !(sd > 0))) return null;
  const unit = unitOf(notes, [...mean, ...std]);
  return {
    scaling: {
      factor: std.map((sd) => unit / sd),
      offset: mean.map((value, channel) => -value / std[channel]),
      bgr: isBlueFirst(notes, channels),
    },
  };
}

/** What a value of 0 to 255 is multiplied by before mean and deviation apply. */
function unitOf(notes: Notes, numbers: readonly number[]): number {
  const [rescale] = listOf(notes.rescale_factor) ?? [];
  if (rescale !== undefined && rescale > 0) return isFalse(notes.do_rescale) ? 1 : rescale;
  const [, most] = listOf(notes.input_range) ?? [];
  if (most === 255) return 1;
  return most === 1 || numbers.every((value) => Math.abs(value) <= 2) ? 1 / 255 : 1;
}

/** A factor of values of 0 to 255; one near 1 or above is a factor of something else, of size mostly. */
function rescaling(notes: Notes, channels: number): Told | null {
  const scale = isFalse(notes.do_rescale)
    ? null
    : fitted(listOf(notes.scale) ?? listOf(notes.rescale_factor), channels);
  if (!scale?.every((value) => value >= 1e-3 && value <= 0.1)) return null;
  const mean = fitted(listAt(notes, means), channels);
  const offset =
    fitted(listOf(notes.offset), channels) ?? scale.map((value, i) => (mean ? -mean[i] * value : 0));
  return { scaling: { factor: scale, offset, bgr: isBlueFirst(notes, channels) } };
}

/** Keys of ONNX for pictures: https://github.com/onnx/onnx/blob/main/docs/MetadataProps.md */
function pixelRange(notes: Notes, channels: number): Told | null {
  const range = String(notes['Image.NominalPixelRange'] ?? '').toLowerCase();
  const name = ({ nominalrange_0_255: 'bytes', normalized_0_1: 'unit', normalized_1_1: 'signed' } as const)[
    range
  ];
  if (!name) return null;
  return { scaling: { ...scalingNumbers(name, channels), bgr: isBlueFirst(notes, channels) } };
}

function isBlueFirst(notes: Notes, channels: number): boolean {
  const orders = ['Image.BitmapPixelFormat', 'input_space', 'color_space', 'channel_order', 'color_format'];
  return channels === 3 && orders.some((key) => /^bgr/i.test(String(notes[key] ?? '')));
}

const recordOf = (value: unknown): Notes | null => {
  if (typeof value === 'string' && value.trim().startsWith('{')) return recordOf(parsed(value));
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Notes) : null;
};

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const isFalse = (value: unknown) => value === false || /^false$/i.test(String(value));

const listAt = (notes: Notes, keys: readonly string[]) =>
  keys.reduce<number[] | null>((found, key) => found ?? listOf(notes[key]), null);

/** Numbers, given as such, in a list, or as a text of them: "[0.5, 0.5, 0.5]", "0.5 0.5 0.5". */
function listOf(value: unknown): number[] | null {
  const list =
    typeof value === 'string' && /^[\s\d.,;eE+()[\]-]+$/.test(value)
      ? value.match(/[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?/gi)?.map(Number)
      : [value].flat();
  const isWhole = list?.length && list.every((each) => typeof each === 'number' && Number.isFinite(each));
  return isWhole ? (list as number[]) : null;
}

/** One number a channel; grey is given no number of one colour. */
function fitted(list: number[] | null, channels: number): number[] | null {
  if (list?.length === channels) return list;
  const isOne = list?.every((value) => value === list[0]);
  return list && isOne ? new Array<number>(channels).fill(list[0]) : null;
}
