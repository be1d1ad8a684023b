import { spokenName } from '../../../network/network-name';
import type { ExplainState } from '../../../state/explain-store';

/** What figures and stories call the network: as the reader does, else as it is known; empty before there is an analysis. */
export const networkCalled = ({
  networkName,
  analysis,
}: Pick<ExplainState, 'networkName' | 'analysis'>): string =>
  networkName ?? (analysis ? spokenName(analysis.network) : '');
