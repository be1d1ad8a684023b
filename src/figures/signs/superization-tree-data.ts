import type { OutlineLoop, Sign, SignRef, SignTree } from '../../semiotics';
import type { LayerSpan } from '../kit/layer-axis';

export interface TreeData {
  readonly layers: readonly {
    readonly name: string;
    /** By id. */
    readonly signs: readonly Pick<Sign, 'box' | 'share'>[];
  }[];
  /** What the sign is called: "sign 1 of conv5_2". */
  readonly name: string;
  /** The sign whose parts are shown, with all of them. */
  readonly tree: SignTree;
  /** Rank of the final sign the tree belongs to, which gives its colour; below 0 where it ends in none. */
  readonly rank: number;
  /** Size on which signs were found. */
  readonly grid: { readonly width: number; readonly height: number };
  /** The picture as a data URL, so that the figure stands alone. */
  readonly picture: string;
  /** The outline of a sign, on the grid. */
  outline(sign: SignRef): readonly OutlineLoop[];
  readonly selected: number | null;
  /** The part of the layers that is shown; all of them unless given. */
  readonly span?: LayerSpan;
  readonly title?: string;
  readonly caption?: string;
}
