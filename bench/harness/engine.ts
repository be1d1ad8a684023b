import type { Page } from '@playwright/test';
import type { BackendName } from '../../src/backend/backend-names';
import type { NetworkId } from '../networks/folder';
import type { BenchMethods, Opened } from '../page/methods';
import { openPage } from './browser';
import type { Bench } from './part';
import { benchFiles } from './servers';

/** The engine on its bare page. */
export interface EnginePage {
  call<Name extends keyof BenchMethods>(
    method: Name,
    request: BenchMethods[Name]['request'],
  ): Promise<BenchMethods[Name]['result']>;
  close(): Promise<void>;
}

export async function openEngine({ browser, servers }: Bench): Promise<EnginePage> {
  const page = await openPage(browser);
  await page.goto(`${servers.engine}/`);
  await page.waitForFunction(() => 'bench' in window);
  return { call: callOn(page), close: () => page.context().close() };
}

const callOn =
  (page: Page): EnginePage['call'] =>
  (method, request) =>
    page.evaluate(({ method, request }) => window.bench(method, request as never), {
      method,
      request,
    }) as never;

/** Opens a network of the bench's folder with the input that its peer reads too. */
export async function openNetwork(
  bench: Bench,
  engine: EnginePage,
  id: NetworkId,
  backend: BackendName,
): Promise<Opened> {
  const folder = `${bench.servers.engine}${benchFiles}/${id}`;
  const opened = await engine.call('open', {
    backend,
    network: `${folder}/manifest.json`,
    input: `${folder}/input.bin`,
  });
  bench.versions['TensorFlow.js'] = opened.tfjs;
  return opened;
}
