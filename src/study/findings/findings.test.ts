import { describe, expect, it } from 'vitest';
import type { Study } from '../study-data';
import { askAtOnce, someImages, studyWith } from '../study-testing';
import { pairedDifference } from '../summary/difference';
import { evidenceOf } from '../summary/evidence';
import { measureColumns } from '../summary/number-columns';
import { comparisonFinding } from './difference-findings';
import { findingsOf } from './findings';

const none = Number.NaN;
const layers = ['conv1', 'conv2', 'conv3'];
const wobble = (image: number) => ((image % 10) - 4.5) / 100;

/** On the last step everything falls by `fall`, its null by half a bit. */
function falling(fall: number, images = someImages(20), change: Partial<Study> = {}): Study {
  const study = studyWith({
    images,
    layers,
    numbers: {
      'aura-matrix': (image, layer) => (layer === 2 ? 0.9 - fall : 0.9) + wobble(image * (layer + 1)),
      'aura-matrix null': (_, layer) => (layer === 2 ? 0.5 : 1),
      'class formation': (image, layer) => (layer ? (layer === 2 ? -fall : 0) + wobble(image) : none),
      'complex formation': (_, layer) => (layer ? 0 : none),
      'class formation null': (_, layer) => (layer === 2 ? -0.5 : layer ? 0 : none),
      'complex formation null': (_, layer) => (layer ? 0 : none),
    },
  });
  return { ...study, ...change };
}

const told = async (study: Study) =>
  findingsOf(await evidenceOf(study, 'aura-matrix', 'predicted', askAtOnce));
const sentences = async (study: Study) => (await told(study)).map(({ text }) => text);

describe('findings', () => {
  it('name the steps on which the entropy falls beyond the null, and the share of the images', async () => {
    const found = await told(falling(0.7));
    const texts = found.map(({ text }) => text);
    expect(texts).toContain(
      'Aura matrix (AME) falls beyond its null in 1 of 2 steps; the largest fall beyond it is conv2 to conv3, in 100 % of images.',
    );
    expect(texts).toContain(
      'Superization happens, the joint aura entropy falling beyond its null, in 1 of 2 steps; the largest fall beyond it is conv2 to conv3, in 100 % of images.',
    );
    const { evidence } = found[3];
    expect(evidence).toMatch(
      /^conv2 to conv3: −0\.700 \(95 % −0\.71\d to −0\.68\d\), null −0\.500; beyond the null −0\.200 \(95 % −0\.21\d to −0\.18\d\), p < \.001, corrected\. 20 images\.$/,
    );
  });

  it('claim nothing of a fall that the null has too', async () => {
    const texts = await sentences(falling(0.5));
    expect(texts).toContain('Aura matrix (AME) falls beyond its null in none of 2 steps.');
    expect(texts).toContain(
      'Superization happens, the joint aura entropy falling beyond its null, in none of 2 steps.',
    );
    const found = await told(falling(0.5));
    expect(found[2].evidence).toMatch(
      /^Aura matrix \(AME\) falls in 1 of them, but that it falls by more than its null cannot be told from chance in any\. Nearest to it: /,
    );
  });

  it('do not take a rise that the null outdoes for a fall', async () => {
    const rising = falling(-0.2);
    // The entropy rises by 0.2 on the last step, its null by 0.5.
    for (let i = 2; i < rising.numbers['aura-matrix null'].length; i += 3) {
      rising.numbers['aura-matrix null'][i] = 1.5;
    }
    const found = await told(rising);
    expect(found[2].text).toBe('Aura matrix (AME) falls beyond its null in none of 2 steps.');
    expect(found[2].evidence).not.toContain('conv2 to conv3');
  });

  it('say where the maps are more ordered than their values shuffled, and where not', async () => {
    expect(await sentences(falling(0.7))).toContain(
      'Aura matrix (AME) lies below its null at 3 of 3 layers: there the maps are more ordered than their own values shuffled.',
    );
    const above = falling(0.7);
    above.numbers['aura-matrix null'].fill(0.1);
    expect(await sentences(above)).toContain('Aura matrix (AME) lies below its null at none of 3 layers.');
  });

  it('say that a few images can prove nothing, and how many could', async () => {
    const found = await told(falling(0.7, someImages(5)));
    expect(found).toHaveLength(2);
    expect(found[1]).toEqual({
      text: 'With 5 images nothing about the layers can be told from chance.',
      // 2 / 2^5 at each of three layers; 2 / 2^7 * 3 is the first below .05.
      evidence:
        'Even if all of them agreed at all of 3 layers, the least p possible would be .19, corrected. Take at least 7.',
    });
    expect(await told(falling(0.7, someImages(7)))).not.toHaveLength(2);
  });

  it('give the accuracy with its interval, and what could not be read', async () => {
    const study = falling(
      0.7,
      someImages(20, (i) => ({ predicted: i < 2 ? 1 : 0 })),
      { failures: [{ path: 'a.jpg', reason: 'It is cut off.' }] },
    );
    expect((await told(study))[0]).toEqual({
      text: 'The network names 90 % of 20 images right.',
      // Wilson's interval of 18 of 20.
      evidence: '18 of 20, 95 % interval 70 % to 97 %. 1 image could not be read.',
    });
  });

  it('never round to all or none', async () => {
    const study = falling(
      0.7,
      someImages(400, (i) => ({ predicted: i < 1 ? 1 : 0 })),
    );
    expect((await sentences(study))[0]).toBe('The network names 99.7 % of 400 images right.');
  });

  it('give no accuracy where the classes are not those of the network', async () => {
    const study = falling(
      0.7,
      someImages(20, () => ({ trueClass: null, trueProbability: null })),
    );
    const texts = await sentences(study);
    expect(texts[0]).toBe(
      'The classes of the images are not among the network’s 2 labels, so there is no accuracy.',
    );
    expect(texts.join(' ')).not.toMatch(/[Ww]rong/);
  });

  it('set wrong answers against right ones, with effect and p', async () => {
    const images = someImages(60, (i) => ({ predicted: i % 4 === 0 ? 1 : 0 }));
    const study = falling(0.7, images);
    for (let image = 0; image < 60; image += 4) {
      for (const target of [0, 1]) study.numbers['aura-matrix'][(image * 2 + target) * 3 + 1] += 0.3;
    }
    const found = (await told(study)).at(-1);
    expect(found?.text).toMatch(
      /^Wrong answers have higher Aura matrix \(AME\) than right ones at 1 of 3 layers; most at conv2, by g = \d+\.\d\d, a large effect\.$/,
    );
    expect(found?.evidence).toMatch(
      /^conv2: \+0\.\d{3} \(95 % .*\), p < \.001, corrected\. 15 wrong against 45 right\.$/,
    );
    const alike = (await told(falling(0.7, images))).at(-1);
    expect(alike?.text).toBe(
      'Wrong answers do not differ in Aura matrix (AME) from right ones beyond chance, at any of 3 layers.',
    );
    expect(alike?.evidence).toContain('That no difference was found does not prove that there is none.');
  });

  it('do not compare with a single wrong answer', async () => {
    const study = falling(
      0.7,
      someImages(20, (i) => ({ predicted: i === 3 ? 1 : 0 })),
    );
    expect((await told(study)).at(-1)).toEqual({
      text: 'Right and wrong answers cannot be compared: there are too few of one of them.',
      evidence: '1 wrong against 19 right.',
    });
  });
});

