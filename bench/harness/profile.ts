import type { NetworkId } from '../networks/folder';
import { openEngine, openNetwork } from './engine';
import type { Bench } from './part';
import { rounded } from './row';

/** Prints where the time of an analysis goes on WebAssembly, as a table for `NOTES.md`. */
export async function printProfile(bench: Bench, id: NetworkId): Promise<void> {
  const absent = bench.network(id);
  if (absent) throw new Error(absent);
  const engine = await openEngine(bench);
  const { backend } = await openNetwork(bench, engine, id, 'wasm');
  const analyses = bench.quick ? 2 : 10;
  const times = await engine.call('profile', { analyses });
  const total = times.reduce((sum, { ms }) => sum + ms, 0);
  console.log(`\n${id} on ${backend}: ${rounded(total)} ms an analysis, mean of ${analyses}\n`);
  console.log('| phase | kernel | calls | ms | share |\n| --- | --- | --: | --: | --: |');
  for (const { phase, kernel, calls, ms } of times) {
    const share = ms / total;
    if (share < 0.005) continue;
    console.log(`| ${phase} | ${kernel} | ${calls} | ${rounded(ms)} | ${(100 * share).toFixed(1)} % |`);
  }
  await engine.close();
}
