import type { LayerMeasurement } from '../../../engine/measure/measure-methods';
import type { ChangeChartData } from '../../../figures';
import { type SuperizationSplit, superization } from '../../../semiotics';
import type { Still } from '../../../state/explain-store';
import { measuredAt } from '../view-model';

/** The change of the joint aura entropy on one step, bits. */
export interface Step extends SuperizationSplit {
  /** That of the null models, and whether superization happens; null until both null models are known. */
  null: SuperizationSplit | null;
  happens: boolean | null;
  /** Standard deviation of the null's change, whose two layers are shuffled each by itself; bits. */
  nullSd: number | null;
}

const joint = ({ marginal, conditional }: { marginal: number; conditional: number }) => ({
  marginal,
  conditional,
  joint: marginal + conditional,
});

/**
 * The step to the layer at `index` from the layer before, or from an earlier one: changes add up. Null for the first, and where one holds no
 * evidence or is not measured.
 */
export function stepTo(state: Still, index: number, from = index - 1): Step | null {
  const [before, after] = [from >= 0 ? measuredAt(state, from) : null, measuredAt(state, index)];
  if (!before || !after) return null;
  const aura = (layer: LayerMeasurement) => ({
    value: joint(layer),
    null: joint(layer.nullAura ?? { marginal: 0, conditional: 0 }),
  });
  const { null: chance, happens, ...own } = superization(aura(before), aura(after));
  const known = before.nullAura !== null && after.nullAura !== null;
  const nullSd = known ? Math.hypot(before.nullAura?.sd ?? 0, after.nullAura?.sd ?? 0) : null;
  return { ...own, null: known ? chance : null, happens: known ? happens : null, nullSd };
}

/** Whether the step to this layer changes the spatial size: pooling, or a stride. */
export function resizes({ analysis }: Pick<Still, 'analysis'>, index: number, from = index - 1): boolean {
  const [before, after] = [analysis?.layers[from]?.map, analysis?.layers[index]?.map];
  return before !== undefined && (before.width !== after?.width || before.height !== after.height);
}

/**
 * Class and complex formation by step beside their null.
 * @param columns the layers that are shown, in order: a step leads from one of them to the next; all unless given
 */
export function changeChartData(state: Still, columns?: readonly number[]): ChangeChartData | null {
  const { analysis, layer } = state;
  if (!analysis) return null;
  const shown = columns ?? [...analysis.layers.keys()];
  const selected = layer === null ? -1 : shown.indexOf(layer);
  return {
    selected: selected < 0 ? null : selected,
    measured: state.measurement !== null,
    layers: shown.map((i, place) => {
      const { name, map } = analysis.layers[i];
      const step = place === 0 ? null : stepTo(state, i, shown[place - 1]);
      return { name, width: map.width, height: map.height, step };
    }),
  };
}

/** One row a step: the numbers of the chart. */
export function changeRows(state: Still): Record<string, string | number | null>[] {
  const layers = state.analysis?.layers ?? [];
  return layers.slice(1).map(({ index, name }) => {
    const step = stepTo(state, index);
    return {
      step: index,
      from: layers[index - 1].name,
      to: name,
      resizes: resizes(state, index) ? 'yes' : 'no',
      change: step?.change ?? null,
      class_formation: step?.classFormation ?? null,
      complex_formation: step?.complexFormation ?? null,
      null_change: step?.null?.change ?? null,
      null_class_formation: step?.null?.classFormation ?? null,
      null_complex_formation: step?.null?.complexFormation ?? null,
      superization: step?.happens == null ? null : step.happens ? 'yes' : 'no',
    };
  });
}
