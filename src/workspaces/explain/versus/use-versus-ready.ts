import { useExplain } from '../../../state/explain-store';
import { useVersus } from '../../../state/versus-store';

/** Whether the figures of A against B can leave: both sides are analysed and measured, and compared. */
export function useVersusReady(): boolean {
  const first = useExplain(({ measurement, signs }) => measurement !== null && signs !== null);
  const second = useVersus(({ b, differences }) => b?.measurement != null && differences !== null);
  return first && second;
}
