import type { InputPicture } from '../../picture/picture';
import type { NetworkRequest } from '../network-request';
import type { Prediction } from '../prediction';
import type { InputScaling } from './input-scaling';

export interface TryScalingsRequest extends NetworkRequest {
  inputs: InputPicture[];
  /** Those to be tried, in order. */
  scalings: InputScaling[];
}

/** What a network says of some pictures if they are scaled so. */
export interface ScalingTrial {
  scaling: InputScaling;
  /** The first of its predictions for each picture, in the order of the request. */
  answers: Prediction[];
}
