import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Study } from '../study-data';
import { askAtOnce, someImages, studyWith } from '../study-testing';
import type { Step } from '../summary/change';
import { type Difference, pairedDifference } from '../summary/difference';
import { type Evidence, evidenceOf } from '../summary/evidence';
import type { Level } from '../summary/null-level';
import { measureColumns } from '../summary/number-columns';
import { comparisonFinding } from './difference-findings';
import { type Finding, findingsOf } from './findings';

/** A number as the page prints it: "−0.388", ".004", "< .001" (which is taken for half of it). */
const number = (text: string): number =>
  text.startsWith('< ') ? number(text.slice(2)) / 2 : Number(text.replace('−', '-').replaceAll(',', ''));
const NUMBER = '[−+]?[\\d,]*\\.?\\d+';
const P = '(?:= (\\d?\\.\\d+)|(< \\.001))';
const BAND = `(${NUMBER})(?: bits)? \\(95 % (${NUMBER}) to (${NUMBER})\\)`;

interface Printed {
  mean: number;
  low: number;
  high: number;
  /** Whether the printed ends have a sign that says so: "−0.000" lies below zero. */
  below: boolean;
  above: boolean;
}

function band([mean, low, high]: string[]): Printed {
  return {
    ...{ mean: number(mean), low: number(low), high: number(high) },
    below: high.startsWith('−'),
    above: low.startsWith('+'),
  };
}

const near = (printed: number, value: number) => expect(Math.abs(printed - value)).toBeLessThan(0.00051);
const nearBand = (printed: Printed, value: { mean: number; low: number; high: number }) => {
  near(printed.mean, value.mean);
  near(printed.low, value.low);
  near(printed.high, value.high);
};

/** What stands between the last colon of "..., corrected: ..." and the sentence's end. */
const reasonsIn = (evidence: string) =>
  /corrected: (.*?)\. /.exec(`${evidence} `.replaceAll(/\.(\d)/g, '·$1'))?.[1];

const found = <Match>(match: Match | null): Match => {
  expect(match).not.toBeNull();
  return match as Match;
};

const matched = (text: string, pattern: string) => found(new RegExp(pattern).exec(text));

/** Nouns agree with the numbers before them. */
function agree({ text, evidence }: Finding) {
  for (const [, count, plural] of `${text} ${evidence}`.matchAll(
    /(?<![.\d−+·])(\d[\d,]*) (?:layer|step|image|label)(s?)\b/g,
  )) {
    expect(plural, `${count} in "${text} ${evidence}"`).toBe(count === '1' ? '' : 's');
  }
  expect(`${text} ${evidence}`).not.toMatch(/NaN|Infinity|undefined|of 0 | {2}/);
}

function holdLevels({ text, evidence }: Finding, levels: (Level | null)[]) {
  const known = levels.filter((level) => level !== null);
  if (known.length === 0) return expect(text).toContain('measured at no layer');
  const holding = known.filter(({ beyond, p }) => beyond.high < 0 && p < 0.05);
  const [, count, of] = matched(text, 'below its null at (none|\\d+) of (\\d+) layers?');
  expect(count).toBe(holding.length === 0 ? 'none' : String(holding.length));
  expect(Number(of)).toBe(known.length);
  const [, way, layer, ...rest] = matched(
    evidence,
    `^(Furthest below|Nearest to it) at (\\S+): ${BAND}, p ${P}`,
  );
  const printed = band(rest);
  const p = number(rest[3] ?? rest[4]);
  const level = found(known.find((each) => each.layer === layer) ?? null);
  nearBand(printed, level.beyond);
  if (way === 'Furthest below') {
    expect(holding.every(({ beyond }) => beyond.mean >= level.beyond.mean)).toBe(true);
    expect(printed.below && p < 0.05).toBe(true);
  } else {
    const reasons = found(reasonsIn(evidence) ?? null);
    expect(reasons.includes('the band does not lie below zero')).toBe(!printed.below);
    expect(reasons.includes('p is not below')).toBe(!(p < 0.05));
  }
}

