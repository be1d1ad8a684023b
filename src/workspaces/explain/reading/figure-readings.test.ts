import { describe, expect, it } from 'vitest';
import type { StoryFacts, StoryLayer } from '../story/story-facts';
import type { VerdictStep } from '../verdict/picture-verdict';
import { figureReadings } from './figure-readings';

const layer = (name: string, side: number, more: Partial<StoryLayer> = {}): StoryLayer => ({
  ...{ name, width: side, height: side, evidence: true, signs: [0.8], nullSigns: null },
  ...{ merging: { supersigns: 0, taken: 0 }, dissolving: 0, entropy: { value: 0.5, null: null }, ...more },
});

const facts = (layers: StoryLayer[], steps: StoryFacts['steps']): StoryFacts => ({
  ...{ picture: 'p', network: 'n', method: 'Grad-CAM', isAttention: false, layers, steps, carried: null },
  ...{ measure: { name: 'Aura matrix (AME)', unit: 'ratio' }, predictions: [], explainsFirst: true },
  explained: { label: 'horn', value: '' },
});

const three = [layer('a', 56), layer('b', 28), layer('c', 7, { evidence: false })];
const step = (change: number, chance: number, sd = 0.1): VerdictStep => ({
  change,
  null: { change: chance, sd },
});

describe('the reading of a figure', () => {
  it('counts maps and their sizes', () => {
    const read = (layers: StoryLayer[]) => figureReadings.layers(facts(layers, []));
    expect(read(three)).toBe('3 maps from 56 × 56 to 7 × 7 values; 1 of them without positive evidence.');
    expect(read([layer('a', 14)])).toBe('1 map of 14 × 14 values.');
    // Equal ends do not make maps equal.
    expect(read([layer('a', 14), layer('b', 28), layer('c', 14)])).toBe(
      '3 maps from 14 × 14 to 14 × 14 values.',
    );
  });

  it('names the step furthest beyond chance, and only one that is beyond it', () => {
    const read = (steps: StoryFacts['steps']) => figureReadings.change(facts(three, steps));
    // The second falls less, but further beyond its chance.
    expect(read([step(-2, -1.5), step(-1, 0.5)])).toBe(
      'Furthest beyond chance: −1.00 bits from b to c, shuffled +0.50.',
    );
    // What rises, though less than chance, or lies within two deviations, is none.
    expect(read([step(1, 3), step(-2, -1.9)])).toBe(
      'On no step does entropy fall clearly further than chance.',
    );
    expect(read([step(-2, -1, 0.5), null])).toBe('On no step does entropy fall clearly further than chance.');
  });

  it('says nothing before chance is known, or where no step can be compared', () => {
    const read = (steps: StoryFacts['steps']) => figureReadings.change(facts(three, steps));
    expect([read(null), read([null, null]), read([step(-1, 0), { change: -1, null: null }])]).toEqual([
      null,
      null,
      null,
    ]);
    expect(figureReadings.entropy(facts([layer('a', 7)], []))).toBeNull();
  });
});
