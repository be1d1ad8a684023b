// @vitest-environment page
import '../../../ui/page-testing';

import { act } from 'react';
import type { Root } from 'react-dom/client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ExplainState } from '../../../state/explain-store';
import { rootOfEmptyPage } from '../../../ui/root-testing';

vi.mock('../../../engine/engine-client', () =>
  import('../../../engine/measure/measure-testing').then((module) => module.measuringEngine),
);

const { useExplain } = await import('../../../state/explain-store');
const { analysed, layerNames } = await import('../explain-testing');
const { Explain } = await import('../Explain');

let start: Partial<ExplainState>;
let root: Root;

beforeAll(async () => {
  start = await analysed();
  useExplain.setState(start);
  root = rootOfEmptyPage();
  await act(async () => root.render(<Explain />));
});
afterAll(() => act(async () => root.unmount()));

beforeEach(async () => {
  vi.useFakeTimers({
    toFake: ['performance', 'requestAnimationFrame', 'cancelAnimationFrame', 'setTimeout'],
  });
  await act(async () => useExplain.setState(start));
});
afterEach(async () => {
  await click(button('Pause'));
  await choose('1');
  (document.activeElement as HTMLElement | null)?.blur();
  vi.useRealTimers();
});

const all = <Kind extends HTMLElement>(selector: string) => [...document.querySelectorAll<Kind>(selector)];
const slider = () => document.querySelector<HTMLInputElement>('input[aria-label="Layer"]');
const radios = () => all('[role="radiogroup"][aria-label="Layers"] [role="radio"]');
const radio = (name: string) =>
  radios().find((each) => each.getAttribute('aria-label')?.startsWith(`${name}, `)) as HTMLElement;
const checked = () => radios().find((each) => each.getAttribute('aria-checked') === 'true');
const button = (name: string) =>
  all<HTMLButtonElement>('button').find(
    (each) => (each.getAttribute('aria-label') ?? each.textContent) === name,
  );
const click = (element?: HTMLElement) => act(async () => element?.click());
/** Keys one after the other, nothing being drawn in between. */
const press = (...keys: string[]) =>
  act(async () => {
    for (const key of keys) {
      const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
      (document.activeElement ?? document.body).dispatchEvent(event);
    }
  });
const pass = (milliseconds: number) => act(async () => vi.advanceTimersByTimeAsync(milliseconds));

const choose = (speed: string) =>
  act(async () => {
    const field = document.querySelector('select[aria-label="Speed"]') as HTMLSelectElement;
    field.value = speed;
    field.dispatchEvent(new Event('change', { bubbles: true }));
  });

/** Slider, film strip and large picture agree on the layer. */
function expectLayer(name: string): void {
  const index = layerNames.indexOf(name);
  expect(slider()?.getAttribute('aria-valuetext')).toBe(`${name}, layer ${index + 1} of 12`);
  expect(slider()?.value).toBe(String(index));
  expect(document.querySelector(`canvas[aria-label="Saliency of ${name}"]`)).not.toBeNull();
  expect(checked()?.getAttribute('aria-label')).toMatch(new RegExp(`^${name}, `));
}

describe('the layers', () => {
  it('carry their names, and the strip holds every one in order', () => {
    const figures = all('[role="img"]').map((each) => each.getAttribute('aria-label'));
    for (const name of ['Saliency of conv5_2', 'All layers', 'Spatial entropy by layer']) {
      expect(figures).toContain(name);
    }
    expect(radios().map((each) => each.getAttribute('aria-label')?.split(',')[0])).toEqual(layerNames);
  });

  it('are selected by a click, and by the arrow keys of the film strip', async () => {
    expectLayer('conv5_2');
    radio('conv3_2').focus();
    await click(radio('conv3_2'));
    expectLayer('conv3_2');
    await press('ArrowRight');
    expectLayer('conv3_3');
    expect(document.activeElement).toBe(checked());
    await press('ArrowLeft', 'ArrowLeft');
    expectLayer('conv3_1');
    await press('Home');
    expectLayer('conv1_1');
    await press('ArrowLeft');
    expectLayer('conv1_1');
    await press('End');
    expectLayer('conv5_2');
  });

  it('are gone through by arrows, Home and End on the page as a whole', async () => {
    await press('Home');
    expectLayer('conv1_1');
    await press('ArrowRight');
    expectLayer('conv1_2');
    await press('End');
    expectLayer('conv5_2');
    await press('ArrowLeft');
    expectLayer('conv5_1');
  });

  it('are stepped through by Previous and Next, which stop at the ends', async () => {
    await act(async () => useExplain.setState({ layer: 1, position: 1 }));
    await click(button('Previous layer'));
    expectLayer('conv1_1');
    expect(button('Previous layer')?.disabled).toBe(true);
    await click(button('Next layer'));
    expectLayer('conv1_2');
    await press('End');
    expect(button('Next layer')?.disabled).toBe(true);
  });
});

describe('playback', () => {
  it('starts over from the first layer, goes through all of them and ends', async () => {
    await choose('4');
    await click(button('Play'));
    expect(button('Pause')).toBeDefined();
    expectLayer('conv1_1');
    // Eight layers a second; a frame later than that, since layers change on frames.
    await pass(20);
    for (const name of layerNames.slice(1)) {
      await pass(125);
      expectLayer(name);
    }
    await pass(20);
    expect(button('Play')).toBeDefined();
    await pass(2000);
    expectLayer('conv5_2');
  });

  it('holds the layer at Pause, and goes on from there', async () => {
    await click(button('Play'));
    await pass(1100);
    expectLayer('conv2_1');
    await click(button('Pause'));
    await pass(5000);
    expectLayer('conv2_1');
    await click(button('Play'));
    await pass(600);
    expectLayer('conv2_2');
  });

  it('begins and pauses by Space; a step by hand ends it', async () => {
    await press(' ');
    expect(button('Pause')).toBeDefined();
    await pass(600);
    expectLayer('conv1_2');
    await press(' ');
    expect(button('Play')).toBeDefined();
    await press(' ');
    await press('End');
    expect(button('Play')).toBeDefined();
    await pass(3000);
    expectLayer('conv5_2');
  });

  it('ends at a layer picked from the strip', async () => {
    await click(button('Play'));
    await pass(600);
    expectLayer('conv1_2');
    await click(radio('conv4_1'));
    await pass(3000);
    expect(button('Play')).toBeDefined();
    expectLayer('conv4_1');
  });
});

// Nothing is written into an address when there is no page any more.
afterAll(async () => (await import('../address-writing')).dropPendingWrite());
