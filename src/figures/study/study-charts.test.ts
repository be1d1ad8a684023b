// @vitest-environment page
import { describe, expect, it } from 'vitest';
import { figureThemes } from '../kit/figure-theme';
import { layerAxis } from '../kit/layer-axis';
import { overlaps } from '../testing/recording-context';
import { attribute, textBox } from '../testing/svg-text';
import {
  drawStudyScatter,
  pInWords,
  type StudyChangeData,
  type StudyDifferenceData,
  type StudyDistributionData,
  type StudyMultiplesData,
  type StudyProfileData,
  type StudyScatterData,
  scatterPointAt,
  studyChange,
  studyDifference,
  studyDistribution,
  studyMultiples,
  studyProfile,
  studyProfileHeight,
  studyScatter,
  studyScatterHeight,
  studyScatterLayout,
} from './study-figures';

const theme = figureThemes.light;
const layers = ['conv1_1', 'conv1_2', 'conv2_1', 'conv2_2'].map((name, i) => ({
  name,
  width: 112 >> (i >> 1),
  height: 112 >> (i >> 1),
}));
const point = (mean: number, half = 0.05) => ({ mean, low: mean - half, high: mean + half });
const all = (svg: SVGSVGElement, selector: string) => [...svg.querySelectorAll(selector)];
const texts = (svg: SVGSVGElement) => all(svg, 'text').map(({ textContent }) => textContent);

/** Nothing is written over anything else, nor outside of the figure. */
function expectLegible(svg: SVGSVGElement) {
  const boxes = all(svg, 'text').map(textBox);
  expect(overlaps(boxes)).toEqual([]);
  const [width, height] = [attribute(svg, 'width'), attribute(svg, 'height')];
  for (const {
    box: { x, y, width: w, height: h },
  } of boxes) {
    expect(x).toBeGreaterThanOrEqual(-1);
    expect(x + w).toBeLessThanOrEqual(width + 1);
    expect(y).toBeGreaterThanOrEqual(-1);
    expect(y + h).toBeLessThanOrEqual(height + 1);
  }
}

const profile: StudyProfileData = {
  layers,
  measure: { name: 'Aura matrix (AME)', unit: 'ratio' },
  points: [point(0.6), point(0.4), null, point(0.2)],
  null: layers.map(() => point(0.8, 0.01)),
  pictures: 1000,
};

describe('the profile', () => {
  it('has means on the layer axis within their bands, in proportion', () => {
    const svg = studyProfile(document, profile, 900, theme);
    const axis = layerAxis(900, 4);
    const values = all(svg, '.measured .value');
    expect(values.map((node) => attribute(node, 'cx'))).toEqual(
      [0, 1, 3].map((i) => expect.closeTo(axis.x(i), 2)),
    );
    const [a, b, c] = values.map((node) => attribute(node, 'cy'));
    expect((b - a) / (c - b)).toBeCloseTo(1, 2);
    expect(all(svg, '.series.null .band')).toHaveLength(1);
    expect(texts(svg)).toContain('mean of 1,000 images');
    expect(svg.querySelector('desc')?.textContent).toBe(
      'Aura matrix (AME), mean of 1,000 images: from 0.60 at conv1_1 to 0.20 at conv2_2, 4 layers.',
    );
  });

  it.each([1120, 900, 360])('is legible at %i pixels, title and caption too', (width) => {
    const captioned = { ...profile, title: 'Entropy by layer', caption: 'What it was made of. '.repeat(12) };
    const svg = studyProfile(document, captioned, width, theme);
    expectLegible(svg);
    expect(studyProfileHeight(captioned, width)).toBe(attribute(svg, 'height'));
  });

  it('draws nothing of a null where there is none, and stays empty where nothing is measured', () => {
    const svg = studyProfile(document, { ...profile, null: null }, 900, theme);
    expect(all(svg, '.series.null')).toEqual([]);
    expect(texts(svg)).not.toContain('null');
    const empty = studyProfile(
      document,
      { ...profile, points: [null, null, null, null], null: null },
      900,
      theme,
    );
    expect(empty.querySelector('desc')?.textContent).toContain('not measured yet');
    expect(empty.innerHTML).not.toContain('NaN');
  });
});

