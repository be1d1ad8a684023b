// @vitest-environment page
import { afterEach, describe, expect, it, vi } from 'vitest';
import { figureThemes } from './figure-theme';
import type { Context2D } from './figure-types';
import { drawnAsSvg, takeColour } from './svg-context';

const theme = figureThemes.light;
const size = { width: 100, height: 50 };
const words = { title: 'A figure', description: '' };
const drawn = (draw: (context: Context2D) => void) =>
  drawnAsSvg(document, size, theme, words, { draw, ratio: 2 });

afterEach(() => vi.restoreAllMocks());

/** A canvas that is named by its size, and whether its pixels were changed. */
function stubCanvas() {
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue({
    drawImage: () => {},
    getImageData: () => ({ data: new Uint8ClampedArray(4) }),
    putImageData(this: { changed: boolean }) {
      this.changed = true;
    },
  } as never);
  vi.spyOn(HTMLCanvasElement.prototype, 'toDataURL').mockImplementation(function (this: HTMLCanvasElement) {
    return `data:image/png;base64,${this.width}x${this.height}`;
  });
}

describe('drawnAsSvg', () => {
  it('keeps letters as letters, where and as they were drawn', () => {
    const svg = drawn((context) => {
      context.font = "600 11px 'Inter Variable'";
      context.fillStyle = '#123456';
      context.textAlign = 'right';
      context.save();
      context.translate(10, 20);
      context.rotate(-Math.PI / 2);
      context.fillText('conv1', 3, 4);
      context.restore();
      context.fillText('conv2', 5, 6);
    });
    const [turned, plain] = svg.querySelectorAll('text');
    const attributes = (node: Element) =>
      Object.fromEntries([...node.attributes].map(({ name, value }) => [name, value]));
    expect(attributes(turned)).toEqual({
      ...{ transform: 'translate(10,20) rotate(-90)', x: '3', y: '4', 'font-size': '11' },
      ...{ 'font-weight': '600', 'text-anchor': 'end', fill: '#123456' },
    });
    expect(turned.textContent).toBe('conv1');
    expect(plain.hasAttribute('transform')).toBe(false);
  });

  it('holds a picture once, as large as it is drawn largest, and once more without its colour', () => {
    stubCanvas();
    const picture = { width: 300, height: 300 } as unknown as CanvasImageSource;
    const svg = drawn((context) => {
      for (const [x, side] of [
        [0, 10],
        [20, 40],
        [70, 20],
      ]) {
        context.drawImage(picture, x, 0, side, side);
        if (side === 20) continue;
        context.globalCompositeOperation = 'saturation';
        context.globalAlpha = 0.45;
        context.fillRect(x, 0, side, side);
        context.globalCompositeOperation = 'source-over';
        context.globalAlpha = 1;
      }
    });
    const images = [...svg.querySelectorAll('image')];
    expect(images.map((image) => image.getAttribute('href'))).toEqual([
      'data:image/png;base64,80x80',
      'data:image/png;base64,80x80',
    ]);
    const uses = [...svg.querySelectorAll('use')].map((use) => use.getAttribute('href'));
    expect(uses[0]).toBe(uses[1]);
    expect(uses[2]).not.toBe(uses[0]);
    expect(new Set(uses)).toEqual(new Set(images.map(({ id }) => `#${id}`)));
  });

  it('draws nothing half: what it has no words for is an error', () => {
    expect(() => drawn((context) => context.ellipse(0, 0, 1, 1, 0, 0, 1))).toThrow('"ellipse"');
    expect(() =>
      drawn((context) => {
        context.shadowBlur = 3;
      }),
    ).toThrow('"shadowBlur"');
    expect(() =>
      drawn((context) => {
        context.globalCompositeOperation = 'multiply';
        context.fillRect(0, 0, 1, 1);
      }),
    ).toThrow('"multiply"');
  });
});

it('colour is taken as blending with grey in the mode "saturation" takes it', () => {
  // Painted by Chromium: fillRect of #808080 over #c83214 in that mode, at alpha 1 and 0.45.
  const whole = Uint8ClampedArray.of(200, 50, 20, 255);
  takeColour(whole, 1);
  expect([...whole]).toEqual([92, 92, 92, 255]);
  const partly = Uint8ClampedArray.of(200, 50, 20, 255);
  takeColour(partly, 0.45);
  expect([...partly]).toEqual([151, 69, 52, 255]);
});
