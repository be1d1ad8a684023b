// @vitest-environment page
import { afterAll, expect, it, vi } from 'vitest';
import type { AnalyseRequest } from '../../../saliency/analysis';
import { useAlerts } from '../../../state/alerts';
import { useExplain } from '../../../state/explain-store';
import { change, openNetwork } from '../explain-controller';
import { analysis, picture } from '../explain-testing';

const analysed = vi.hoisted(() => [] as { width: number; height: number }[]);

const network = (side: number) => ({ ...analysis.network, id: `of-${side}`, inputShape: [side, side, 3] });

// The engine knows one other network; what it is asked to compute takes until it is given up.
vi.mock('../../../engine/engine-client', () => ({
  engine: {
    call: (method: string, request: AnalyseRequest, { signal }: { signal: AbortSignal }) => {
      if (method === 'prepare') return Promise.resolve(network(12));
      analysed.push({ width: request.input.width, height: request.input.height });
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    },
  },
  measures: { call: async () => [] },
}));

vi.mock('../picture/picture-source', () => ({
  decode: async (
    _file: Blob,
    name: string,
    source: string,
    _signal: AbortSignal,
    of: typeof analysis.network,
  ) => {
    const [height, width] = of.inputShape;
    return { ...picture, name, source, input: { ...picture.input, width, height } };
  },
}));

it('reads the picture on screen as it takes it, also where a setting for the one before was just changed', async () => {
  useExplain.setState({ manifest: network(28) as never, picture, analysis });
  change({ method: 'layer-cam' });
  await expect.poll(() => analysed).toEqual([{ width: 28, height: 28 }]);
  change({ method: 'fem' });
  await expect.poll(() => analysed).toHaveLength(2);
  void openNetwork('https://example.org/small.onnx');
  await expect.poll(() => analysed[2]).toEqual({ width: 12, height: 12 });
  expect(useAlerts.getState().alerts).toEqual([]);
});

// Nothing is written into an address when there is no page any more.
afterAll(async () => (await import('../address-writing')).dropPendingWrite());