function holdSteps({ text, evidence }: Finding, steps: (Step | null)[]) {
  const known = steps.filter((step) => step !== null);
  if (known.length === 0) return expect(text).toContain('was measured on no step');
  const falls = known.filter(({ change }) => change.high < 0);
  const lower = known.filter(({ beyond, p }) => beyond.high < 0 && p < 0.05);
  const both = falls.filter((step) => lower.includes(step));
  const [, count, of] = matched(text, 'in (none|\\d+) of (\\d+) steps?');
  expect(count).toBe(both.length === 0 ? 'none' : String(both.length));
  expect(Number(of)).toBe(known.length);
  const stepOf = (words: string) => found(known.find(({ from, to }) => `${from} to ${to}` === words) ?? null);
  if (both.length > 0) {
    const [, words, share] = matched(text, 'beyond it is (\\S+ to \\S+), in (\\S+) % of images\\.$');
    const step = stepOf(words);
    expect(both.every(({ beyond }) => beyond.mean >= step.beyond.mean)).toBe(true);
    expect(Math.abs(Number(share) / 100 - step.share.share)).toBeLessThan(0.0051);
    const [, , ...rest] = matched(
      evidence,
      `^(\\S+ to \\S+): ${BAND}, null ${NUMBER}; beyond the null ${BAND}, p ${P}, corrected\\. `,
    );
    nearBand(band(rest), step.change);
    nearBand(band(rest.slice(3)), step.beyond);
    expect(band(rest).below && band(rest.slice(3)).below).toBe(true);
    expect(number(rest[6] ?? rest[7])).toBeLessThan(0.05);
    return;
  }
  // The counts of the two falls, wherever they are said.
  const falling = /falls in (\d+) of them/.exec(evidence)?.[1] ?? '0';
  const coming = /comes out lower than its null would in (\d+) of them/.exec(evidence)?.[1] ?? '0';
  expect([Number(falling), Number(coming)]).toEqual([falls.length, lower.length]);
  if (/by more than its null can(not)? be told from chance in any/.test(evidence)) expect(lower).toEqual([]);
  if (/that it falls at all cannot be told from chance in any/.test(evidence)) expect(falls).toEqual([]);
  if (!evidence.includes('Nearest')) {
    expect(evidence).toContain('Its mean falls in none of them');
    expect(known.some(({ change }) => change.mean < 0)).toBe(false);
    return;
  }
  const [, words, ...rest] = matched(
    evidence,
    `Nearest to it: (\\S+ to \\S+), ${BAND} beyond the null, p ${P}, corrected: `,
  );
  const [beyond, p] = [band(rest), number(rest[3] ?? rest[4])];
  const step = stepOf(words);
  nearBand(beyond, step.beyond);
  const reasons = found(reasonsIn(evidence) ?? null);
  const own = /the band of its own change, (.*?), does not lie below zero/.exec(evidence)?.[1];
  if (own) {
    const change = band(matched(own, BAND).slice(1));
    nearBand(change, step.change);
    expect(change.below).toBe(false);
  } else expect(step.change.high).toBeLessThan(0);
  expect(reasons.includes('the band beyond the null does not')).toBe(!beyond.below);
  expect(reasons.includes('p is not below')).toBe(!(p < 0.05));
}

