import type { Architecture } from '../architecture/architecture';
import type { NamedWeight } from '../architecture/named-weight';
import type { Recipe } from '../training-methods';

/** A network with its weights, and what a file of it should tell. */
export interface TrainedNetwork {
  title: string;
  architecture: Architecture;
  weights: NamedWeight[];
  /** Names of the classes, in the order of the logits. */
  labels: string[];
  /** What it was trained on, in words. */
  source: string;
  /** Null for weights that were not trained here. */
  recipe: Recipe | null;
  /** Time at which it was made, ISO 8601. */
  made: string;
}

/** What the files tell beside layers and weights, for this product and for whoever reads them. */
export const metadataOf = ({ title, labels, source, recipe, made, architecture }: TrainedNetwork) => ({
  title,
  labels,
  /** The pixels' values as the network reads them: -1 to 1. */
  scaling: 'signed' as const,
  source,
  recipe,
  made,
  architecture,
});