describe('small multiples', () => {
  const data: StudyMultiplesData = {
    layers,
    measure: profile.measure,
    panels: [
      'tench',
      'a class with a very long name indeed, and more of it',
      'church',
      'chain saw',
      'gas pump',
    ].map((name, i) => ({
      name,
      pictures: 100 + i,
      points: layers.map((_, k) => point(0.6 - 0.1 * k - 0.02 * i)),
      null: profile.null,
    })),
    reference: profile.points,
  };

  it('have a panel a group, all on one scale', () => {
    const svg = studyMultiples(document, data, 900, theme);
    const panels = all(svg, '.panel');
    expect(panels).toHaveLength(5);
    const step = panels.map((panel) => {
      const values = [...panel.querySelectorAll('.measured .value')];
      return attribute(values[1], 'cy') - attribute(values[0], 'cy');
    });
    for (const each of step) expect(each).toBeCloseTo(step[0], 2);
    // Rows of three and two.
    const first = panels.map((panel) => attribute(panel.querySelector('.measured .value') as Element, 'cx'));
    expect(first[3]).toBeCloseTo(first[0], 2);
    expect(texts(svg)).toContain('103 images');
  });

  it.each([1120, 360])('are legible at %i pixels', (width) => {
    expectLegible(
      studyMultiples(document, { ...data, caption: 'Bands: 95 % of 2,000 resamples.' }, width, theme),
    );
  });
});

describe('change by step', () => {
  const step = (share: number, claimed: boolean) => ({
    classFormation: point(-1),
    complexFormation: point(0.5),
    null: { classFormation: -0.8, complexFormation: 0.1 },
    share: { mean: share, low: share - 0.1, high: share + 0.05 },
    claimed,
  });
  const data: StudyChangeData = {
    layers,
    steps: [null, step(0.9, true), null, step(0.3, false)],
    pictures: 42,
  };

  it('draws both parts from zero, and the share between the columns of its layers', () => {
    const svg = studyChange(document, data, 900, theme);
    const axis = layerAxis(900, 4);
    const [classes] = all(svg, '.bar.classFormation');
    const [complex] = all(svg, '.bar.complexFormation');
    expect(attribute(classes, 'height') / attribute(complex, 'height')).toBeCloseTo(2, 2);
    expect(attribute(complex, 'y') + attribute(complex, 'height')).toBeCloseTo(attribute(classes, 'y'), 2);
    const shares = all(svg, '.share');
    expect(attribute(shares[0], 'height') / attribute(shares[1], 'height')).toBeCloseTo(3, 2);
    expect(attribute(shares[0], 'x') + attribute(shares[0], 'width') / 2).toBeCloseTo(
      axis.left + axis.step,
      2,
    );
  });

  it('marks the steps that are claimed and no others', () => {
    const svg = studyChange(document, data, 900, theme);
    expect(all(svg, '.happens')).toHaveLength(1);
    expect(all(svg, '.share').map((node) => node.getAttribute('fill'))).toEqual([theme.accent, theme.grey]);
    expect(svg.querySelector('desc')?.textContent).toContain('conv1_1 to conv1_2 in 90 %, beyond the null');
  });

  it.each([1120, 360])('is legible at %i pixels', (width) => {
    expectLegible(
      studyChange(
        document,
        { ...data, title: 'Change by step', caption: 'Words. '.repeat(30) },
        width,
        theme,
      ),
    );
  });
});

describe('distributions', () => {
  const spread = (shift: number) => ({
    count: 5,
    quantiles: [0, 1, 2, 3, 4].map((q) => q + shift) as [number, number, number, number, number],
    least: shift,
    most: shift + 4,
    density: { at: [shift, shift + 2, shift + 4], values: [0.1, 0.4, 0.1] },
  });
  const data: StudyDistributionData = {
    layers,
    name: 'Signs',
    spreads: [spread(0), null, spread(2), { ...spread(1), density: null }],
    pictures: 5,
  };

  it('have their median and quartiles at their values', () => {
    const svg = studyDistribution(document, data, 900, theme);
    const medians = all(svg, '.median').map((node) => attribute(node, 'cy'));
    const boxes = all(svg, '.quartiles').map((node) => attribute(node, 'height'));
    // Two quantile steps fit into the box, and the second layer lies one box higher.
    expect(medians[0] - medians[1]).toBeCloseTo(boxes[0], 2);
    expect(all(svg, '.density')).toHaveLength(2);
    expect(svg.querySelector('desc')?.textContent).toBe(
      'Signs of 5 images. Medians: conv1_1 2.00, conv2_1 4.00, conv2_2 3.00.',
    );
  });

  it.each([1120, 360])('are legible at %i pixels', (width) => {
    expectLegible(studyDistribution(document, data, width, theme));
  });
});

