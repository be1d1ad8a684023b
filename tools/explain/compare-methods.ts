import type { Engine } from '../../src/engine/engine';
import { compareMaps } from '../../src/engine/measure/compare-maps';
import type { Task } from '../../src/rpc/serve';
import type { AnalyseResult, CompareRequest } from '../../src/saliency/analysis';
import type { SaliencyMethod } from '../../src/saliency/method-names';
import { type ComparisonState, emptyComparison } from '../../src/state/comparison-store';
import type { ExplainSettings } from '../../src/state/settings';
import { referenceMethod } from '../../src/workspaces/explain/compare/compared-methods';
import { measuredAs } from '../../src/workspaces/explain/layers/measure-layers';
import { shownTarget } from '../../src/workspaces/explain/target/asked-target';

const task: Task<never> = {
  signal: new AbortController().signal,
  report: () => {},
  checkpoint: async () => {},
};

/**
 * Maps of several methods for what was explained, all layers, each with its entropy and with how alike it is to the reference's.
 * @param asked network and picture, as the analysis was asked for
 * @param methods the reference is computed beside them, whether it is one of them or not
 * @returns what the panel "Compare methods" holds
 */
export async function compareMethods(
  engine: Engine,
  asked: Omit<CompareRequest, 'methods' | 'layers' | 'target'>,
  { analysis, settings }: { analysis: AnalyseResult; settings: ExplainSettings },
  methods: readonly SaliencyMethod[],
): Promise<ComparisonState> {
  const computed = await engine.compare(
    {
      ...asked,
      methods: [...new Set([referenceMethod, ...methods])],
      layers: null,
      target: shownTarget(analysis, settings),
    },
    task,
  );
  const reference = computed.methods.find(({ method }) => method === referenceMethod);
  const [height, width] = analysis.network.inputShape;
  const compared: ComparisonState['methods'] = {};
  for (const { method, layers } of computed.methods.filter((each) => methods.includes(each.method))) {
    const measured = await compareMaps(
      {
        maps: layers.map(({ map }) => map),
        references: layers.map((_, at) =>
          method === referenceMethod ? null : (reference?.layers[at].map ?? null),
        ),
        ...measuredAs(settings, { width, height }),
      },
      task,
    );
    compared[method] = layers.map((saliency, at) => ({ saliency, measured: measured[at] }));
  }
  return { open: false, ...emptyComparison, of: analysis, methods: compared };
}
