import fc from 'fast-check';
import { expect, it } from 'vitest';
import { textWidth } from '../kit/chart-text';
import {
  type PageFormat,
  pageFormats,
  SHEET_CAPTION_LINE,
  SHEET_CAPTION_SIZE,
  type SheetPanel,
  sheetLayout,
} from './figure-sheet-layout';

const words = {
  heading: 'Grad-CAM for golf ball (94.4 %) by photos10 in “Golf ball”.',
  footer: 'Entropy: AME.',
};

const caption =
  'Signs as high as their share of mass, in the colour of the final sign that holds at least half of them.';

const picture = (id: string): SheetPanel => ({
  id,
  title: `Saliency of ${id}`,
  caption,
  least: 190,
  best: 320,
  most: 480,
  heightAt: (width) => width + 60,
  stretches: false,
});

const chart = (id: string): SheetPanel => ({
  id,
  title: `Chart ${id}`,
  caption,
  least: 400,
  best: 640,
  most: 2400,
  heightAt: () => 240,
  stretches: true,
});

const card = (id: string): SheetPanel => ({
  id,
  title: `Card ${id}`,
  caption,
  least: 480,
  best: 760,
  most: 960,
  heightAt: (width) => width * 0.6,
  stretches: false,
});

const formats = Object.keys(pageFormats) as PageFormat[];

/** As many of each kind as the page has. */
const kindsOnPage = [picture, chart, chart, chart, chart, card, card];

const sheets = fc.record({
  format: fc.constantFrom(...formats),
  kinds: fc.shuffledSubarray(kindsOnPage, { minLength: 1 }),
});

it('keeps every figure and its caption inside the margins, apart from all others and in its proportions', () => {
  fc.assert(
    fc.property(sheets, ({ format, kinds }) => {
      const panels = kinds.map((kind, i) => kind(`conv${i + 1}`));
      const {
        page,
        margin,
        scale,
        panels: placed,
        headingTop,
        heading,
        footerTop,
      } = sheetLayout(panels, format, words);
      expect(placed.map(({ letter }) => letter).join('')).toBe('abcdefg'.slice(0, panels.length));
      const blocks = placed.map(({ id, box, size, captionTop, captionLines, titleBaseline }, i) => {
        expect(id).toBe(panels[i].id);
        const bottom = captionTop + captionLines.length * SHEET_CAPTION_LINE;
        expect(box.x).toBeGreaterThanOrEqual(margin - 1e-6);
        expect(box.x + box.width).toBeLessThanOrEqual(page.width - margin + 1e-6);
        expect(titleBaseline - 12).toBeGreaterThanOrEqual(headingTop + heading.length * 17 - 1e-6);
        expect(bottom).toBeLessThanOrEqual(footerTop + 1e-6);
        for (const line of captionLines) {
          expect(textWidth(line, SHEET_CAPTION_SIZE)).toBeLessThanOrEqual(box.width + 1e-6);
        }
        expect(captionLines.join(' ')).toBe(caption);
        // Drawn at its own size and scaled as a whole: nothing is stretched in one direction.
        expect(box.width / size.width).toBeCloseTo(scale, 9);
        expect(box.height / size.height).toBeCloseTo(scale, 9);
        expect(size.width).toBeGreaterThanOrEqual(panels[i].least - 1e-6);
        expect(size.width).toBeLessThanOrEqual(panels[i].most + 1e-6);
        const natural = panels[i].heightAt(size.width);
        if (panels[i].stretches) expect(size.height).toBeGreaterThanOrEqual(natural - 1e-6);
        else expect(size.height).toBeCloseTo(natural, 6);
        return { left: box.x, right: box.x + box.width, top: titleBaseline - 12, bottom };
      });
      blocks.forEach((a, i) => {
        for (const b of blocks.slice(i + 1)) {
          const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
          const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
          expect(Math.min(across, down)).toBeLessThanOrEqual(1e-6);
        }
      });
    }),
    { numRuns: 80 },
  );
});

it('has pages of the size of paper', () => {
  const inches = ({ width, height }: { width: number; height: number }) => [width / 96, height / 96];
  expect(inches(pageFormats.letter)).toEqual([8.5, 11]);
  const [width, height] = inches(pageFormats['a4-portrait']);
  expect(width * 25.4).toBeCloseTo(210, 9);
  expect(height * 25.4).toBeCloseTo(297, 9);
  expect(pageFormats.slide.width / pageFormats.slide.height).toBeCloseTo(16 / 9, 9);
});

it('lets one figure be as large as the page allows, and puts a picture beside a chart', () => {
  const alone = sheetLayout([picture('conv1')], 'a4-portrait', words);
  const among = sheetLayout([picture('conv1'), chart('a'), chart('b'), card('c')], 'a4-portrait', words);
  expect(alone.panels[0].box.width).toBeGreaterThan(among.panels[0].box.width);
  const [first, second] = sheetLayout([picture('conv1'), chart('a')], 'slide', words).panels;
  expect(second.box.y).toBe(first.box.y);
  expect(second.box.x).toBeGreaterThan(first.box.x + first.box.width);
});

it.each([
  ['a4-portrait', 2480, 3508],
  ['a4-landscape', 3508, 2480],
  ['letter', 2550, 3300],
  ['slide', 4000, 2250],
] as const)('%s is %d x %d pixels at 300 to the inch', (format, width, height) => {
  const layout = sheetLayout([chart('a')], format, words);
  expect([layout.page.width, layout.page.height].map((side) => Math.round((side * 300) / 96))).toEqual([
    width,
    height,
  ]);
});
