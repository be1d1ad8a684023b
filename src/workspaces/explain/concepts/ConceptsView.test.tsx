// @vitest-environment page
import '../../../ui/page-testing';

import { act } from 'react';
import type { Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ConceptsProgress } from '../../../engine/methods';
import type { CallOptions } from '../../../rpc/worker-client';
import type { ConceptsRequest, LayerConcepts } from '../../../saliency/concepts/concepts';
import { rootOfEmptyPage } from '../../../ui/root-testing';

type Call = (
  method: string,
  request: ConceptsRequest,
  options: CallOptions<ConceptsProgress>,
) => Promise<LayerConcepts[]>;

const engine = vi.hoisted(() => ({ call: vi.fn() }));
vi.mock('../../../engine/engine-client', async () => {
  const { measuresHere } = await import('../../../engine/measure/measure-testing');
  return { engine, measures: measuresHere, signFinder: measuresHere };
});

const { conceptColours } = await import('../../../figures/concepts/concept-colours');
const { useConcepts } = await import('../../../state/concepts-store');
const { useExplain } = await import('../../../state/explain-store');
const { analysed, layerNames } = await import('../explain-testing');
const { ConceptsView } = await import('./ConceptsView');
const { conceptRows } = await import('./concepts-view');

/** Halves of every layer; which comes first changes from layer to layer. */
function halves(name: string, count: number): LayerConcepts {
  const turned = layerNames.indexOf(name) % 2 === 0;
  const concepts = Array.from({ length: count }, (_, k) => ({
    map: Float32Array.from({ length: 16 }, (_, i) => (i % 4 < 2 === ((k === 0) !== turned) ? 1 : 0)),
    ...{ share: 1 / (k + 2), worth: k === 0 ? 1.5 : -0.25 },
    classes: name === 'conv5_2' ? [{ index: k % 2, probability: 0.75 }] : null,
  }));
  return { name, width: 4, height: 4, concepts, explained: 0.9, worth: 1.25 };
}
const answer: Call = async (_, { layers, count }, { onProgress }) => {
  const found = (layers ?? []).toReversed().map((name) => halves(name, count));
  found.forEach((layer, i) => {
    onProgress?.({ text: `Concepts of ${layer.name}`, fraction: (i + 1) / found.length, layer });
  });
  return found.toReversed();
};
let root: Root;
const settle = () => act(async () => new Promise((done) => setTimeout(done, 0)));
const asked = () => engine.call.mock.calls.map(([, { layers, count }]) => ({ layers, count }));
const entries = () => [...document.querySelectorAll<HTMLButtonElement>('ol button')];
const colours = () => entries().map(({ style }) => style.borderLeftColor);
const rgb = (hex: string) => {
  const bits = Number.parseInt(hex.slice(1), 16);
  return `rgb(${bits >> 16}, ${(bits >> 8) & 255}, ${bits & 255})`;
};

async function open() {
  const state = await analysed();
  useExplain.setState({
    ...state,
    settings: { ...useExplain.getInitialState().settings, view: 'concepts', concepts: 2 },
  });
  await act(async () => root.render(<ConceptsView width={200} />));
  await settle();
}

beforeEach(() => {
  root = rootOfEmptyPage();
});
afterEach(async () => {
  await act(async () => root.unmount());
  useConcepts.setState(useConcepts.getInitialState());
  engine.call.mockReset();
});

it('asks for the layer on screen first, then for all others, and says what each concept is', async () => {
  engine.call.mockImplementation(answer);
  await open();
  expect(asked()).toEqual([
    { layers: ['conv5_2'], count: 2 },
    { layers: layerNames.slice(0, -1), count: 2 },
  ]);
  expect(document.querySelector('p')?.textContent).toBe(
    '2 concepts of conv5_2, which explain 90.0 % of its activation (sum of squares)',
  );
  expect(entries().map(({ textContent }) => textContent)).toEqual([
    '50.0 % of the activationfor horn: +1.50by itself: horn 75.0 %',
    '33.3 % of the activationagainst horn: −0.250by itself: church 75.0 %',
  ]);
  expect(document.querySelector('progress')).toBeNull();
});

it('keeps the colours of what lies in the same places from layer to layer', async () => {
  engine.call.mockImplementation(answer);
  await open();
  const [first, second] = conceptColours.map(rgb);
  expect(colours()).toEqual([first, second]);
  await act(async () => useExplain.setState({ layer: 10, position: 10 }));
  expect(colours()).toEqual([second, first]);
  expect(conceptRows(useExplain.getState(), useConcepts.getState())).toHaveLength(24);
  expect(asked()).toHaveLength(2);
});

it('asks again for another number of them, and ends with the analysis', async () => {
  engine.call.mockImplementation(answer);
  await open();
  await act(async () => useExplain.setState(({ settings }) => ({ settings: { ...settings, concepts: 4 } })));
  await settle();
  expect(asked().slice(2)).toEqual([
    { layers: ['conv5_2'], count: 4 },
    { layers: layerNames.slice(0, -1), count: 4 },
  ]);
  expect(entries()).toHaveLength(4);
});

it('gives way to a new picture, and says what went wrong', async () => {
  const signals: AbortSignal[] = [];
  engine.call.mockImplementation(
    (_method: string, _request: unknown, { signal }: { signal: AbortSignal }) => {
      signals.push(signal);
      return new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    },
  );
  await open();
  expect(document.querySelector('p')?.textContent).toBe('Finding the concepts of conv5_2 …');
  await act(async () => useExplain.setState({ progress: { text: 'Explaining', fraction: null } }));
  expect(signals).toHaveLength(1);
  expect(signals[0].aborted).toBe(true);
  engine.call.mockRejectedValue(new Error('The device is gone.'));
  await act(async () => useExplain.setState({ progress: null }));
  await settle();
  expect(document.querySelector('p')?.textContent).toBe(
    'The concepts could not be found: The device is gone.',
  );
});
