// @vitest-environment page
import '../../../ui/page-testing';

import { act } from 'react';
import type { Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CallOptions } from '../../../rpc/worker-client';
import type { AnalyseRequest, AnalyseResult } from '../../../saliency/analysis';
import { rootOfEmptyPage } from '../../../ui/root-testing';

const engine = vi.hoisted(() => ({ call: vi.fn() }));
vi.mock('../../../engine/engine-client', async () => {
  const { measuresHere } = await import('../../../engine/measure/measure-testing');
  return { engine, measures: measuresHere, signFinder: measuresHere };
});
// jsdom reads no files.
vi.mock('../picture/svg-picture', () => ({ rasteriseIfSvg: async () => null }));
// Two shuffles make a null model as thirty-two do.
vi.mock('../../../engine/measure/null-shuffles', () => ({ nullShuffles: 2 }));
Element.prototype.scrollIntoView = () => {};
Object.assign(HTMLDialogElement.prototype, { showModal() {}, close() {} });

const { useExplain } = await import('../../../state/explain-store');
const { initialSettings } = await import('../../../state/settings');
const { useVersus } = await import('../../../state/versus-store');
const { parseAnalysis } = await import('../../../export/analysis-file');
const { saliencyLayer } = await import('../../../saliency/saliency-layer');
const { analysed, analysis, layerNames } = await import('../explain-testing');
const { analysisOf } = await import('../files/analysis-of');
const { isThere, printed, printFigureIds } = await import('../files/print-figures');
const { drawable } = await import('../files/sheet-figures');
const { dropPendingWrite } = await import('../address-writing');
const { Versus } = await import('./Versus');
const { versusCandidates } = await import('./versus-candidates');
const { versusRows } = await import('./versus-view');
const { VersusDialog } = await import('./VersusDialog');

/** The analysis of what was asked for: that on screen turned by half a turn. */
const turned = (request: AnalyseRequest, names: readonly string[] = layerNames): AnalyseResult => ({
  ...analysis,
  method: request.method,
  target: typeof request.target === 'number' ? { index: request.target, label: 'church' } : analysis.target,
  layers: names.map((name, i) => {
    const { index, kind, shape, map } = analysis.layers[i];
    return saliencyLayer({ index, kind, shape, name, map: { ...map, values: map.values.toReversed() } });
  }),
});

type Options = CallOptions<{ text: string; fraction: number | null }>;
const requests = () =>
  engine.call.mock.calls.filter(([name]) => name === 'analyse').map(([, asked]) => asked);

let root: Root;
let shown: Awaited<ReturnType<typeof analysed>>;

beforeEach(async () => {
  engine.call.mockImplementation(async (_: string, request: AnalyseRequest) => turned(request));
  shown ??= await analysed();
  useExplain.setState(shown);
  HTMLCanvasElement.prototype.toDataURL = () => 'data:image/png;base64,AAAA';
  root = rootOfEmptyPage();
});
afterEach(async () => {
  await act(async () => root.unmount());
  engine.call.mockReset();
  dropPendingWrite();
});

const compare = (versus: string) =>
  act(async () => {
    useExplain.setState(({ settings }) => ({ settings: { ...settings, versus } }));
    root.render(<Versus width={240} />);
  });
/** Waits until that holds; what comes later than an event is taken in by the page. */
const until = (holds: () => void) =>
  vi.waitFor(
    async () => {
      await act(async () => {});
      holds();
    },
    { timeout: 20_000 },
  );
const measured = () =>
  until(() => expect(useVersus.getState().b?.measurement?.layers.at(-1)?.null).toBeTruthy());
const text = () => document.querySelector('section[aria-labelledby=versus]')?.textContent ?? '';
const button = (name: string) =>
  [...document.querySelectorAll('button')].find((each) => each.textContent === name);

