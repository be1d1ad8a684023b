// @vitest-environment page
import { describe, expect, it } from 'vitest';
import { figureThemes } from '../kit/figure-theme';
import { overlaps } from '../testing/recording-context';
import { textBox } from '../testing/svg-text';
import { type MethodsAgainstData, methodsAgainst, methodsAgainstHeight } from './methods-against';

const names = ['LayerCAM', 'Grad-CAM element-wise', 'FEM', 'Grad-CAM', 'XGrad-CAM', 'Eigen-CAM', 'HiResCAM'];
names.push('KPCA-CAM', 'Activation', 'EigenGrad-CAM', 'Grad-CAM++');
/** The better of two is the one that stands higher; neighbours do not differ. */
const data: MethodsAgainstData = {
  title: 'Methods against each other: ROAD',
  caption: 'A caption that says what is drawn.',
  methods: names.map((name, i) => ({ name, note: `0.${90 - i}`, more: ', 0.33 to 0.99' })),
  noted: 'mean',
  cells: names.map((_, row) =>
    names.map((_, column) =>
      row === column
        ? null
        : {
            strength: (column - row) / 4,
            holds: Math.abs(column - row) > 1,
            text: ((column - row) / 4).toFixed(1).replace('-', '−'),
            words: `${names[row]} against ${names[column]}`,
          },
    ),
  ),
  full: 1.6,
  steps: [-1.6, -0.8, 0.8, 1.6],
  legend: 'effect size d: blue where the row is better than the column, red where it is worse',
};

describe.each([320, 720, 1120])('methods against each other, %d pixels wide', (width) => {
  const svg = methodsAgainst(document, data, width, figureThemes.light);
  const cells = (name: string) => [...svg.querySelectorAll(`g.${name}`)];
  const number = (node: Element | null, attribute: string) => Number(node?.getAttribute(attribute));
  const size = (group: Element) => number(group.querySelector('rect'), 'width');

  it('have a cell for every two, filled where they differ beyond chance, inside of the figure', () => {
    expect(cells('holds')).toHaveLength(11 * 10 - 2 * 10);
    expect(cells('chance')).toHaveLength(2 * 10);
    expect(size(cells('holds')[0])).toBeGreaterThan(2 * size(cells('chance')[0]));
    for (const group of [...cells('holds'), ...cells('chance')]) {
      const rect = group.querySelector('rect');
      expect(number(rect, 'x') + number(rect, 'width')).toBeLessThanOrEqual(width);
      expect(number(rect, 'y') + number(rect, 'height')).toBeLessThan(methodsAgainstHeight(data, width));
    }
  });

  it('blue where the row is the better one, red where the column is', () => {
    const channels = (group: Element) =>
      group.querySelector('rect')?.getAttribute('fill')?.match(/\d+/g)?.map(Number) ?? [];
    const [red, , blue] = channels(cells('holds')[0]);
    expect(blue).toBeGreaterThan(red);
    const last = channels(cells('holds').at(-1) as Element);
    expect(last[0]).toBeGreaterThan(last[2]);
  });

  it('are legible, and told in words', () => {
    const boxes = [...svg.querySelectorAll('text')].map(textBox);
    expect(overlaps(boxes)).toEqual([]);
    for (const { box } of boxes) expect(box.x + box.width).toBeLessThanOrEqual(width + 1);
    expect(svg.querySelector('desc')?.textContent).toContain('LayerCAM better than 9, worse than 0');
    expect(cells('holds')[0].querySelector('title')?.textContent).toBe('LayerCAM against FEM');
    const effects = boxes.filter(({ text }) => /^−?\d\.\d$/.test(text)).length;
    expect(effects).toBe(width < 500 ? 4 : 4 + 110);
  });
});
