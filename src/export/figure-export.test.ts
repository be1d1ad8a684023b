// @vitest-environment page
import { afterEach, describe, expect, it, vi } from 'vitest';
import { readPngChunks } from '../codecs/png-chunks';
import { type FigureTheme, figureThemes } from '../figures';
import { exportKinds, type FigureExport, renderFigure } from './figure-export';
import { readPngText } from './png';

const tiny = Uint8Array.from(
  atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABAQAAAAA3bvkkAAAACklEQVR4AWNgAAAAAgABc3UBGAAAAABJRU5ErkJggg=='),
  (character) => character.charCodeAt(0),
);

const chart: FigureExport = {
  name: ['golf ball', 'entropy'],
  title: 'Spatial entropy by layer',
  size: { width: 400, height: 200 },
  svg: (document, theme) => {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    svg.setAttribute('fill', theme.paper);
    return svg;
  },
  rows: () => [{ layer: 'conv1', value: 0.1 + 0.2, null_mean: null }],
  text: '{}',
};

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** jsdom draws nothing: its canvas hands out a context that notes its scale, and encodes to a fixed file. */
function stubCanvas() {
  const seen: { scale?: [number, number]; size?: [number, number] } = {};
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockImplementation(function (this: HTMLCanvasElement) {
    seen.size = [this.width, this.height];
    return { scale: (x: number, y: number) => (seen.scale = [x, y]) } as never;
  });
  vi.spyOn(HTMLCanvasElement.prototype, 'toBlob').mockImplementation((done) => {
    done({ arrayBuffer: async () => tiny.slice().buffer } as Blob);
  });
  return seen;
}

describe('exportKinds', () => {
  it('offers what the figure can do', () => {
    expect(exportKinds(chart)).toEqual(['png', 'png-2x', 'png-300', 'svg', 'pdf', 'csv']);
    expect(exportKinds({ draw: () => {} })).toEqual(['png', 'png-2x', 'png-300', 'svg', 'pdf']);
    expect(exportKinds({ rows: () => [] })).toEqual(['csv']);
  });
});

describe('renderFigure', () => {
  it.each([
    ['png', 400, 200, 3780],
    ['png-2x', 800, 400, 7559],
    ['png-300', 1250, 625, 11811],
  ] as const)(
    'draws %s at %d x %d pixels, %d to the metre, on white paper',
    async (kind, width, height, density) => {
      const seen = stubCanvas();
      let theme: FigureTheme | undefined;
      const figure: FigureExport = {
        ...chart,
        draw: (_, __, given) => {
          theme = given;
        },
        text: '{"schema":1}',
      };
      const file = await renderFigure(figure, kind);
      expect(seen.size).toEqual([width, height]);
      expect(seen.scale).toEqual([width / 400, height / 200]);
      expect(theme).toEqual({ ...figureThemes.light, paper: '#ffffff' });
      expect(file.fileName).toBe('supersign-golf-ball-entropy.png');
      const pixels = readPngChunks(file.bytes).find((chunk) => chunk.type === 'pHYs')!.data;
      expect(new DataView(pixels.buffer, pixels.byteOffset).getUint32(0)).toBe(density);
      expect(await readPngText(file.bytes, 'supersign')).toBe('{"schema":1}');
      expect(await readPngText(file.bytes, 'Title')).toBe('Spatial entropy by layer');
    },
  );

  it('writes the rows as a table', async () => {
    const file = await renderFigure(chart, 'csv');
    expect(new TextDecoder().decode(file.bytes)).toBe(
      'layer,value,null_mean\r\nconv1,0.30000000000000004,\r\n',
    );
    expect(file.mime).toBe('text/csv');
  });

  it('writes a vector file with its font, or without when the font cannot be had', async () => {
    vi.stubGlobal('fetch', async () => ({ ok: false, status: 404 }));
    const plain = new TextDecoder().decode((await renderFigure(chart, 'svg')).bytes);
    expect(plain).not.toContain('@font-face');
    vi.stubGlobal('fetch', async () => ({
      ok: true,
      arrayBuffer: async () => new Uint8Array([1, 2, 3]).buffer,
    }));
    const file = await renderFigure(chart, 'svg', figureThemes.dark);
    const text = new TextDecoder().decode(file.bytes);
    expect(text).toContain("font-family:'Inter Variable'");
    expect(text).toContain('data:font/woff2;base64,AQID');
    expect(text).toContain(figureThemes.dark.paper);
    expect(file.fileName).toBe('supersign-golf-ball-entropy.svg');
  });

  it('refuses a kind the figure does not have', async () => {
    await expect(renderFigure({ ...chart, rows: undefined }, 'csv')).rejects.toThrow(
      '"Spatial entropy by layer" cannot be exported as csv.',
    );
  });
});
