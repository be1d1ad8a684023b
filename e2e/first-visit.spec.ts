import {
  caption,
  measured,
  openExample,
  openPage,
  saliencyCanvas,
  status,
  weighed,
} from './support/explain-page';
import { watchShifts } from './support/layout-shifts';
import { expect, test } from './support/test';

test('a first visit: an analysis without a click, from the page’s own files alone', async ({
  page,
  context,
  baseURL,
}) => {
  const foreign: string[] = [];
  const failed: string[] = [];
  const said: string[] = [];
  const own = new Set<string>();
  // Requests of workers are told to the context too.
  context.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (origin === baseURL || protocol === 'data:') own.add(request.url());
    else foreign.push(request.url());
  });
  context.on('response', (response) => {
    if (response.status() >= 400) failed.push(`${response.status()} ${response.url()}`);
  });
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) said.push(message.text());
  });
  const moved = await watchShifts(page);
  await openPage(page);
  await test.step('an analysis is on screen without a click, on WebAssembly with every core', async () => {
    await expect(status(page)).toHaveText(/Ready: 12 layers in \d+\.\d\d s on WebAssembly \(\d+ threads?\)$/);
    await expect(saliencyCanvas(page)).toBeVisible();
    await expect(page.getByRole('img', { name: 'All layers' })).toBeVisible();
    await expect(page.getByRole('tab', { name: 'Explain', selected: true })).toBeVisible();
    await expect(caption(page)).toContainText('French horn, 448 × 448');

    const machine = await page.evaluate(() => ({
      isolated: crossOriginIsolated,
      cores: navigator.hardwareConcurrency,
    }));
    expect(machine.isolated).toBe(true);
    const threads = Number(/\((\d+) threads?\)$/.exec((await status(page).textContent()) ?? '')?.[1]);
    expect(threads).toBe(Math.min(machine.cores, 16));
  });
  await test.step('the built page asks for nothing but its own files, and says nothing to the console', async () => {
    await measured(page);
    // Twelve are pictures and their list; a script for whatever some parts share would be a hundred more.
    expect(own.size, [...own].join('\n')).toBeGreaterThan(20);
    expect(own.size, [...own].join('\n')).toBeLessThan(60);
    // What comes later has its room: nothing that is seen moves.
    expect(await moved(), 'layout shifts').toEqual([]);
    // What is about to be pressed stays where it is, whatever is drawn behind “Ready”.
    const examples = page.getByRole('region', { name: 'Examples' });
    const place = await examples.evaluate(({ offsetTop }: HTMLElement) => offsetTop);
    await openExample(page, 'Parachute');
    await weighed(page);
    expect(await examples.evaluate(({ offsetTop }: HTMLElement) => offsetTop)).toBe(place);
    await page.getByRole('button', { name: 'Export All layers' }).click();
    const saved = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: 'PNG', exact: true }).click();
    await saved;

    expect(foreign).toEqual([]);
    expect(failed).toEqual([]);
    expect(said).toEqual([]);
  });
});
