import type { VersusData, VersusMap } from '../../../figures/versus/versus-data';
import { spokenName } from '../../../network/network-name';
import { saliencyMethodNames } from '../../../saliency/method-names';
import type { Shown, Still } from '../../../state/explain-store';
import { type Versus, versusOf } from '../../../state/versus';
import type { VersusState } from '../../../state/versus-store';
import { counted } from '../../../text/counted';
import { say } from '../../../text/say';
import { targetInWords } from '../target/target-words';
import { explainedInWords, measuredAt, measureLabel } from '../view-model';
import type { VersusFacts } from './versus-words';

type Known = Pick<VersusState, 'asked' | 'of' | 'b' | 'match' | 'differences'>;

/** Both sides, where the second is there and belongs to what is on screen. */
export function bothSides(state: Still, { asked, of, b, match, differences }: Known) {
  const { analysis } = state;
  const versus = versusOf(asked);
  if (!analysis || !b || !match || !versus || of !== analysis) return null;
  const { layer } = state;
  const second: Still = { ...b, layer: layer === null ? null : match.partners[layer] };
  return {
    first: { ...state, analysis },
    second: { ...second, analysis: b.analysis },
    match,
    differences,
    versus,
  };
}

type BothSides = NonNullable<ReturnType<typeof bothSides>>;

const pictureName = ({ picture }: Pick<Shown, 'picture'>) => `“${picture?.name ?? ''}”`;

/** What tells one side from the other, in few words: its class, its method, its network or its picture. */
export function sideInWords({ kind }: Versus, side: Still): string {
  const { analysis } = side;
  if (!analysis) return '';
  switch (kind) {
    case 'class':
      return targetInWords({ analysis });
    case 'method':
      return saliencyMethodNames[analysis.method];
    case 'model':
      return `${spokenName(analysis.network)}: ${targetInWords({ analysis })}`;
    case 'image':
      return `${pictureName(side)}: ${targetInWords({ analysis })}`;
  }
}

/** "A: Grad-CAM for … B: Grad-CAM for …", and how layers were set beside each other. */
export function versusCaption({ first, second, match }: BothSides, networkName?: string): string {
  const a = explainedInWords({ ...first, networkName });
  const b = explainedInWords({
    ...second,
    ...(second.settings.model === first.settings.model ? { networkName } : {}),
  });
  const matched =
    match.by === 'depth'
      ? say(
          ' Of A’s {layers} each stands beside that of B’s {layers2} which is nearest by its place between the first and the last.',
          { layers: counted(match.partners.length, 'layer'), layers2: second.analysis.layers.length },
        )
      : '';
  return `A: ${a} B: ${b}${matched}`;
}

const knownExtents = new WeakMap<NonNullable<Known['differences']>, number[]>();

/** The greatest difference of each layer, looked for once. */
function extentsOf(differences: Known['differences']): number[] {
  if (!differences) return [];
  const known = knownExtents.get(differences);
  if (known) return known;
  const found = differences.map(({ difference }) =>
    (difference?.values ?? new Float32Array()).reduce((most, value) => Math.max(most, Math.abs(value)), 0),
  );
  knownExtents.set(differences, found);
  return found;
}

/** A against B as figures draw it; null until B is there. */
export function versusData(state: Still, known: Known): VersusData | null {
  const both = bothSides(state, known);
  if (!both) return null;
  const { first, second, match, differences, versus } = both;
  const { settings } = state;
  const { colours, opacity, smoothing, view } = settings;
  const extents = extentsOf(differences);
  const all = Math.max(0, ...extents);
  const sideOf = (side: Still) => ({
    title: sideInWords(versus, side),
    picture: side.picture?.display ?? null,
    aspect: side.picture ? side.picture.input.width / side.picture.input.height : 1,
  });
  return {
    // A picture alone has no evidence to compare.
    ...{ colourMap: colours, opacity, interpolation: smoothing, view: view === 'map' ? 'map' : 'overlay' },
    ...{ a: sideOf(first), b: sideOf(second), byDepth: match.by === 'depth' },
    ...{ selected: state.layer, measure: measureLabel(settings) },
    layers: first.analysis.layers.map(({ name }, i) => ({
      name,
      a: mapOf(first, i, settings.scaling),
      b: mapOf(second, match.partners[i], settings.scaling),
      difference: differences?.[i]?.difference ?? null,
      extent: (settings.scaling === 'layer' ? extents[i] : all) ?? 0,
      shared: differences?.[i]?.shared ?? null,
      correlation: differences?.[i]?.correlation ?? null,
    })),
  };
}

function mapOf(side: BothSides['first'], index: number, scaling: 'layer' | 'global'): VersusMap {
  const { layers } = side.analysis;
  const { name, map, maximum, outcome } = layers[index];
  const measured = measuredAt(side, index);
  return {
    ...{ name, map, outcome },
    hi: scaling === 'layer' ? maximum : Math.max(...layers.map((layer) => layer.maximum)),
    entropy: measured?.value ?? null,
    null: measured?.null ?? null,
  };
}

/** The numbers that sentences and table are read from. */
export function versusFacts(state: Still, known: Known): VersusFacts | null {
  const data = versusData(state, known);
  const both = bothSides(state, known);
  if (!data || !both) return null;
  return {
    ...{ kind: both.versus.kind, byDepth: data.byDepth, layersOfB: both.second.analysis.layers.length },
    selected: data.selected,
    layers: data.layers.map(({ name, a, b, shared, correlation }) => ({
      ...{ name, partner: b.name, shared, correlation },
      evidence: { a: a.outcome === 'evidence', b: b.outcome === 'evidence' },
      entropy: { a: a.entropy, b: b.entropy },
    })),
  };
}

/** One row a layer: the numbers of the figures. */
export function versusRows(state: Still, known: Known): Record<string, string | number | null>[] {
  return (versusData(state, known)?.layers ?? []).map(({ name, a, b, correlation, shared }, i) => ({
    layer: i + 1,
    name,
    layer_of_b: b.name,
    correlation,
    shared,
    entropy_a: a.entropy,
    entropy_b: b.entropy,
    entropy_difference: a.entropy === null || b.entropy === null ? null : a.entropy - b.entropy,
    null_mean_a: a.null?.mean ?? null,
    null_sd_a: a.null?.sd ?? null,
    null_mean_b: b.null?.mean ?? null,
    null_sd_b: b.null?.sd ?? null,
  }));
}
