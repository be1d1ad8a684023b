import { startBrowser } from '../harness/browser';
import { openEngine, openNetwork } from '../harness/engine';
import type { Part } from '../harness/part';
import type { Measured } from '../harness/row';

/** What an analysis asks of a GPU: counts are the same on a software adapter as on a card. */
export const gpuPart: Part = {
  id: 'gpu',
  async run(bench) {
    bench.network('photos10');
    const browser = await startBrowser(true, ['--use-webgpu-adapter=swiftshader']);
    try {
      const engine = await openEngine({ ...bench, browser });
      const { layers } = await openNetwork(bench, engine, 'photos10', 'webgpu');
      // The first analysis also compiles what it runs.
      await engine.call('analyse', null);
      const { dispatches, submissions, buffers, reads, bytesRead } = await engine.call('gpuCounts', null);
      const of = `of Grad-CAM at all ${layers.length} layers, photos10 on WebGPU`;
      const rows: Measured[] = [
        // The logits, and all maps at once.
        { what: `reads ${of}`, result: reads, unit: '', reach: 2 },
        { what: `bytes read ${of}`, result: bytesRead, unit: 'B' },
        { what: `submissions ${of}`, result: submissions, unit: '' },
        { what: `dispatches ${of}`, result: dispatches, unit: '' },
        { what: `new buffers ${of}`, result: buffers, unit: '' },
      ];
      return { rows };
    } finally {
      await browser.close();
    }
  },
};
