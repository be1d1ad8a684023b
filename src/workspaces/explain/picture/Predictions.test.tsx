// @vitest-environment page
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OutputKind } from '../../../network/output-kind';
import type { Prediction } from '../../../network/prediction';
import type { AnalyseResult } from '../../../saliency/analysis';
import { useExplain } from '../../../state/explain-store';
import { targetInWords } from '../target/target-words';
import { statusText } from '../view-model';
import { Predictions } from './Predictions';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

const initial = useExplain.getState();
let root: Root;
let host: HTMLElement;

beforeEach(() => {
  host = document.createElement('div');
  document.body.append(host);
  root = createRoot(host);
});

afterEach(() => {
  act(() => root.unmount());
  host.remove();
  useExplain.setState(initial, true);
});

/** The card of a network whose output is of this kind. */
function card(kind: OutputKind, is: string, predictions: Prediction[], target = predictions[0].index): void {
  const labels = [...predictions].sort((a, b) => a.index - b.index).map(({ label }) => label);
  const network: AnalyseResult['network'] = {
    ...{ id: 'it', title: 'It', format: 'keras', sha256: '', inputShape: [8, 8, 3], labels },
    ...{ scaling: null, scalingReason: '', outputs: ['out'], output: 'out', takesAnySize: false },
    ...{ kind, outputIs: is, outputReason: `The output is ${is}. More of it.`, readsEitherWay: true },
  };
  const analysis: AnalyseResult = {
    method: 'grad-cam',
    backend: { name: 'wasm', reason: 'Asked for.', adapter: null, threads: 1 },
    ...{ network, predictions, layers: [], timings: { forward: 4, saliency: 6 } },
    target: { index: target, label: labels[target] },
  };
  act(() => {
    useExplain.setState({ manifest: network, analysis, progress: null });
    root.render(<Predictions />);
  });
}

const rows = () => [...host.querySelectorAll('li')].map((row) => row.textContent?.trim());
const of = (index: number, label: string, probability: number | null, logit: number): Prediction => ({
  ...{ index, label, probability, logit },
});