describe('the finding of a comparison', () => {
  const [column] = measureColumns(falling(0.7));
  const compared = async (shift: (image: number, layer: number) => number) => {
    const other = falling(0.7);
    other.numbers['aura-matrix'] = other.numbers['aura-matrix'].map((value, at) => {
      const [layer, image] = [at % 3, Math.floor(at / 6)];
      return value + shift(image, layer);
    });
    const study = falling(0.7);
    const difference = await pairedDifference(study, other, column, 'predicted', askAtOnce);
    return comparisonFinding(difference, { first: 'trained', second: 'randomised' }, column, study);
  };

  it('says where the two differ, by how much and on how many images', async () => {
    const found = await compared((image, layer) => (layer === 1 ? 0.2 + wobble(image * 7) : 0));
    expect(found.text).toMatch(
      /^Aura matrix \(AME\) is lower in trained than in randomised at 1 of 3 layers; most at conv2, by d = −\d\.\d\d, a large effect\.$/,
    );
    expect(found.evidence).toMatch(
      /^conv2: −0\.200 \(95 % −0\.21\d to −0\.18\d\), p < \.001, corrected\. The same 20 images\.$/,
    );
    const both = await compared((image, layer) => [-0.3, 0.3, 0][layer] + wobble(image * 7) / 2);
    expect(both.text).toContain(
      'differs between trained and randomised at 2 of 3 layers (higher in trained at 1, lower at 1)',
    );
  });

  it('claims nothing where they do not', async () => {
    const found = await compared((image) => wobble(image * 7));
    expect(found.text).toBe(
      'Aura matrix (AME) does not differ between trained and randomised beyond chance, at any of 3 layers.',
    );
    expect(found.evidence).toContain('does not prove that there is none');
  });
});