describe('A against B', () => {
  it('explains the second class as the first is, and says what differs in the numbers of the figures', async () => {
    await compare('class:1');
    await measured();
    const [request] = requests();
    expect(request).toMatchObject({ target: 1, method: 'grad-cam', input: shown.picture?.input });
    expect(text()).toContain('Ahorn (90.0 %)');
    expect(text()).toContain('Bchurch (10.0 %)');
    // A map and itself turned: by definition.
    const { values } = analysis.layers[11].map;
    const mass = values.reduce((a, b) => a + b, 0);
    const shared = values.reduce((sum, x, i) => sum + Math.min(x, values[values.length - 1 - i]) / mass, 0);
    expect(text()).toContain(`At conv5_2 the two share ${(shared * 100).toFixed(1)} % of their evidence`);
    const rows = versusRows(useExplain.getState(), useVersus.getState());
    expect(rows).toHaveLength(12);
    expect(rows[11].shared).toBeCloseTo(shared, 6);
    // Turning a map changes none of its neighbourhoods.
    expect(rows[11].entropy_difference).toBeCloseTo(0, 9);
    expect(text()).toContain('the same to 3 decimals');
    expect(useExplain.getState().analysis).toBe(analysis);
  });

  it('is one slider for both', async () => {
    await compare('class:1');
    await measured();
    await act(async () => useExplain.setState({ layer: 3, position: 3 }));
    expect(text()).toContain('At conv2_2 the two share');
  });

  it('sets layers of other names beside each other by depth, and says so', async () => {
    const names = ['block1', 'block2', 'block3'];
    engine.call.mockImplementation(async (_: string, request: AnalyseRequest) => turned(request, names));
    await compare('method:layer-cam');
    await measured();
    expect(requests()[0]).toMatchObject({ method: 'layer-cam' });
    expect(text()).toContain('each of A’s 12 stands beside that of B’s 3');
    expect(text()).toContain('At conv5_2 of A and block3 of B');
    expect(versusRows(useExplain.getState(), useVersus.getState()).map((row) => row.layer_of_b)).toEqual([
      ...['block1', 'block1', 'block1', 'block2', 'block2', 'block2'],
      ...['block2', 'block2', 'block2', 'block3', 'block3', 'block3'],
    ]);
  });

  it('looks for the class by its name in another network, and says where it has none', async () => {
    const labels = ['a church', 'Horn', 'crane'];
    engine.call.mockImplementation(async (name: string, request: AnalyseRequest) => {
      if (name === 'decode') return { ...shown.picture };
      return name === 'prepare' ? { ...analysis.network, id: 'other', labels } : turned(request);
    });
    await act(async () => useExplain.setState(({ settings }) => ({ settings: { ...settings, target: 0 } })));
    await compare('model:pictographs');
    await measured();
    expect(requests()[0]).toMatchObject({ target: 1, network: { kind: 'bundled' } });
    expect(useVersus.getState().b?.note).toBe('');
    labels[1] = 'trumpet';
    await compare('');
    await compare('model:pictographs');
    await measured();
    expect(requests()[1].target).toBeNull();
    expect(text()).toContain('other has no class “horn”: B explains its winner.');
  });

  it('says what cannot be compared, and loses nothing of what is on screen', async () => {
    await compare('class:7');
    await until(() => expect(text()).toContain('There is no class 7: photos10 has 2 classes'));
    expect(requests()).toEqual([]);
    await compare('method:rollout');
    await until(() => expect(text()).toContain('photos10 has no Attention rollout.'));
    engine.call.mockRejectedValue(new Error('The device is gone.'));
    await compare('class:1');
    await until(() => expect(text()).toContain('The device is gone.'));
    expect(useExplain.getState().analysis).toBe(analysis);
    engine.call.mockImplementation(async (_: string, request: AnalyseRequest) => turned(request));
    await act(async () => button('Try again')?.click());
    await measured();
  });

  it('tells how far it has come, and ends when it is cancelled', async () => {
    let signal: AbortSignal | undefined;
    engine.call.mockImplementation((_: string, __: AnalyseRequest, options: Options) => {
      signal = options.signal;
      options.onProgress?.({ text: 'Explaining', fraction: 0.25 });
      return new Promise((_, refuse) =>
        options.signal?.addEventListener('abort', () => refuse(new DOMException('Ended', 'AbortError'))),
      );
    });
    await compare('class:1');
    await until(() => expect(text()).toContain('Explaining …'));
    expect(document.querySelector('progress')?.value).toBe(0.25);
    await act(async () => button('Cancel comparison')?.click());
    expect(signal?.aborted).toBe(true);
    await until(() => expect(text()).toContain('Cancelled.'));
    expect(button('Try again')).toBeDefined();
    // What stands on screen goes first: its progress ends the comparison, which begins anew after it.
    await act(async () => useExplain.setState({ progress: { text: 'Reading', fraction: null } }));
    engine.call.mockImplementation(async (_: string, request: AnalyseRequest) => turned(request));
    await act(async () => useExplain.setState({ progress: null, analysis: { ...analysis } }));
    await measured();
  });

  it('is written into the analysis file with its settings and numbers, and leaves as figures', async () => {
    await compare('class:1');
    await measured();
    const state = {
      ...useExplain.getState(),
      settings: { ...useExplain.getState().settings, within: '0,0,0.5,0.5' },
    };
    const file = parseAnalysis(JSON.stringify(analysisOf(state)));
    expect(file.versus).toMatchObject({
      ...{ asked: 'class:1', match: 'name', target: { index: 1, label: 'church' } },
      ...{ model: { name: 'photos10' }, image: { name: 'French horn', source: 'french-horn' } },
      settings: { method: 'grad-cam', view: { class: '1' } },
    });
    const rows = versusRows(state, useVersus.getState());
    expect(file.versus?.layers.map(({ shared }) => shared)).toEqual(rows.map((row) => row.shared));
    expect(file.layers.every(({ inside }) => inside && inside.share >= 0 && inside.share <= 1)).toBe(true);
    const ids = printFigureIds.filter((id) => id.startsWith('versus'));
    expect(ids).toHaveLength(3);
    for (const id of ids) {
      expect(isThere(state, id)).toBe(true);
      const figure = await printed(state, id, { width: 344, caption: true });
      expect(figure.caption).toContain('B: Grad-CAM for church (10.0 %) by photos10');
      expect(figure.rows?.()).toEqual(rows);
    }
    expect(drawable(state).filter((id) => id.startsWith('versus'))).toHaveLength(3);
    await compare('');
    expect(isThere(useExplain.getState(), ids[0])).toBe(false);
    expect(analysisOf(useExplain.getState()).versus).toBeUndefined();
  });

  it('lists what there is to compare with, and finds it by typing', async () => {
    const titles = versusCandidates({
      ...useExplain.getState(),
      models: [
        { id: 'photos10', title: 'photos10', bytes: null },
        { id: 'pictographs', title: 'pictographs', bytes: null },
      ],
    }).map(({ group, title }) => `${group}: ${title}`);
    expect(titles).toContain('Class: church');
    expect(titles).not.toContain('Class: horn');
    expect(titles).toContain('Saliency method: LayerCAM');
    expect(titles).not.toContain('Saliency method: Grad-CAM');
    expect(titles.filter((title) => title.startsWith('Network'))).toEqual(['Network: pictographs']);
    await act(async () =>
      useExplain.setState({
        manifest: { ...analysis.network, labels: Array.from({ length: 1000 }, (_, i) => `class ${i}`) },
      }),
    );
    await act(async () => root.render(<VersusDialog />));
    const field = document.querySelector('[role=combobox]') as HTMLInputElement;
    await act(async () => {
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, 'class 777');
      field.dispatchEvent(new Event('input', { bubbles: true }));
    });
    await act(async () => field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true })));
    expect(useExplain.getState().settings.versus).toBe('class:777');
    await act(async () => useExplain.setState({ settings: initialSettings }));
  });
});
