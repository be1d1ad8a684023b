import type { AnalysisFile } from '../../../export';
import { parametersOf } from '../../../state/address';
import type { ExplainState } from '../../../state/explain-store';
import { useVersus } from '../../../state/versus-store';
import { measuredAt } from '../view-model';
import { bothSides } from './versus-view';

/** What stands beside the analysis on screen, as files hold it: its settings and its numbers. Nothing where nothing does. */
export function versusInFile(state: ExplainState): Pick<AnalysisFile, 'versus'> {
  const known = useVersus.getState();
  const both = bothSides(state, known);
  if (!both) return {};
  const { second, match, differences } = both;
  const { analysis, picture, settings } = second;
  const { network, target, method } = analysis;
  return {
    versus: {
      asked: known.asked,
      image: {
        name: picture?.name ?? '',
        sha256: picture?.sha256 || null,
        ...(picture?.source ? { source: picture.source } : {}),
      },
      model: { name: network.id, sha256: network.sha256, inputShape: network.inputShape },
      // Of a likeness the second picture is that of the analysis.
      target: { ...target, second: undefined },
      settings: { method, view: parametersOf({ ...settings, versus: '', tour: 0, story: 0 }) },
      match: match.by,
      layers: match.partners.map((index, i) => {
        const measured = measuredAt(second, index);
        return {
          ...{ index, name: analysis.layers[index].name },
          entropy: {
            value: measured?.value ?? null,
            null: measured?.null ?? null,
            structure: measured?.structure ?? null,
          },
          correlation: differences?.[i]?.correlation ?? null,
          shared: differences?.[i]?.shared ?? null,
        };
      }),
    },
  };
}
