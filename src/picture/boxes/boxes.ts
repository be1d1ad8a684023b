import type { Size } from '../input-crop';

/** A box around a thing, by its edges in pixels of the picture: 0 is the picture's left or upper edge. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
  /** What it is around, as whoever drew it called it; empty where that is not said. */
  label: string;
}

/** The boxes of one picture. */
export interface Boxes {
  boxes: Box[];
  /** Of the picture they were drawn on; null where that is not said. */
  size: Size | null;
}

/** Boxes that cannot be read; the message completes "boxes.xml ...". */
export class BoxesError extends Error {
  override name = 'BoxesError';
}

/** As a file that goes where a mask goes: text that begins with a brace, as no picture does. */
export const boxesAsFile = (boxes: Boxes): Blob => new Blob([JSON.stringify(boxes)]);

const BRACE = 0x7b;

/** The boxes in a file that `boxesAsFile` made; null for a picture. */
export async function boxesInFile(file: Blob): Promise<Boxes | null> {
  const [first] = new Uint8Array(await file.slice(0, 1).arrayBuffer());
  return first === BRACE ? (JSON.parse(await file.text()) as Boxes) : null;
}

/** @throws BoxesError where an edge is no number */
export function boxOf(edges: Omit<Box, 'label'>, label: string): Box {
  const wrong = Object.entries(edges).find(([, value]) => !Number.isFinite(value));
  if (wrong) throw new BoxesError(`has a box whose ${wrong[0]} edge is no number.`);
  if (edges.right <= edges.left || edges.bottom <= edges.top) {
    throw new BoxesError('has a box that ends before it begins.');
  }
  return { ...edges, label };
}
