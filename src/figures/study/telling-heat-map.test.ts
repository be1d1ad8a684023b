// @vitest-environment page
import { describe, expect, it } from 'vitest';
import { figureThemes } from '../kit/figure-theme';
import { overlaps } from '../testing/recording-context';
import { textBox } from '../testing/svg-text';
import { type TellingHeatMapData, tellingHeatMap, tellingHeatMapHeight } from './telling-heat-map';

const cell = (effect: number, holds: boolean) => ({ effect, holds });
const data: TellingHeatMapData = {
  title: 'What tells',
  caption: 'A caption that says what is drawn.',
  layers: ['conv1', 'conv2', 'conv3'],
  measures: ['Shannon entropy', 'Aura matrix'],
  panels: ['Grad-CAM', 'Eigen-CAM', 'A method with a very long name'].map((name, i) => ({
    name,
    cells: [
      [cell(-2, true), cell(0.1, false), null],
      [cell(2, i === 0), cell(-9, true), cell(0, false)],
    ],
  })),
};

describe.each([320, 720, 1120])('the heat map of what tells, %d pixels wide', (width) => {
  const svg = tellingHeatMap(document, data, width, figureThemes.light);
  const squares = (name: string) => [...svg.querySelectorAll(`rect.${name}`)];
  const number = (node: Element, attribute: string) => Number(node.getAttribute(attribute));

  it('has a cell for every pair, large where it holds, and none outside of the figure', () => {
    expect(squares('holds')).toHaveLength(7);
    expect(squares('chance')).toHaveLength(8);
    expect(squares('none')).toHaveLength(3);
    expect(number(squares('holds')[0], 'width')).toBeGreaterThan(2 * number(squares('chance')[0], 'width'));
    for (const square of [...squares('holds'), ...squares('chance')]) {
      expect(number(square, 'x') + number(square, 'width')).toBeLessThanOrEqual(width);
      expect(number(square, 'y') + number(square, 'height')).toBeLessThan(tellingHeatMapHeight(data, width));
    }
  });

  it('tells what training lowers from what it raises, more strongly the further it is', () => {
    const [lowered, further, , raised] = [
      squares('holds')[0],
      squares('holds')[2],
      null,
      squares('holds')[1],
    ] as Element[];
    const red = (node: Element) => node.getAttribute('fill')?.match(/\d+/g)?.map(Number) ?? [];
    expect(red(lowered)[0]).toBeGreaterThan(red(lowered)[2]);
    expect(red(raised)[0]).toBeLessThan(red(raised)[2]);
    expect(further.getAttribute('fill')).toBe('rgb(179, 54, 43)');
  });

  it('is legible, and told in words', () => {
    const boxes = [...svg.querySelectorAll('text')].map(textBox);
    expect(overlaps(boxes)).toEqual([]);
    for (const { box } of boxes) expect(box.x + box.width).toBeLessThanOrEqual(width + 1);
    expect(svg.querySelector('desc')?.textContent).toContain('Grad-CAM 3 of 6, Eigen-CAM 2 of 6');
    expect(squares('holds')[0].textContent).toBe('Grad-CAM, Shannon entropy, conv1: −2.00');
  });
});
