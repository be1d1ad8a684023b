import type { ColourMapId } from '../kit/colour-maps';
import type { Interpolation } from './heat-map';

/** How saliency is shown: the same for the large picture and for the thumbnails. */
export interface HeatStyle {
  readonly colourMap: ColourMapId;
  /** Alpha of the heat over the picture, 0 to 1. */
  readonly opacity: number;
  readonly interpolation: Interpolation;
  readonly view: 'overlay' | 'image' | 'map';
}
