import type { InputPicture } from '../../picture/picture';
import type { ScalingDoubt, ScalingNumbers } from './input-scaling';

/** Whether a guessed scaling fits, as far as the network itself remembers how pictures were scaled in training. */
export interface ScalingProbe {
  /** What a picture speaks against the scaling that is used; null where the network found it right. */
  check(
    picture: InputPicture,
    used: ScalingNumbers,
    checkpoint: () => Promise<void>,
  ): Promise<ScalingDoubt | null>;
  dispose(): void;
}
