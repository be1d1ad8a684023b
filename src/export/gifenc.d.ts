/** The part of gifenc 1.0 that is used; the package has no types of its own. */
declare module 'gifenc' {
  export type Palette = [red: number, green: number, blue: number][];
  export function quantize(rgba: Uint8ClampedArray, colours: number): Palette;
  /** The index of the nearest colour for every pixel. */
  export function applyPalette(rgba: Uint8ClampedArray, palette: Palette): Uint8Array;
  export interface FrameOptions {
    /** For the first frame: the table of all frames. */
    palette?: Palette;
    /** Milliseconds. */
    delay?: number;
    /** 0 repeats for ever. */
    repeat?: number;
    transparent?: boolean;
    transparentIndex?: number;
    dispose?: number;
  }
  export function GIFEncoder(): {
    writeFrame(index: Uint8Array, width: number, height: number, options: FrameOptions): void;
    finish(): void;
    bytes(): Uint8Array<ArrayBuffer>;
  };
}
