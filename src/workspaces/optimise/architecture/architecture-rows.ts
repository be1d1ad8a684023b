import type { Architecture } from '../../../training/architecture/architecture';
import { costOf } from '../../../training/architecture/training-cost';

/** The layers with their costs, a record each, for a table. */
export const architectureRows = (architecture: Architecture): Record<string, string | number | null>[] =>
  costOf(architecture).layers.map(
    ({ name, kind, block, shape, parameters, multiplyAdds, activationBytes }) => ({
      layer: name,
      kind,
      block,
      shape: shape.join(' x '),
      parameters,
      'multiply-adds': multiplyAdds,
      'activation bytes': activationBytes,
    }),
  );
