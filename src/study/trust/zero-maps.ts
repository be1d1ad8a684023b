import { trustMeasure } from '../../faithfulness/trust/trust-measures';
import type { SaliencyMethod } from '../../saliency/method-names';
import { trustColumn } from '../study-columns';
import type { Study } from '../study-data';
import { seriesOf } from '../summary/number-columns';

/** Images whose map is zero everywhere, by a method at a layer. */
export interface ZeroMaps {
  readonly method: SaliencyMethod;
  readonly layer: number;
  readonly images: number;
}

/**
 * Where maps are zero everywhere, and so have no trust to measure. Told by the measures of complexity, which every other map has;
 * nothing is told where none of them was asked for.
 */
export function zeroMaps(study: Study): ZeroMaps[] {
  const { methods = [], measures = [] } = study.settings.trust ?? {};
  const complexity = measures.find((measure) => trustMeasure(measure).family === 'complexity');
  if (!complexity) return [];
  return methods.flatMap((method) =>
    seriesOf(study, trustColumn(method, complexity), 'predicted').flatMap((values, layer) => {
      const images = Array.from(values).filter((value) => Number.isNaN(value)).length;
      return images > 0 ? [{ method, layer, images }] : [];
    }),
  );
}
