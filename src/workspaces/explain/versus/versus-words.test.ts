import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type VersusFacts, type VersusLayerFacts, versusSentences } from './versus-words';

const layer = (change: Partial<VersusLayerFacts> = {}): VersusLayerFacts => ({
  ...{ name: 'conv1', partner: 'conv1', evidence: { a: true, b: true } },
  ...{ shared: 0.613, correlation: -0.424, entropy: { a: 0.531, b: 0.6112 } },
  ...change,
});
const facts = (change: Partial<VersusFacts> = {}): VersusFacts => ({
  ...{ kind: 'class', byDepth: false, layersOfB: 1, selected: 0, layers: [layer()] },
  ...change,
});

describe('what differs', () => {
  it('is said of the selected layer in its numbers', () => {
    expect(versusSentences(facts())).toEqual([
      'At conv1 the two share 61.3 % of their evidence, and the maps correlate by −0.42; entropy is 0.531 in A and 0.611 in B, 0.080 lower in A.',
    ]);
  });

  it('is the same where it is to the decimals that are shown', () => {
    const [sentence] = versusSentences(facts({ layers: [layer({ entropy: { a: 0.5, b: 0.5004 } })] }));
    expect(sentence).toContain('0.500 in A and 0.500 in B, the same to 3 decimals.');
  });

  it('has no sign where it rounds to zero', () => {
    expect(versusSentences(facts({ layers: [layer({ correlation: -0.004 })] }))[0]).toContain(
      'correlate by 0.00;',
    );
  });

  it('is nothing where a map holds no evidence', () => {
    const none = { shared: null, correlation: null, entropy: { a: null, b: null } };
    const said = (a: boolean, b: boolean) =>
      versusSentences(facts({ layers: [layer({ ...none, evidence: { a, b } })] }));
    expect(said(true, false)).toEqual([
      'At conv1 B holds no positive evidence: there is nothing to compare.',
    ]);
    expect(said(false, false)).toEqual([
      'At conv1 neither holds any positive evidence: there is nothing to compare.',
    ]);
  });

  it('says how layers of different networks meet, and that two pictures are two', () => {
    const said = versusSentences(facts({ byDepth: true, layersOfB: 27, layers: [layer({ partner: 'b9' })] }));
    expect(said[0]).toContain('At conv1 of A and b9 of B');
    expect(said[1]).toContain('each of A’s 1 stands beside that of B’s 27 which is nearest by its place');
    expect(versusSentences(facts({ kind: 'image' })).at(-1)).toContain('These are two pictures');
  });

  it('never says more of all layers than their numbers', () => {
    const share = fc.option(fc.integer({ min: 0, max: 1000 }), { freq: 5, nil: null });
    const entropy = fc.integer({ min: 0, max: 2000 });
    const one = fc.record({ share, a: entropy, b: entropy });
    fc.assert(
      fc.property(fc.array(one, { minLength: 2, maxLength: 9 }), (drawn) => {
        const layers = drawn.map(({ share: shared, a, b }, i) =>
          layer({
            ...{ name: `l${i}`, shared: shared === null ? null : shared / 1000, correlation: 0.5 },
            evidence: { a: shared !== null, b: true },
            entropy: shared === null ? { a: null, b: b / 1000 } : { a: a / 1000, b: b / 1000 },
          }),
        );
        const said = versusSentences(facts({ selected: null, layers })).join(' ');
        const known = drawn.flatMap(({ share: shared, a, b }) => (shared === null ? [] : [{ shared, a, b }]));
        if (known.length < 2) {
          expect(said).toBe('');
          return;
        }
        const shares = known.map(({ shared }) => shared / 10);
        const numbers = [...said.matchAll(/([\d.]+) %/g)].map(([, number]) => Number(number));
        expect(numbers[0]).toBeCloseTo(Math.min(...shares), 1);
        expect(numbers.at(-1)).toBeCloseTo(Math.max(...shares), 1);
        const counts = [
          known.filter(({ a, b }) => a < b).length,
          known.filter(({ a, b }) => a > b).length,
          known.filter(({ a, b }) => a === b).length,
        ];
        expect(said).toContain(`lower in A at ${counts[0]}, higher at ${counts[1]}`);
        if (counts[2] > 0) expect(said).toContain(`the same to 3 decimals at ${counts[2]}.`);
        if (known.length < drawn.length)
          expect(said).toContain(`the ${known.length} of ${drawn.length} layers`);
      }),
      { numRuns: 200 },
    );
  });
});