function holdDifference({ text, evidence }: Finding, { differences }: Difference, layers: readonly string[]) {
  const known = differences.flatMap((each, i) => (each ? [{ ...each, layer: layers[i] }] : []));
  if (known.length === 0) return expect(text).toMatch(/cannot be compared .*: no layer has it/);
  const claimed = known.filter(({ band: { low, high }, p }) => p < 0.05 && (low > 0 || high < 0));
  if (claimed.length === 0) {
    const [, count] = matched(text, 'beyond chance, at (any of \\d+ layers|the only layer)\\.$');
    expect(count).toBe(known.length === 1 ? 'the only layer' : `any of ${known.length} layers`);
    const [, layer, , ...rest] = matched(
      evidence,
      `^Nearest to it at (\\S+): ([gd] = \\S+, )?${BAND}, p ${P}, corrected: `,
    );
    const printed = band(rest);
    const [reasons, p] = [found(reasonsIn(evidence) ?? null), number(rest[3] ?? rest[4])];
    nearBand(printed, found(known.find((each) => each.layer === layer) ?? null).band);
    expect(reasons.includes('its band does not leave zero out')).toBe(!(printed.below || printed.above));
    expect(reasons.includes('p is not below')).toBe(!(p < 0.05));
    return;
  }
  const [, count, of, layer] = matched(text, 'at (\\d+) of (\\d+) layers?.*; most at (\\S+), ');
  expect([Number(count), Number(of)]).toEqual([claimed.length, known.length]);
  const most = found(claimed.find((each) => each.layer === layer) ?? null);
  const [up, down] = [
    claimed.filter(({ band: { low } }) => low > 0).length,
    claimed.filter(({ band: { high } }) => high < 0).length,
  ];
  expect(/(have|is) higher/.test(text)).toBe(down === 0);
  expect(/(have|is) lower/.test(text)).toBe(up === 0);
  const ways = /\(higher (?:in \S+ )?at (\d+), lower at (\d+)\)/.exec(text);
  if (ways) expect(ways.slice(1).map(Number)).toEqual([up, down]);
  expect(ways !== null).toBe(up > 0 && down > 0);
  const effect = /by [gd] = (−?[\d.]+), a (\w+) effect/.exec(text);
  expect(effect === null).toBe(most.effect === null);
  if (effect) {
    const size = Math.abs(number(effect[1]));
    const word = size < 0.2 ? 'negligible' : size < 0.5 ? 'small' : size < 0.8 ? 'medium' : 'large';
    expect(effect[2]).toBe(word);
    expect(claimed.every((each) => Math.abs(each.effect ?? 0) <= Math.abs(most.effect ?? 0))).toBe(true);
  }
  const [, , ...rest] = matched(evidence, `^(\\S+): ${BAND}, p ${P}, corrected\\. `);
  const printed = band(rest);
  nearBand(printed, most.band);
  expect(printed.below || printed.above).toBe(true);
  expect(number(rest[3] ?? rest[4])).toBeLessThan(0.05);
}

function holdAccuracy({ text, evidence }: Finding, { images }: Study) {
  const judged = images.filter(({ trueClass }) => trueClass !== null);
  if (judged.length === 0) return expect(text).toContain('there is no accuracy');
  const right = judged.filter(({ trueClass, predicted }) => trueClass === predicted).length;
  const [, share, of] = matched(text, 'names ([\\d.]+) % of ([\\d,]+) images? right\\.$');
  const [, cases, low, high] = matched(
    evidence,
    '^([\\d,]+) of [\\d,]+, 95 % interval ([\\d.]+) % to ([\\d.]+) %\\.',
  );
  expect([number(cases), number(of)]).toEqual([right, judged.length]);
  expect(Math.abs(Number(share) - (100 * right) / judged.length)).toBeLessThan(0.51);
  expect(Number(share) === 100).toBe(right === judged.length);
  expect(Number(share) === 0).toBe(right === 0);
  expect(Number(low) <= Number(share) && Number(share) <= Number(high)).toBe(true);
}

/** Every finding of some evidence against it. */
function hold(evidence: Evidence) {
  const all = findingsOf(evidence);
  all.forEach(agree);
  const [accuracy, ...rest] = all;
  holdAccuracy(accuracy, evidence.study);
  if (rest[0].text.startsWith('With ')) {
    const claims = [
      ...evidence.levels.map((level) => level?.below),
      ...evidence.steps,
      ...evidence.superization,
    ];
    expect(claims.some((claim) => (typeof claim === 'object' ? claim?.claimed : claim))).toBe(false);
    return;
  }
  holdLevels(rest[0], evidence.levels);
  holdSteps(rest[1], evidence.steps);
  holdSteps(rest[2], evidence.superization);
  const answers = rest[3];
  if (!answers) return;
  if (answers.text.startsWith('Right and wrong answers cannot')) {
    const [, wrong, right] = matched(answers.evidence, '^(\\d+) wrong against (\\d+) right');
    expect(Math.min(Number(wrong), Number(right))).toBeLessThan(2);
    return;
  }
  holdDifference(
    answers,
    evidence.answers as Difference,
    evidence.study.layers.map(({ name }) => name),
  );
}

const names = (count: number) => Array.from({ length: count }, (_, i) => `conv${i + 1}`);

