export interface NamedWeight {
  /** Block and role, such as `conv2_1/filter`. */
  name: string;
  shape: number[];
  values: Float32Array;
}