describe('the card of the prediction', () => {
  it('shows the classes of a classifier, the likeliest first, and says nothing of what it is', () => {
    card('classes', '3 logits', [of(2, 'fish', 0.7, 2), of(0, 'cat', 0.2, 1), of(1, 'dog', 0.1, 0)]);
    expect(rows()).toEqual(['fish 70.0 %', 'cat 20.0 %', 'dog 10.0 %']);
    expect(host.querySelector('.output-is')).toBeNull();
    expect(statusText(useExplain.getState())).toBe(
      'Asked for. Ready: 0 layers in 0.01 s on WebAssembly (1 thread)',
    );
  });

  it('is told beside of attention between tokens that make no grid', () => {
    card('classes', '3 logits', [of(2, 'fish', 0.7, 2), of(0, 'cat', 0.2, 1), of(1, 'dog', 0.1, 0)]);
    const { analysis } = useExplain.getState();
    const network = { ...(analysis as AnalyseResult).network, withoutGrid: 3 };
    expect(
      statusText({ progress: null, note: '', analysis: { ...(analysis as AnalyseResult), network } }),
    ).toBe(
      'Asked for. Tokens that make no grid over the picture have no map: those of 3 layers of attention. Ready: 0 layers in 0.01 s on WebAssembly (1 thread)',
    );
  });

  it('keeps long names in their column, each with what tells it from the others', () => {
    const label = (bird: string) => `a photograph of a small brown ${bird} upon a branch`;
    card('classes', '2 logits', [of(0, label('warbler'), 0.7, 2), of(1, label('thrush'), 0.3, 1)]);
    expect(rows()[0]).toMatch(/^….*warbler.*… 70\.0 %$/);
    expect(rows()[1]).toMatch(/^….*thrush.*… 30\.0 %$/);
    const [first] = host.querySelectorAll('li button');
    expect(first.getAttribute('aria-label')).toBe(`${label('warbler')} 70.0 %`);
    expect(first.getAttribute('title')).toContain(label('warbler'));
  });

  it('shows both classes of one unit in their own order, with bars that make a whole', () => {
    card('binary', 'one sigmoid unit, read as two classes', [
      of(1, 'dog', 0.535, 0.14),
      of(0, 'cat', 0.465, -0.14),
    ]);
    expect(rows()).toEqual(['cat 46.5 %', 'dog 53.5 %']);
    const bars = [...host.querySelectorAll<HTMLElement>('.bar > span')].map(({ style }) =>
      Number.parseFloat(style.width),
    );
    expect(bars[0] + bars[1]).toBeCloseTo(100);
    expect(host.querySelector('option')?.textContent).toBe('Winner: dog');
    expect(host.querySelector('.output-is')?.textContent).toContain('one sigmoid unit, read as two classes');
    expect(host.querySelector('li[aria-current]')?.textContent).toContain('dog');
  });

  it('shows the number of a regressor, without a bar, a per cent sign or a choice', () => {
    card('number', 'one number', [of(0, 'output', null, -31.204)]);
    expect(rows()).toEqual(['output −31.20']);
    expect(host.textContent).not.toContain('%');
    expect(host.querySelector('.bar')).toBeNull();
    expect(host.textContent).not.toContain('to explain');
    expect(statusText(useExplain.getState())).toContain('The output is one number. Ready:');
    expect(targetInWords(useExplain.getState())).toBe('output (−31.20)');
  });

  it.each([
    ['vector', '3 numbers called “embedding”', 'number', 'Number to explain'],
    ['places', 'a map of 3 classes at 14 × 14 places', 'class', 'Map to explain'],
    ['picture', 'a picture of 32 × 32 pixels', 'channel', 'Channel to explain'],
  ] as const)('calls a %s what it is', (kind, is, noun, choice) => {
    card(kind, is, [
      of(1, `${noun} 1`, null, 12_345.678),
      of(2, `${noun} 2`, null, 0.5),
      of(0, `${noun} 0`, null, -3e-7),
    ]);
    expect(rows()).toEqual([`${noun} 1 12346`, `${noun} 2 0.5000`, `${noun} 0 −3.000e−7`]);
    expect(host.textContent).toContain(`The output is ${is}.`);
    expect(host.textContent).toContain(choice);
    const mean = kind === 'vector' ? '' : 'mean over all places ';
    expect(targetInWords(useExplain.getState())).toBe(`${noun} 1 (${mean}12346)`);
    expect(host.querySelector('option')?.textContent).toBe(`Highest: ${noun} 1`);
  });

  it('sets a class against another one from the list', () => {
    card('classes', '3 logits', [of(2, 'fish', 0.7, 2), of(0, 'cat', 0.2, 1), of(1, 'dog', 0.1, 0)]);
    const list = [...host.querySelectorAll('label')].find((label) =>
      label.textContent?.startsWith('Set against'),
    );
    const select = list?.querySelector('select') as HTMLSelectElement;
    expect([...select.options].map(({ text }) => text)).toEqual([
      ...['nothing', 'all others, their mean', 'the three most like it (Finer-CAM)'],
      ...['itself: what speaks against it', 'cat', 'dog'],
    ]);
    act(() => {
      select.value = 'rest';
      select.dispatchEvent(new Event('change', { bubbles: true }));
    });
    expect(useExplain.getState().settings).toMatchObject({ target: null, against: 'rest' });
    act(() => {
      select.value = '0';
      select.dispatchEvent(new Event('change', { bubbles: true }));
    });
    expect(useExplain.getState().settings).toMatchObject({ target: 2, against: 0 });
  });

  it('offers a search where classes are many', () => {
    const search = () =>
      [...host.querySelectorAll('button')].some((each) => each.textContent === 'Find a class …');
    card('classes', '2 logits', [of(0, 'cat', 0.7, 1), of(1, 'dog', 0.3, 0)]);
    expect(search()).toBe(false);
    card(
      'classes',
      '30 logits',
      Array.from({ length: 30 }, (_, i) => of(i, `class ${i}`, 1 / 30, 0)),
    );
    expect(search()).toBe(true);
  });

  it('sets a class beside the explained one, by Shift or by the button beside its row', () => {
    card('classes', '3 logits', [of(2, 'fish', 0.7, 2), of(0, 'cat', 0.2, 1), of(1, 'dog', 0.1, 0)]);
    const versus = () => useExplain.getState().settings.versus;
    const click = (button: Element | null, shiftKey = false) =>
      act(() => void button?.dispatchEvent(new MouseEvent('click', { bubbles: true, shiftKey })));
    const [fish, cat] = host.querySelectorAll('li button');
    click(cat, true);
    expect(versus()).toBe('class:0');
    expect(useExplain.getState().settings).toMatchObject({ target: null, against: null });
    click(cat, true);
    expect(versus()).toBe('');
    click(fish, true);
    expect(versus(), 'what is explained has nothing beside itself').toBe('');
    const beside = (label: string) => host.querySelector(`[aria-label="vs ${label}"]`);
    click(beside('dog'));
    expect(versus()).toBe('class:1');
    expect(beside('dog')?.getAttribute('aria-pressed')).toBe('true');
    expect(beside('fish')?.hasAttribute('disabled')).toBe(true);
  });

  it.each([
    [1, 'fish rather than dog (difference of logits 2.000)'],
    ['rest', 'fish rather than all others (difference of logits 2.000)'],
    ['opposite', 'what speaks against fish (negative 2.000)'],
  ] as const)('says what is explained: against %s', (against, words) => {
    card('classes', '3 logits', [of(2, 'fish', 0.7, 2), of(0, 'cat', 0.2, 1), of(1, 'dog', 0.1, 0)]);
    const { analysis } = useExplain.getState();
    const target = { index: 2, label: 'fish', kind: 'contrast', against, value: 2 } as const;
    expect(targetInWords({ analysis: analysis && { ...analysis, target } })).toBe(words);
  });
});

// Nothing is written into an address when there is no page any more.
afterAll(async () => (await import('../address-writing')).dropPendingWrite());
