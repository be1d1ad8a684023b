export interface Size {
  width: number;
  height: number;
}

/** The part of a picture, in its pixels, that a network reads: the largest one around the centre with the input's aspect. */
export function cropOf({ width, height }: Size, input: Size): Size & { left: number; top: number } {
  const aspect = input.width / input.height;
  const part = {
    width: Math.max(1, Math.round(Math.min(width, height * aspect))),
    height: Math.max(1, Math.round(Math.min(height, width / aspect))),
  };
  return {
    ...part,
    left: Math.floor((width - part.width) / 2),
    top: Math.floor((height - part.height) / 2),
  };
}
