export type InputScaling = 'unit' | 'signed' | 'imagenet' | 'caffe' | 'bytes' | 'mnist';

/** Ways in which networks take the values of pixels, by id. */
export const inputScalingNames: Record<InputScaling, string> = {
  unit: '0 to 1',
  signed: '-1 to 1',
  imagenet: 'ImageNet mean and deviation',
  caffe: 'Caffe BGR',
  bytes: '0 to 255',
  mnist: 'MNIST mean and deviation',
};

/** What a network reads: `value * factor + offset` of every 0..255 value, one entry a channel of the network. */
export interface ScalingNumbers {
  factor: number[];
  offset: number[];
  /** Whether the channels come as B, G, R; factor and offset are in the network's order. */
  bgr: boolean;
}

/** How a network takes pictures, and how that is known. */
export interface ScalingReport extends ScalingNumbers {
  /** Null where the numbers are none of the usual ones. */
  name: InputScaling | null;
  /** A sentence. */
  reason: string;
  /** False where the file settles it. */
  isGuess: boolean;
}

/** How pictures were scaled in a run, and who said so. */
export interface UsedScaling extends ScalingReport {
  source: 'file' | 'guess' | 'chosen';
}

/** What the check of a guessed scaling found, where it did not find that the guess fits. */
export type ScalingDoubt =
  /** Pictures are scaled otherwise than in training: this scaling fits much better; how that shows, in a sentence, where it is not by what the network remembers. */
  | { outcome: 'another'; scaling: InputScaling; reason?: string }
  /** The network remembers nothing of how pictures were scaled in training; why, in a sentence. */
  | { outcome: 'unknown'; scaling: null; reason: string };
