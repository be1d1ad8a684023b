import {
  type AuraSplit,
  auraSplit,
  countSigns,
  entropyScalar,
  findSigns,
  linkSigns,
  nullModelOf,
  shuffledMaps,
  structure,
  superization,
} from '../../semiotics';
import type { MapData } from '../../semiotics/map-data';
import { onGrid } from '../measure/measure-maps';
import { columnsOf, measureColumns } from './measured-columns';
import { ofAuraSplit } from './of-aura-split';
import type { MeasuredColumns, StudyMeasureRequest } from './study-methods';

interface MeasuredLayer {
  values: number[];
  aura: AuraSplit;
  nulls: { mean: number; sd: number }[];
  nullAura: AuraSplit;
  nullSigns: number;
}

/**
 * All columns of a study for the maps of one picture and class. The null models of all measures and of the number of signs are
 * taken from the same shuffled maps. A map without positive evidence has no entropy, and no step leads to it or from it.
 * @param checkpoint called once a shuffle; throws where the work is cancelled
 */
export async function measurePicture(
  request: StudyMeasureRequest,
  checkpoint: () => Promise<void>,
): Promise<MeasuredColumns> {
  const { maps, measures } = request;
  const layers: (MeasuredLayer | null)[] = [];
  for (const map of maps) {
    layers.push(
      map.values.some((value) => value !== 0) ? await measureLayer(map, request, checkpoint) : null,
    );
  }
  const columns: MeasuredColumns = Object.fromEntries(
    columnsOf(measures).map((name) => [name, new Float64Array(maps.length).fill(Number.NaN)]),
  );
  layers.forEach((measured, layer) => {
    if (!measured) return;
    const { values, nulls } = measured;
    measures.forEach((measure, k) => {
      const names = measureColumns(measure);
      columns[names.value][layer] = values[k];
      columns[names.null][layer] = nulls[k].mean;
      columns[names.sd][layer] = nulls[k].sd;
      columns[names.structure][layer] = structure(values[k], nulls[k].mean) ?? Number.NaN;
    });
  });
  addFormation(columns, layers);
  addSigns(columns, layers, request);
  return columns;
}

async function measureLayer(
  map: MapData,
  { measures, grid, signGrid, shuffles, seed, tau, theta, ...aura }: StudyMeasureRequest,
  checkpoint: () => Promise<void>,
): Promise<MeasuredLayer> {
  const { levels, neighbourhood, torus } = aura;
  const measured = ({ values, width, height }: MapData) => {
    const split = auraSplit(values, width, height, aura);
    const entropies = measures.map(
      (measure) =>
        ofAuraSplit[measure]?.(split) ??
        entropyScalar(values, width, height, { measure, levels, neighbourhood, torus }),
    );
    return { split, entropies };
  };
  const own = measured(onGrid(map, grid));
  const nulls = measures.map(() => new Float64Array(shuffles));
  const nullAura = { joint: 0, marginal: 0, conditional: 0 };
  let signs = 0;
  const { values, width, height } = map;
  const options = { shuffles, seed };
  const sameGrid = grid?.width === signGrid.width && grid.height === signGrid.height;
  // The same shuffles once more, where signs are counted on another grid.
  const forSigns = sameGrid ? null : shuffledMaps(values, width, height, { ...options, grid: signGrid });
  for (const shuffled of shuffledMaps(values, width, height, { ...options, grid: grid ?? undefined })) {
    await checkpoint();
    const { split, entropies } = measured({ ...shuffled, values: shuffled.map });
    entropies.forEach((value, k) => {
      nulls[k][shuffled.index] = value;
    });
    nullAura.marginal += split.marginal / shuffles;
    nullAura.conditional += split.conditional / shuffles;
    const counted = forSigns ? forSigns.next().value : shuffled;
    if (counted) signs += countSigns(counted.map, counted.width, counted.height, { tau, theta }) / shuffles;
  }
  nullAura.joint = nullAura.marginal + nullAura.conditional;
  return {
    values: own.entropies,
    aura: own.split,
    nulls: nulls.map(nullModelOf),
    nullAura,
    nullSigns: signs,
  };
}

/** Class and complex formation on the step from the layer before. */
function addFormation(columns: MeasuredColumns, layers: readonly (MeasuredLayer | null)[]): void {
  for (let layer = 1; layer < layers.length; layer++) {
    const [from, to] = [layers[layer - 1], layers[layer]];
    if (!from || !to) continue;
    const step = superization(
      { value: from.aura, null: from.nullAura },
      { value: to.aura, null: to.nullAura },
    );
    columns['class formation'][layer] = step.classFormation;
    columns['complex formation'][layer] = step.complexFormation;
    columns['class formation null'][layer] = step.null.classFormation;
    columns['complex formation null'][layer] = step.null.complexFormation;
  }
}

function addSigns(
  columns: MeasuredColumns,
  layers: readonly (MeasuredLayer | null)[],
  { maps, signGrid, tau, theta }: StudyMeasureRequest,
): void {
  const found = maps.map((map) => {
    const { values, width, height } = onGrid(map, signGrid);
    return { map: values, ...findSigns(values, width, height, { tau, theta }) };
  });
  const linked = linkSigns(found);
  found.forEach(({ signs }, layer) => {
    columns.signs[layer] = signs.length;
    columns['signs null'][layer] = layers[layer]?.nullSigns ?? 0;
    columns.supersigns[layer] = linked.layers[layer].filter(({ form }) => form === 'supersign').length;
    columns['largest share'][layer] =
      signs.length > 0 ? Math.max(...signs.map(({ share }) => share)) : Number.NaN;
  });
}