/** Values that a decimal more or less, or a sign, could turn about. */
const tricky = fc.oneof(
  fc.double({ min: -1, max: 1, noNaN: true }),
  fc.constantFrom(0, 0.0004, -0.0004, 0.00049, -0.00051, 0.2, 0.4999, 0.7996),
);
const anyP = fc.oneof(
  fc.double({ min: 0.0001, max: 1, noNaN: true }),
  fc.constantFrom(0.05, 0.04999, 0.0500001, 0.0496, 0.0504, 0.00099, 0.001, 0.004),
);
const anyBand = fc.tuple(tricky, tricky, tricky, fc.integer({ min: 1, max: 99 })).map(([a, b, c, count]) => {
  const [low, mean, high] = [a, b, c].sort((x, y) => x - y);
  return { mean, low, high, count };
});
const anyShare = fc.double({ min: 0, max: 1, noNaN: true });

const madeUp = fc
  .record({
    count: fc.integer({ min: 1, max: 5 }),
    images: fc.array(fc.record({ predicted: fc.nat(1), trueClass: fc.option(fc.nat(1)) }), {
      minLength: 8,
      maxLength: 30,
    }),
    bands: fc.array(fc.tuple(anyBand, anyBand, anyP, anyShare, fc.boolean()), {
      minLength: 20,
      maxLength: 20,
    }),
    effects: fc.array(fc.option(fc.oneof(tricky, fc.double({ min: -2, max: 2, noNaN: true }))), {
      minLength: 5,
      maxLength: 5,
    }),
  })
  .map(({ count, images, bands, effects }): Evidence => {
    const layers = names(count);
    const study = studyWith({ images: someImages(images.length, (i) => images[i]), layers, numbers: {} });
    let next = 0;
    const draw = () => bands[next++ % bands.length];
    const steps = () =>
      layers.map((to, i): Step | null => {
        const [change, beyond, p, share, there] = draw();
        if (i === 0 || !there) return null;
        const claimed = change.high < 0 && beyond.high < 0 && p < 0.05;
        const shares = { share, low: share, high: share, of: beyond.count };
        return { from: layers[i - 1], to, change, null: change, beyond, p, share: shares, claimed };
      });
    const points = layers.map(() => null);
    return {
      study,
      column: measureColumns(study)[0],
      target: 'predicted',
      levels: layers.map((layer) => {
        const [beyond, , p, , there] = draw();
        return there ? { layer, beyond, p, below: beyond.high < 0 && p < 0.05 } : null;
      }),
      steps: steps(),
      superization: steps(),
      answers: {
        means: { first: points, second: points },
        differences: layers.map((_, i) => {
          const [own, , p, , there] = draw();
          return there ? { band: own, effect: effects[i], p } : null;
        }),
        paired: false,
        pictures: images.length,
      },
    };
  });

/** Measured, not made up: every image falls by about so much on every step, and its null by about so much. */
const measured = fc
  .record({
    images: fc.integer({ min: 1, max: 24 }),
    layers: fc.integer({ min: 1, max: 4 }),
    slopes: fc.array(fc.double({ min: -0.4, max: 0.4, noNaN: true }), { minLength: 8, maxLength: 8 }),
    noise: fc.constantFrom(0, 0.02, 0.5),
    wrong: fc.constantFrom(0, 2, 3),
    missing: fc.constantFrom(0, 5),
    seed: fc.nat(1e6),
  })
  .map(({ images, layers, slopes, noise, wrong, missing, seed }) => {
    // Mulberry32: noise that is the same on every run.
    let state = seed;
    const random = () => {
      state = (state + 0x6d2b79f5) | 0;
      let t = Math.imul(state ^ (state >>> 15), 1 | state);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return ((t ^ (t >>> 14)) >>> 0) / 4294967296 - 0.5;
    };
    const table = () => Array.from({ length: images * layers }, () => random() * noise);
    const [own, shuffled, classes, complex] = [table(), table(), table(), table()];
    const at = (values: number[], slope: number) => (image: number, layer: number) =>
      missing && (image + layer) % missing === 0
        ? Number.NaN
        : values[image * layers + layer] + slope * layer + (wrong && image % wrong === 0 ? slopes[7] : 0);
    const step = (values: number[], slope: number) => (image: number, layer: number) =>
      layer === 0 ? Number.NaN : values[image * layers + layer] + slope;
    return studyWith({
      images: someImages(images, (i) => ({ predicted: wrong && i % wrong === 0 ? 1 : 0 })),
      layers: names(layers),
      numbers: {
        'aura-matrix': at(own, slopes[0]),
        'aura-matrix null': (image, layer) =>
          shuffled[image * layers + layer] + slopes[1] * layer + slopes[2],
        'class formation': step(classes, slopes[3]),
        'complex formation': step(complex, slopes[4]),
        'class formation null': step(shuffled, slopes[5]),
        'complex formation null': step(own, slopes[6]),
      },
    });
  });

