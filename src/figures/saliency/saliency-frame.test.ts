import { describe, expect, it } from 'vitest';
import { figureThemes } from '../kit/figure-theme';
import { recordingContext } from '../testing/recording-context';
import { heatMapPixels } from './heat-map';
import { type SaliencyFrameData, saliencyFrame } from './saliency-frame';

const evidence = (...values: number[]) => ({
  map: { values: Float32Array.from(values), width: 2, height: 2 },
  lo: 0,
  hi: Math.max(...values),
  outcome: 'evidence' as const,
});
const nothing = { ...evidence(0, 0, 0, 0), outcome: 'none' as const };

const data: SaliencyFrameData = {
  picture: {} as CanvasImageSource,
  layers: [evidence(0, 1, 2, 4), evidence(9, 0, 0, 3), nothing],
  colourMap: 'inferno',
  opacity: 0.5,
  interpolation: 'bilinear',
  view: 'overlay',
  outlines: null,
};
const box = { x: 0, y: 0, width: 300, height: 30 };

/** What one frame puts on the canvas. */
function frame(position: number, change: Partial<SaliencyFrameData> = {}) {
  const recording = recordingContext();
  saliencyFrame({ ...data, ...change }, figureThemes.light)(recording.ctx, position, box);
  const heat = recording.images.filter(({ pixels }) => pixels !== null);
  return { ...recording, heat, words: recording.texts.map(({ text }) => text) };
}

const own = (layer: number) => {
  const { map, lo, hi } = data.layers[layer];
  return heatMapPixels(map, box, { lo, hi, colourMap: 'inferno', interpolation: 'bilinear' });
};

describe('saliencyFrame', () => {
  it("shows at a layer that layer's map, on its own scale, at the opacity asked for", () => {
    for (const layer of [0, 1]) {
      const { heat, words } = frame(layer);
      expect(heat).toHaveLength(1);
      expect(heat[0].pixels).toEqual(own(layer));
      expect(heat[0].alpha).toBe(0.5);
      expect(words).toEqual([]);
    }
  });

  it('shows between two layers neither the one nor the other', () => {
    const [{ pixels }] = frame(0.5).heat;
    expect(pixels).not.toEqual(own(0));
    expect(pixels).not.toEqual(own(1));
  });

  it('fades towards a layer without evidence, and says so there', () => {
    const { heat, words } = frame(1.25);
    expect(heat[0].alpha).toBeCloseTo(0.375, 9);
    // No map is mixed with the flat map of nothing.
    expect(heat[0].pixels).toEqual(own(1));
    expect(words).toEqual([]);
    expect(frame(1.8).words.join(' ')).toBe('no positive evidence at this layer');
    expect(frame(2).heat).toEqual([]);
  });

  it('shows the last layer at a place beyond it, where another picture had more', () => {
    const layers = data.layers.slice(0, 2);
    expect(frame(11, { layers }).heat[0].pixels).toEqual(own(1));
  });

  it('shows the picture alone without heat, and the map alone in full', () => {
    expect(frame(0.5, { view: 'image' }).heat).toEqual([]);
    expect(frame(0.5, { view: 'map' }).heat[0].alpha).toBe(1);
    expect(frame(0.5, { picture: null }).heat[0].alpha).toBe(1);
  });

  it('keeps what it has made from frame to frame, and makes it anew for another size', () => {
    const draw = saliencyFrame(data, figureThemes.light);
    const recording = recordingContext();
    draw(recording.ctx, 0.25, box);
    draw(recording.ctx, 0.75, box);
    draw(recording.ctx, 0.75, { ...box, width: 200, height: 20 });
    const lengths = recording.images.flatMap(({ pixels }) => (pixels ? [pixels.length] : []));
    expect(lengths).toEqual([36000, 36000, 16000]);
  });
});
