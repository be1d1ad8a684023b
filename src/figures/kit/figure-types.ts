/** Either kind of 2D context; coordinates are CSS pixels, the caller has set the scale for its device. */
export type Context2D = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** Size of a figure in CSS pixels. */
export interface FigureSize {
  readonly width: number;
  readonly height: number;
}

/** A rectangle in CSS pixels of its figure. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A saliency map at its layer's own resolution: `values` is height x width, row-major. */
export interface SaliencyGrid {
  readonly values: Float32Array;
  readonly width: number;
  readonly height: number;
}

/** What a value is counted in: `ratio` has no unit (the aura matrix entropy, relative entropies), `count` is a number of things. */
export interface MeasureLabel {
  readonly name: string;
  readonly unit: 'bits' | 'ratio' | 'count';
}