/** Mean over the images that have both, by hand. */
function meanBeyond({ numbers, images, layers }: Study, column: string, layer: number): number {
  const each = images.flatMap((_, image) => {
    const row = image * 2 * layers.length + layer;
    const value = numbers[column][row] - numbers[`${column} null`][row];
    return Number.isNaN(value) ? [] : [value];
  });
  return each.reduce((sum, value) => sum + value, 0) / each.length;
}

describe('every sentence holds against the numbers beside it', () => {
  it('for whatever the tests may come to', () => {
    fc.assert(fc.property(madeUp, hold), { numRuns: 500 });
  });

  it('for whatever two studies may differ in', () => {
    fc.assert(
      fc.property(madeUp, ({ study, answers, column }) => {
        const difference = { ...(answers as Difference), paired: true };
        const finding = comparisonFinding(
          difference,
          { first: 'trained', second: 'randomised' },
          column,
          study,
        );
        agree(finding);
        holdDifference(
          finding,
          difference,
          study.layers.map(({ name }) => name),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('for random studies, measured anew from their numbers', async () => {
    await fc.assert(
      fc.asyncProperty(measured, async (study) => {
        const evidence = await evidenceOf(study, 'aura-matrix', 'predicted', askAtOnce);
        hold(evidence);
        const told = findingsOf(evidence).find(({ text }) => / lies below its null /.test(text));
        const place = told && /^(?:Furthest below|Nearest to it) at conv(\d+): (\S+) \(/.exec(told.evidence);
        if (place) near(number(place[2]), meanBeyond(study, 'aura-matrix', Number(place[1]) - 1));
      }),
      { numRuns: 60 },
    );
  });

  it('for a study against itself moved by a constant', async () => {
    await fc.assert(
      fc.asyncProperty(measured, fc.constantFrom(0, 0.001, -0.2), async (study, shift) => {
        const numbers = Object.fromEntries(
          Object.entries(study.numbers).map(([id, values]) => [id, values.map((value) => value + shift)]),
        );
        const [column] = measureColumns(study);
        const difference = await pairedDifference(
          study,
          { ...study, numbers },
          column,
          'predicted',
          askAtOnce,
        );
        const finding = comparisonFinding(
          difference,
          { first: 'trained', second: 'randomised' },
          column,
          study,
        );
        agree(finding);
        holdDifference(
          finding,
          difference,
          study.layers.map(({ name }) => name),
        );
      }),
      { numRuns: 30 },
    );
  });
});

it('names the condition that failed: a fall beyond the null, of an entropy that does not fall itself', () => {
  const study = studyWith({ images: someImages(80), layers: ['conv4', 'conv5'], numbers: {} });
  const step: Step = {
    ...{ from: 'conv4', to: 'conv5' },
    change: { mean: -0.021, low: -0.19, high: 0.148, count: 80 },
    null: { mean: 0.367, low: 0.3, high: 0.4, count: 80 },
    beyond: { mean: -0.388, low: -0.59, high: -0.187, count: 80 },
    ...{ p: 0.004, share: { share: 0.5, low: 0.4, high: 0.6, of: 80 }, claimed: false },
  };
  const evidence: Evidence = {
    ...{
      study,
      column: measureColumns(study)[0],
      target: 'predicted',
      levels: [null, null],
      steps: [null, null],
    },
    ...{ superization: [null, step], answers: null },
  };
  expect(findingsOf(evidence)[3]).toEqual({
    text: 'Superization happens, the joint aura entropy falling beyond its null, in none of 1 step.',
    evidence:
      'It comes out lower than its null would in 1 of them, but that it falls at all cannot be told from chance in any. Nearest to it: conv4 to conv5, −0.388 (95 % −0.590 to −0.187) beyond the null, p = .004, corrected: the band of its own change, −0.021 (95 % −0.190 to +0.148), does not lie below zero. 80 images.',
  });
});
