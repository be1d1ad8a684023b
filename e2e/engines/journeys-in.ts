import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, onTestFailed, test } from 'vitest';
import { type Engine, type EngineName, startEngine } from '../../tools/engines/start-engine.mjs';
import { type StaticHost, staticHost } from '../support/static-host';
import { explaining } from './journeys/explaining';
import { networks } from './journeys/networks';
import { offline } from './journeys/offline';
import { saving } from './journeys/saving';
import { studying } from './journeys/studying';
import { threads } from './journeys/threads';
import { training } from './journeys/training';
import { visiting } from './journeys/visiting';
import type { Journeys, Setting } from './setting';
import { createVisitor } from './visitor';

const allJourneys: Journeys = {
  ...visiting,
  ...explaining,
  ...networks,
  ...saving,
  ...studying,
  ...training,
  // These have hosts of their own, where the page is started anyway.
  ...offline,
  ...threads,
};

/** Names of the engines that were asked for, such as `firefox,webkit`; all of them otherwise. */
const wanted = process.env.SUPERSIGN_ENGINES?.split(',') ?? null;

/**
 * Runs journeys in an engine; they are skipped where it is not here.
 * @param titles of those that nothing else proves there; all otherwise
 */
export function journeysIn(name: EngineName, titles: readonly string[] = Object.keys(allJourneys)): void {
  describe(name, () => {
    let engine: Engine | string = `${name} is not among those that were asked for.`;
    let setting: Omit<Setting, 'skip'>;
    const hosts: StaticHost[] = [];
    const hostAt = async (index: number) => (hosts[index] ??= await staticHost({ isolates: true }));
    let close = async () => {};

    const start = async () => {
      engine = await startEngine(name);
      if (typeof engine === 'string') return;
      const { address } = await hostAt(0);
      const page = await engine.open();
      setting = { visitor: createVisitor(page, engine), address, ownHost: () => hostAt(1) };
      const { close: closeEngine } = engine;
      close = async () => {
        // A browser that hangs does not close its page either.
        await Promise.race([page.close().catch(() => {}), sleep(10_000)]);
        await closeEngine();
      };
    };

    beforeAll(async () => {
      if (!wanted || wanted.includes(name)) await start();
      if (typeof engine === 'string') console.log(`Skipped: ${engine}`);
    });
    afterAll(async () => {
      await close();
      for (const host of hosts) await host.stop();
    });

    for (const title of titles) {
      test(title, async ({ skip, task }) => {
        if (typeof engine === 'string') skip(engine);
        if (task.result?.retryCount) {
          await close();
          await start();
        }
        onTestFailed(async () => {
          for (const { message } of task.result?.errors ?? []) console.log(message);
          console.log(await setting.visitor.whatIsSeen().catch(String));
        });
        await allJourneys[title]({ ...setting, skip });
      });
    }
  });
}
