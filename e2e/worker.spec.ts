import type { Page, Worker } from '@playwright/test';
import {
  alert,
  caption,
  entropies,
  openExample,
  openPage,
  quick,
  record,
  seenInStatus,
  shown,
  status,
} from './support/explain-page';
import { drop } from './support/files';
import { sceneAs } from './support/scene';
import { expect, test } from './support/shared-page';
import { workerNamed } from './support/workers';

const engineOf = (page: Page) => workerNamed(page, 'supersign engine');

/** Starts an analysis that takes about a second, and gives the worker that is busy with it. */
async function underWay(page: Page, example: string): Promise<Worker> {
  const engine = await engineOf(page);
  await page.getByRole('button', { name: `Example: ${example}` }).click();
  await seenInStatus(page, /Explaining on CPU/);
  return engine;
}

test('WebAssembly and CPU give the same entropies', async ({ page }) => {
  await openPage(page, '#explain?backend=wasm');
  await expect(status(page)).toHaveText(/on WebAssembly \(\d+ threads?\)$/);
  const wasm = await entropies(page);
  await openPage(page, '#explain?backend=cpu');
  await expect(status(page)).toHaveText(/on CPU \(1 thread\)$/);
  for (const [i, { name, value }] of (await entropies(page)).entries()) {
    expect(Number.isNaN(value), name).toBe(Number.isNaN(wasm[i].value));
    if (!Number.isNaN(value)) expect(Math.abs(value - wasm[i].value), name).toBeLessThan(1e-3);
  }
});

test('an engine that ends without a word is replaced, and its work repeated', async ({ page }) => {
  await openPage(page, `#explain?image=parachute&backend=cpu&${quick}`);
  const undisturbed = await entropies(page);
  await openExample(page, 'French horn');
  const engine = await underWay(page, 'Parachute');
  const ended = new Promise((resolve) => engine.once('close', resolve));
  await engine.evaluate(() => self.close());
  await ended;
  await shown(page, 'Parachute');
  expect(await engineOf(page)).not.toBe(engine);
  expect(await entropies(page)).toEqual(undisturbed);
  await expect(alert(page)).toBeHidden();
});

test('an engine that throws is replaced, and its work repeated', async ({ page }) => {
  // What the test before left on screen.
  await openPage(page, `#explain?image=parachute&backend=cpu&${quick}`);
  const engine = await underWay(page, 'Church');
  await engine.evaluate(() => {
    setTimeout(() => {
      throw new Error('out of order');
    });
  });
  await shown(page, 'Church');
  expect(await engineOf(page)).not.toBe(engine);
  await expect(alert(page)).toBeHidden();
});

test('a new picture cancels the one under way', async ({ page }) => {
  // What the test before left on screen.
  await openPage(page, `#explain?image=church&backend=cpu&${quick}`);
  const last = { ...(await sceneAs('png')), name: 'last.png' };
  const captions = await record(caption(page));
  await underWay(page, 'Parachute');
  await drop(page, last);
  await shown(page, 'last.png');
  expect((await captions()).filter((text) => text.includes('Parachute'))).toEqual([]);
  await openExample(page, 'Parachute');
});

test('an engine that ends twice over the same picture is reported, and the page goes on', async ({
  page,
}) => {
  await openPage(page, `#explain?image=parachute&backend=cpu&${quick}`);
  const told = await record(status(page));
  const timesUnderWay = async () => (await told()).filter((text) => /Explaining on CPU/.test(text)).length;
  await page.getByRole('button', { name: 'Example: Church' }).click();
  for (const turn of [1, 2]) {
    // Each engine in its turn has to be at work: one that ends before its first word is not noticed so soon.
    await expect.poll(timesUnderWay).toBe(turn);
    const engine = await engineOf(page);
    const ended = new Promise((resolve) => engine.once('close', resolve));
    await engine.evaluate(() => self.close());
    await ended;
  }
  await expect(alert(page)).toContainText(/Church could not be analysed: The engine stopped twice/);
  await expect(caption(page)).toContainText('Parachute');
  await openExample(page, 'Church');
  await expect(alert(page)).toBeHidden();
});