describe('differences', () => {
  const data: StudyDifferenceData = {
    layers,
    measure: profile.measure,
    first: 'Grad-CAM',
    second: 'HiResCAM',
    means: { first: profile.points, second: layers.map(() => point(0.5)) },
    differences: [
      { band: point(0.1), effect: 0.62, p: 0.0004 },
      { band: point(-0.1, 0.2), effect: -0.1, p: 0.4 },
      null,
      { band: point(-0.3), effect: null, p: 0.049 },
    ],
    paired: true,
    pictures: 80,
  };

  it('fills what is beyond chance, corrected, and writes effect and p', () => {
    const svg = studyDifference(document, data, 900, theme);
    expect(all(svg, '.difference').map((node) => node.classList.contains('claimed'))).toEqual([
      true,
      false,
      true,
    ]);
    expect(texts(svg)).toEqual(expect.arrayContaining(['0.62', '< .001', '−0.10', '.40', '.049', '–']));
    expect(texts(svg)).toContain('Effect size d, p of sign flips');
    expect(texts(studyDifference(document, { ...data, paired: false }, 900, theme))).toContain(
      'Effect size g, p of regroupings',
    );
  });

  it('draws effects as bars where numbers have no room', () => {
    const many = Array.from({ length: 60 }, (_, i) => layers[i % 4]);
    const wide = { ...data, layers: many, differences: many.map(() => data.differences[0]) };
    const means = { first: many.map(() => point(0.5)), second: many.map(() => point(0.5)) };
    const svg = studyDifference(document, { ...wide, means }, 900, theme);
    expect(all(svg, '.effect')).toHaveLength(60);
    expect(texts(svg)).not.toContain('0.62');
  });

  it.each([1120, 360])('are legible at %i pixels', (width) => {
    expectLegible(studyDifference(document, data, width, theme));
  });

  it('writes p as papers do', () => {
    expect([0.00001, 0.0012, 0.0496, 0.0995, 0.25, 1].map(pInWords)).toEqual([
      '< .001',
      '.001',
      '.0496',
      '.10',
      '.25',
      '1.00',
    ]);
  });
});

describe('the scatter', () => {
  const data: StudyScatterData = {
    x: Float64Array.of(0, 1, 2, Number.NaN),
    y: Float64Array.of(0, 10, 5, 3),
    answers: ['right', 'wrong', 'right', 'right'],
    xName: 'Probability',
    yName: 'Signs at conv2_2',
    note: 'Pearson 0.50, Spearman 0.50',
    selected: 1,
  };
  const size = { width: 600, height: studyScatterHeight(data, 600) };

  it('has a point for every picture that has both numbers, the wrong ones on top', () => {
    const svg = studyScatter(document, data, size, theme);
    const layout = studyScatterLayout(data, 600);
    expect(all(svg, '.right circle')).toHaveLength(2);
    const [wrong] = all(svg, '.wrong circle');
    expect(attribute(wrong, 'cx')).toBeCloseTo(layout.x(1), 2);
    expect(attribute(wrong, 'cy')).toBeCloseTo(layout.y(10), 2);
    expect(all(svg, 'g.wrong, g.right').map((node) => node.getAttribute('class'))).toEqual([
      'right',
      'wrong',
    ]);
    expectLegible(svg);
  });

  it('draws the same on a canvas', () => {
    const arcs: number[][] = [];
    // Takes every call, and notes circles alone.
    const context = new Proxy({} as Record<string, unknown>, {
      get: (_, name) => (name === 'arc' ? (...given: number[]) => arcs.push(given) : () => {}),
      set: () => true,
    });
    drawStudyScatter(context as never, data, size, theme);
    // Three points, and a ring about the selected one.
    const layout = studyScatterLayout(data, 600);
    expect(arcs.map(([x, y]) => [x, y])).toEqual([
      [layout.x(0), layout.y(0)],
      [layout.x(2), layout.y(5)],
      [layout.x(1), layout.y(10)],
      [layout.x(1), layout.y(10)],
    ]);
  });

  it('finds the nearest picture within reach', () => {
    const layout = studyScatterLayout(data, 600);
    expect(scatterPointAt(data, layout, layout.x(1) + 4, layout.y(10) - 3)).toBe(1);
    expect(scatterPointAt(data, layout, layout.x(1) + 40, layout.y(10))).toBeNull();
  });
});
