import type { AuraSplit } from './entropy/aura';
import type { AuraOptions } from './entropy/options';
import { auraSplit } from './entropy/spatial-entropy';
import { type NullModel, nullModelOf, type ShuffleOptions, shuffledMaps } from './null-model';

/** The null models of the three entropies of the aura matrix, from the same shuffled maps. */
export interface NullAuraSplit {
  joint: NullModel;
  marginal: NullModel;
  conditional: NullModel;
}

/** What superization asks of a layer: its own aura entropies, in bits, and what its null model has in the mean. */
export interface LayerAura {
  value: AuraSplit;
  null: AuraSplit;
}

/** A change of the joint aura entropy from one layer to a later one, in bits: `change = classFormation + complexFormation`. */
export interface SuperizationSplit {
  change: number;
  /** Change of the marginal entropy; below 0 where distinctions are dropped and many values become one class. */
  classFormation: number;
  /** Change of the conditional entropy; below 0 where parts are bound into a whole and neighbours become predictable. */
  complexFormation: number;
}

/** The change between two layers beside that of their null models. */
export interface Superization extends SuperizationSplit {
  null: SuperizationSplit;
  /** Whether the entropy falls, and by more than that of the null model does. */
  happens: boolean;
}

/** The null model of `auraSplit`; see `nullModel`. */
export function nullAuraSplit(
  map: Float32Array,
  width: number,
  height: number,
  options: AuraOptions & ShuffleOptions = {},
): NullAuraSplit {
  const splits: AuraSplit[] = [];
  for (const shuffled of shuffledMaps(map, width, height, options)) {
    splits.push(auraSplit(shuffled.map, shuffled.width, shuffled.height, options));
  }
  const model = (part: keyof AuraSplit) => nullModelOf(Float64Array.from(splits, (split) => split[part]));
  return { joint: model('joint'), marginal: model('marginal'), conditional: model('conditional') };
}

function difference(from: AuraSplit, to: AuraSplit): SuperizationSplit {
  return {
    change: to.joint - from.joint,
    classFormation: to.marginal - from.marginal,
    complexFormation: to.conditional - from.conditional,
  };
}

/**
 * Superization on the step between two layers: the change of the joint aura entropy, split exactly into class and
 * complex formation (Frank's Klassenbildung and Komplexbildung), and whether it outdoes what the
 * values and sizes of the maps alone would give.
 */
export function superization(from: LayerAura, to: LayerAura): Superization {
  const own = difference(from.value, to.value);
  const chance = difference(from.null, to.null);
  return { ...own, null: chance, happens: own.change < Math.min(0, chance.change) };
}
