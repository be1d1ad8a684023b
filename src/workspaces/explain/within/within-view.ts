import type { RegionChartData } from '../../../figures';
import { type RegionShare, regionShare, resizeBilinear } from '../../../semiotics';
import type { ExplainState, Still } from '../../../state/explain-store';
import { say } from '../../../text/say';
import { percent } from '../../../text/value-in-words';
import { maskOf, regionOf } from './region-shape';

type Analysis = NonNullable<ExplainState['analysis']>;

const known = new WeakMap<Analysis, { within: string; shares: (RegionShare | null)[] }>();

/** For every layer the share of its evidence inside the region that the address names; null where none is named. */
export function sharesWithin(
  analysis: ExplainState['analysis'],
  within: string,
): (RegionShare | null)[] | null {
  const shape = regionOf(within);
  if (!analysis || !shape) return null;
  const before = known.get(analysis);
  if (before?.within === within) return before.shares;
  const [height, width] = analysis.network.inputShape;
  const mask = maskOf(shape, { width, height });
  const shares = analysis.layers.map(({ map, outcome }) =>
    outcome === 'none'
      ? null
      : regionShare(resizeBilinear(map.values, map.width, map.height, width, height), mask),
  );
  known.set(analysis, { within, shares });
  return shares;
}

/** The share of evidence inside the region, by layer; null where none is marked. */
export function withinData({ analysis, settings, layer }: Still): RegionChartData | null {
  const shares = sharesWithin(analysis, settings.within);
  if (!analysis || !shares) return null;
  const first = shares.findIndex((share) => share?.above);
  return {
    selected: layer,
    first: first < 0 ? null : first,
    layers: analysis.layers.map(({ name }, i) => ({
      name,
      share: shares[i]?.share ?? null,
      null: shares[i]?.null ?? null,
    })),
  };
}

/** From where on the region holds more than chance, in a line; null where no layer holds evidence. */
export function withinInWords({ first, layers }: RegionChartData): string | null {
  if (layers.every(({ share }) => share === null)) return null;
  const found = first === null || first === undefined ? null : layers[first];
  if (!found || found.share === null)
    return say('No layer holds more of its evidence inside than the same region moved about.');
  const chance = found.null ? say(', moved about {mean} on average', { mean: percent(found.null.mean) }) : '';
  return say('{name} is the first that holds more inside than chance: {share}{chance}.', {
    name: found.name,
    share: percent(found.share),
    chance,
  });
}

/** One row a layer: the numbers of the chart. */
export function withinRows({ analysis, settings }: Still): Record<string, string | number | null>[] {
  const shares = sharesWithin(analysis, settings.within) ?? [];
  return (analysis?.layers ?? []).map(({ name }, i) => ({
    layer: i + 1,
    name,
    share_inside: shares[i]?.share ?? null,
    null_mean: shares[i]?.null?.mean ?? null,
    null_5_percent: shares[i]?.null?.low ?? null,
    null_95_percent: shares[i]?.null?.high ?? null,
    above_chance: shares[i] ? (shares[i]?.above ? 'yes' : 'no') : null,
  }));
}
