import path from 'node:path';
import { csv } from '../../src/codecs/csv';
import { serialiseAnalysis } from '../../src/export/analysis-file';
import type { ExplainState } from '../../src/state/explain-store';
import { comparisonRows } from '../../src/workspaces/explain/compare/comparison-view';
import { conceptRows } from '../../src/workspaces/explain/concepts/concepts-view';
import { analysisOf } from '../../src/workspaces/explain/files/analysis-of';
import { entropyRows } from '../../src/workspaces/explain/view-model';
import { type Drawn, type DrawOrder, drawFigures } from './draw-figures';
import { writeWhole } from './write-whole';

export type Row = Record<string, string | number | null>;

/** What one picture gives to the tables of all. */
export interface PictureRecord {
  /** Its row in `pictures.csv`. */
  picture: Row;
  /** Its rows in `layers.csv`, one a layer; in `methods.csv`, one a method and layer, where methods were compared. */
  layers: Row[];
  /** Files that were written, relative to the folder of the results. */
  files: string[];
}

/** What is written of every picture. */
export interface WriteOrder {
  /** Folder of the results. */
  out: string;
  /** Figures; null for none. */
  draw: DrawOrder | null;
}

/** Writes what there is of a picture into a folder of its own, called like the picture with its folders. */
export async function writePicture(
  drawn: Drawn,
  name: string,
  { out, draw }: WriteOrder,
): Promise<PictureRecord> {
  const { state, comparison, concepts } = drawn;
  const layers = comparison
    ? comparisonRows(comparison, null).map((row) => ({ picture: name, ...row }))
    : layerRows(state, name);
  const written: [string, string | Uint8Array][] = [
    ...(comparison
      ? [['methods.csv', csv(layers)] as [string, string]]
      : ([
          ['analysis.json', serialiseAnalysis(analysisOf(state))],
          ['layers.csv', csv(layers)],
        ] as [string, string][])),
    ...(concepts ? [['concepts.csv', csv(conceptRows(state, concepts))] as [string, string]] : []),
    ...(draw ? await drawFigures(drawn, draw) : []),
  ];
  const files = written.map(([file, content]) => {
    writeWhole(path.join(out, name, file), content);
    return `${name}/${file}`;
  });
  return { picture: pictureRow(state, name), layers, files };
}

/** One row a layer: the entropies of its map, and its signs. */
function layerRows(state: ExplainState, name: string): Row[] {
  const { signs, nullSigns, weights } = state;
  return entropyRows(state).map((row, index) => ({
    picture: name,
    ...row,
    signs: signs?.layers[index].signs.length ?? null,
    null_signs_mean: nullSigns?.[index]?.mean ?? null,
    null_signs_sd: nullSigns?.[index]?.sd ?? null,
    signs_weight: weights?.[index]?.together?.weight ?? null,
  }));
}

function pictureRow({ picture, analysis }: ExplainState, name: string): Row {
  const [first] = analysis?.predictions ?? [];
  return {
    picture: name,
    width: picture?.width ?? null,
    height: picture?.height ?? null,
    sha256: picture?.sha256 ?? null,
    predicted: first?.index ?? null,
    predicted_label: first?.label ?? null,
    probability: first?.probability ?? null,
    logit: first?.logit ?? null,
    explained: analysis?.target.index ?? null,
    explained_label: analysis?.target.label ?? null,
  };
}
