import { expect, it } from 'vitest';
import type { ExplainState } from '../../../state/explain-store';
import { layerNote } from './layer-words';

const shown = (method: string, layer: number) =>
  ({
    analysis: {
      method,
      layers: [
        { name: 'blocks.10', kind: 'block' },
        { name: 'blocks.11.norm1', kind: 'block-input' },
      ],
    },
    layer,
  }) as unknown as ExplainState;

it('says why a last block is shown by what it reads', () => {
  expect(layerNote(shown('grad-cam', 1))).toMatch(/^blocks\.11\.norm1 is what the last block reads\./);
  expect(layerNote(shown('grad-cam', 0))).toBeNull();
  // Attention is that of the block itself.
  expect(layerNote(shown('attention', 1))).toBeNull();
  expect(layerNote({ analysis: null, layer: 0 })).toBeNull();
});
