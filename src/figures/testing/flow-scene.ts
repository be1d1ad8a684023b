import { findSigns, linkSigns, resizeBilinear, type SignOptions, seededRandom } from '../../semiotics';
import type { FlowData } from '../signs/flow-data';

const SIDE = 64;

/**
 * A network's worth of signs: noise resized from these numbers of pixels a side to one grid, so that fine layers have hundreds
 * of signs and coarse ones a few. 0 stands for a layer without evidence.
 */
export function flowScene(sides: readonly number[], seed = 1, options: SignOptions = {}): FlowData {
  const random = seededRandom(seed);
  const layers = sides.map((side) => {
    const map =
      side === 0
        ? new Float32Array(SIDE * SIDE)
        : resizeBilinear(
            Float32Array.from({ length: side * side }, () => random.next() ** 2),
            side,
            side,
            SIDE,
            SIDE,
          );
    return { map, ...findSigns(map, SIDE, SIDE, options) };
  });
  return {
    layers: layers.map(({ signs }, i) => ({
      name: `conv${i + 1}`,
      width: Math.max(1, sides[i]),
      height: Math.max(1, sides[i]),
      outcome: sides[i] === 0 ? ('none' as const) : ('evidence' as const),
      signs,
      null: sides[i] === 0 ? null : { mean: signs.length * 1.5, sd: 2.5 },
    })),
    linked: linkSigns(layers),
    selected: null,
  };
}
