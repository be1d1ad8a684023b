import { describe, expect, it } from 'vitest';
import { type LinkedSign, type LinkedSigns, linkSigns } from '../../semiotics';
import { outlineColours } from './outline-colours';

/** Layers of a row of pixels; every letter is a sign, ids in order of the alphabet. */
function linked(...rows: string[]): { linked: LinkedSigns; signs: LinkedSign[][] } {
  const layers = rows.map((row) => {
    const labels = Int32Array.from(row, (letter) => (letter === '.' ? -1 : letter.charCodeAt(0) - 97));
    const map = Float32Array.from(labels, (label) => (label < 0 ? 0 : 1));
    const ids = [...new Set(labels)].filter((id) => id >= 0).sort();
    const signs = ids.map((id) => ({ id, mass: labels.filter((label) => label === id).length }));
    return { map, labels, signs: signs as never };
  });
  const all = linkSigns(layers);
  return { linked: all, signs: all.layers };
}

describe('outlineColours', () => {
  const roots = [
    { id: 0, share: 0.2 },
    { id: 1, share: 0.7 },
  ];
  const { linked: links } = linked('aabbccdd..ee', 'aaaabbb.....', 'aaaabbbb....');
  const colour = outlineColours(links, roots);

  it('gives a sign the colour of the final sign it becomes part of', () => {
    expect(colour({ layer: 0, sign: 0 })).toBe(colour({ layer: 2, sign: 0 }));
    expect(colour({ layer: 0, sign: 1 })).toBe(colour({ layer: 2, sign: 0 }));
    expect(colour({ layer: 1, sign: 1 })).toBe(colour({ layer: 2, sign: 1 }));
    expect(colour({ layer: 0, sign: 0 })).not.toBe(colour({ layer: 0, sign: 2 }));
  });

  it('gives the first colour to the greatest', () => {
    const [greatest] = [colour({ layer: 2, sign: 1 })];
    const alone = outlineColours(linked('a').linked, [{ id: 0, share: 1 }]);
    expect(greatest).toBe(alone({ layer: 0, sign: 0 }));
  });

  it('leaves grey what ends in none', () => {
    const grey = colour({ layer: 0, sign: 4 });
    expect([colour({ layer: 2, sign: 0 }), colour({ layer: 2, sign: 1 })]).not.toContain(grey);
  });
});
