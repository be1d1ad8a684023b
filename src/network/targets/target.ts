import type { InputPicture } from '../../picture/picture';

/** What a class can be set against beside another one: the mean of all others, the few most like it (Finer-CAM), or itself (what speaks against it). */
export const againstMany = ['rest', 'similar', 'opposite'] as const;

/** What a class is set against. */
export type Against = number | (typeof againstMany)[number];

/** A class, or a number that is none, by its place in the output; null for the highest. */
export type ClassTarget = number | null;

/** Why this and not that. */
export interface Contrast {
  readonly kind: 'contrast';
  readonly index: ClassTarget;
  readonly against: Against;
}

/** What makes a picture like another one, as the network describes them. */
export interface Similarity {
  readonly kind: 'similarity';
  /** The output for the other picture. */
  readonly to: ArrayLike<number>;
}

/** A class over a part of the picture, in a network that tells what is where. */
export interface Region {
  readonly kind: 'region';
  /** Null for the class that the region is taken for, or, of no place, for the one of the most places. */
  readonly index: ClassTarget;
  /** A place of the region, as column and row of the network's map; null for all places of the class. */
  readonly place: readonly [number, number] | null;
}

/**
 * What of a box is explained: the score of its class, how far its four edges reach, both, or one of its edges
 * (`box-score.ts` defines them).
 */
export const boxParts = ['score', 'place', 'both', 'left', 'top', 'right', 'bottom'] as const;
export type BoxPart = (typeof boxParts)[number];

/** What of a box can be explained, as it is chosen. */
export const boxPartTitles: Record<BoxPart, string> = {
  score: 'the score of its class',
  place: 'its place: how far it reaches',
  both: 'both: score and place',
  left: 'its left edge',
  top: 'its upper edge',
  right: 'its right edge',
  bottom: 'its lower edge',
};

/** A thing that a detector finds; other boxes of the same thing are not added. */
export interface Box {
  readonly kind: 'box';
  /** Number of the box in the network's list, or the surest one of the picture. */
  readonly box: number | 'surest';
  /** Left out for the score of its class. */
  readonly part?: BoxPart;
}

/** What is explained of a picture. */
export type Target = ClassTarget | Contrast | Similarity | Region | Box;

/** The same as it is asked for: of a second picture the network has yet to say something. */
export type AskedTarget =
  | Exclude<Target, Similarity>
  | { readonly kind: 'similarity'; readonly picture: InputPicture };

/** Kinds of what is explained, as files say them. */
export const targetKinds = ['class', 'contrast', 'similarity', 'region', 'box'] as const;
export type TargetKind = (typeof targetKinds)[number];

/** A target that there is not; a sentence that says what to do. */
export class TargetError extends Error {
  override name = 'TargetError';
}
