import type { Study } from '../../../study/study-data';
import { type EntropyAndTrust, entropyAndTrust } from '../../../study/trust/entropy-and-trust';
import { type MethodPairs, methodPairs } from '../../../study/trust/method-pairs';
import { mistakes, type Telling, unfamiliar } from '../../../study/trust/mistakes';
import { type TellingPair, tellingPairs } from '../../../study/trust/telling-pairs';
import { type TrustLayer, type TrustTableRow, trustTable } from '../../../study/trust/trust-table';
import { remembered } from '../results/remembered';

export const trustTableSummary = (study: Study, layer: TrustLayer): Promise<TrustTableRow[]> =>
  remembered(study, `trust table ${layer}`, (ask) => trustTable(study, layer, ask));

export const methodPairsSummary = (study: Study, layer: TrustLayer): Promise<MethodPairs> =>
  remembered(study, `method pairs ${layer}`, (ask) => methodPairs(study, layer, ask));

export const entropyAndTrustSummary = (study: Study): Promise<EntropyAndTrust[]> =>
  remembered(study, 'entropy and trust', (ask) => entropyAndTrust(study, ask));

export const tellingPairsSummary = (study: Study): Promise<TellingPair[]> =>
  remembered(study, 'telling pairs', (ask) => tellingPairs(study, ask));

export const mistakesSummary = (study: Study): Promise<Telling[]> =>
  remembered(study, 'mistakes', (ask) => mistakes(study, ask));

export const unfamiliarSummary = (study: Study, other: Study): Promise<Telling[]> =>
  remembered(study, `unfamiliar ${other.images.length} ${other.images[0]?.path}`, (ask) =>
    unfamiliar(study, other, ask),
  );
