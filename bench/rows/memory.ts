import { openEngine, openNetwork } from '../harness/engine';
import type { Part } from '../harness/part';
import type { Measured } from '../harness/row';

/** Tensors and bytes of the backend as analyses go on. */
export const memoryPart: Part = {
  id: 'memory',
  async run(bench) {
    bench.network('photos10');
    const engine = await openEngine(bench);
    const marks = bench.quick ? [10, 50] : [10, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000];
    try {
      const { backend } = await openNetwork(bench, engine, 'photos10', 'wasm');
      const curve: { analyses: number; tensors: number; bytes: number }[] = [];
      for (const analyses of marks) {
        const done = curve.at(-1)?.analyses ?? 0;
        const { tensors, bytes } = await engine.call('soak', { analyses: analyses - done });
        curve.push({ analyses, tensors, bytes });
      }
      const [early, late] = [curve[0], curve[curve.length - 1]];
      const rows: Measured[] = (['tensors', 'bytes'] as const).map((what) => ({
        what: `${what} after ${late.analyses} analyses less those after ${early.analyses}, photos10 on ${backend}`,
        result: late[what] - early[what],
        unit: what === 'bytes' ? 'B' : '',
        reach: 0,
        note: `${early[what]} after ${early.analyses}`,
      }));
      return { rows, curve };
    } finally {
      await engine.close();
    }
  },
};
