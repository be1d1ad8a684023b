/** A map of numbers, row-major, at the layer's own resolution. */
export interface MapData {
  values: Float32Array;
  width: number;
  height: number;
}
