// @vitest-environment page
import '../../../ui/page-testing';

import { act } from 'react';
import type { Root } from 'react-dom/client';
import { afterEach, expect, it, vi } from 'vitest';
import type { TrustMeasure } from '../../../faithfulness/trust/trust-measures';
import { ENTROPY_MEASURES } from '../../../semiotics';
import type { StatisticsMethods } from '../../../study/statistics/statistics-methods';
import { drawColumn, trustColumn } from '../../../study/study-columns';
import type { Study } from '../../../study/study-data';
import { askAtOnce, studyWith } from '../../../study/study-testing';
import { rootOfEmptyPage } from '../../../ui/root-testing';

vi.mock('../../../study/statistics/statistics-client', () => ({
  statistics: {
    call: (name: keyof StatisticsMethods, request: never) => askAtOnce(name, request),
  },
}));

const { Trust, masksInWords } = await import('./Trust');
const { TellingPairs } = await import('./TellingPairs');
const { exportTelling } = await import('./telling-figure');
const { exportAgainst } = await import('./methods-against-figure');
const { methodPairsSummary, tellingPairsSummary } = await import('./trust-summaries');
const { useStudy } = await import('../run/study-store');

const layers = ['conv1', 'conv2', 'conv3'];
const trust = {
  methods: ['grad-cam' as const, 'layer-cam' as const],
  measures: ['road', 'pointing-game'] as TrustMeasure[],
  percentages: [50],
};
type Numbers = Parameters<typeof studyWith>[0]['numbers'];
const wobble = (image: number, layer: number) => (((image * 37 + layer * 11) % 23) - 11) / 1000;
const studyOf = (
  masks: (number | undefined)[],
  { measures = trust.measures, numbers = {} }: { measures?: TrustMeasure[]; numbers?: Numbers } = {},
) =>
  studyWith({
    layers,
    settings: { trust: { ...trust, measures } },
    images: masks.map((maskShare, i) => ({
      ...{ path: `${i}.jpg`, trueClass: 0, predicted: i % 4 === 0 ? 1 : 0 },
      doubt: { entropy: 1 + wobble(i, 5), energy: 3 },
      ...(maskShare === undefined ? {} : { maskShare }),
    })),
    numbers: {
      'aura-matrix': (image, layer) => layer + wobble(image, layer),
      'aura-matrix structure': (image, layer) => wobble(image, layer + 3),
      [trustColumn('grad-cam', 'road')]: (image, layer) => 0.1 * layer + wobble(image, layer + 1),
      [trustColumn('layer-cam', 'road')]: (image, layer) => 0.1 - 0.05 * layer + wobble(image, layer + 2),
      [trustColumn('grad-cam', 'pointing-game')]: (image) => (masks[image] ? image % 2 : Number.NaN),
      [trustColumn('layer-cam', 'pointing-game')]: (image) => (masks[image] ? 1 : Number.NaN),
      ...numbers,
    },
  });

/** A busy machine takes its time. */
const waits = { timeout: 60_000 };
let root: Root;
async function show(shown: (number | undefined)[] | Study) {
  root = rootOfEmptyPage();
  await act(async () => root.render(<Trust study={Array.isArray(shown) ? studyOf(shown) : shown} />));
  await vi.waitFor(async () => {
    await act(async () => {});
    expect(document.querySelectorAll('table')).toHaveLength(3);
  }, waits);
}
const says = (text: string) =>
  vi.waitFor(async () => {
    await act(async () => {});
    expect(document.body.textContent).toContain(text);
  }, waits);
afterEach(() => act(async () => root?.unmount()));

const table = (name: string) => document.querySelector(`table[aria-label="${name}"]`);
const cells = (name: string, row: number) =>
  [...(table(name)?.querySelectorAll(`tbody tr:nth-child(${row}) > *`) ?? [])].map(
    (cell) => cell.textContent,
  );

it('shows methods by measures with bands, ranks and tests, at a layer or each at its best', async () => {
  await show(Array.from({ length: 24 }, () => 0.3));
  const [name, own, other] = cells('Methods by measures', 1);
  expect(name).toContain('ROAD higher is better');
  expect(own).toMatch(/^0\.20.*rank 1$/);
  expect(other).toMatch(/^.*rank 2, p < \.001$/);
  const select = document.querySelector('select') as HTMLSelectElement;
  await act(async () => {
    const { set } = Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, 'value') ?? {};
    set?.call(select, 'best');
    select.dispatchEvent(new Event('change', { bubbles: true }));
  });
  await vi.waitFor(async () => {
    await act(async () => {});
    expect(cells('Methods by measures', 1)[2]).toContain('conv1');
  }, waits);
  expect(document.body.textContent).toContain('its means are flattered');
});

it('sets methods against each other by a measure or all of them, and exports the pairs', async () => {
  const study = studyOf(Array.from({ length: 24 }, () => 0.3));
  await show(study);
  const square = () => document.querySelector('svg[aria-label="Methods against each other"]');
  await says('By ROAD, 1 of 1 pair of methods differs beyond chance.');
  expect(square()?.querySelector('desc')?.textContent).toContain('Grad-CAM better than 1, worse than 0');
  const by = [...document.querySelectorAll('label')].find(({ textContent }) =>
    textContent?.startsWith('Measure'),
  );
  const select = by?.querySelector('select') as HTMLSelectElement;
  expect([...select.options].map(({ text }) => text)).toEqual(['ROAD', 'Pointing game', 'All measures']);
  await act(async () => {
    const { set } = Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, 'value') ?? {};
    set?.call(select, 'all');
    select.dispatchEvent(new Event('change', { bubbles: true }));
  });
  await says('Of 2 comparisons of two methods by a measure, 2 go beyond chance.');
  const { rows, name } = await exportAgainst(
    await methodPairsSummary(study, 2),
    { at: 2, measure: 'all', order: 'best' },
    study,
  );
  expect(name.join(' ')).toContain('methods against each other');
  expect(rows?.().map(({ measure, first, second, images }) => [measure, first, second, images])).toEqual([
    ['road', 'grad-cam', 'layer-cam', 24],
    ['pointing-game', 'grad-cam', 'layer-cam', 24],
  ]);
});

it('says whether entropy goes with trust, and whether it sees mistakes', async () => {
  await show(Array.from({ length: 24 }, () => 0.3));
  const [measure, number, across] = cells('Entropy and trust', 1);
  expect([measure, number]).toEqual(['ROAD', 'entropy']);
  expect(across).toMatch(/^1\.00/);
  const names = [...(table('Does entropy see mistakes?')?.querySelectorAll('tbody th') ?? [])].map(
    (cell) => cell.textContent,
  );
  expect(names).toContain('Entropy at conv3');
  expect(names).toContain('Softmax with entropies and structure, regression');
  expect(document.body.textContent).toContain('6 images against 18.');
  expect(useStudy.getState().comparison).toBeNull();
});

it('draws which pair tells trained from randomised weights, and says it', async () => {
  const images = 24;
  const study = studyWith({
    layers,
    settings: { trust: { ...trust, draws: 2 } },
    images: Array.from({ length: images }, () => ({})),
    numbers: Object.fromEntries(
      trust.methods.flatMap((method) =>
        ENTROPY_MEASURES.flatMap(({ id }, k) =>
          [0, 1, 2].map((draw) => [
            drawColumn(method, id, draw),
            (image: number, layer: number) =>
              3 +
              wobble(image + 5 * draw + k, layer) +
              (id === 'shannon' && method === 'layer-cam' && draw > 0 ? layer : 0),
          ]),
        ),
      ),
    ),
  });
  root = rootOfEmptyPage();
  await act(async () => root.render(<TellingPairs study={study} />));
  await vi.waitFor(async () => {
    await act(async () => {});
    expect(document.body.textContent).toContain('tell the trained network from its randomised twins');
  }, waits);
  const text = document.body.textContent ?? '';
  expect(text).toContain('beyond chance in each of 2 draws of weights');
  expect(text).toMatch(
    /The surest is Shannon entropy of LayerCAM at conv\d, lower with trained weights \(d −/i,
  );
  const { rows } = await exportTelling(await tellingPairsSummary(study), study);
  expect(rows?.()).toHaveLength(2 * ENTROPY_MEASURES.length * layers.length);
});

it('says that no twin was asked for, and where to ask', async () => {
  await show([0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3]);
  expect(document.body.textContent).toContain('this study has no randomised twins of the network');
});

it('says on how many images a mean rests where it is not all of them', async () => {
  await show(Array.from({ length: 24 }, (_, i) => (i < 8 ? 0.3 : undefined)));
  expect(cells('Methods by measures', 1)[1]).not.toContain('images');
  expect(cells('Methods by measures', 2)[1]).toContain('8 images');
  expect(document.body.textContent).toContain('they have no mask to be held against');
});

it('tells of every mask that is not used or was scaled', async () => {
  const study = studyOf(Array.from({ length: 24 }, (_, i) => (i === 0 ? undefined : 0.3)));
  study.images[0].maskNote = 'is 10 × 10 pixels, its image 20 × 10: of another shape, it is not used.';
  study.images[1].maskNote = 'is 10 × 5 pixels, its image 20 × 10: it is scaled.';
  await show(study);
  expect(document.querySelector('summary')?.textContent).toBe(
    '1 mask not used, 1 mask of another size than the image',
  );
  expect(document.querySelectorAll('details li')[0].textContent).toBe(
    'The mask of 0.jpg is 10 × 10 pixels, its image 20 × 10: of another shape, it is not used.',
  );
});

it('says where maps are zero everywhere, and leaves them out of the means', async () => {
  const sparse = (method: 'grad-cam' | 'layer-cam') => trustColumn(method, 'sparseness');
  const study = studyOf(new Array(24).fill(0.3), {
    measures: ['road', 'sparseness'],
    numbers: {
      [sparse('grad-cam')]: (image, layer) => (layer === 2 && image < 5 ? Number.NaN : wobble(image, layer)),
      [sparse('layer-cam')]: (image, layer) =>
        layer === 0 && image === 7 ? Number.NaN : wobble(image, layer),
    },
  });
  await show(study);
  expect(document.querySelector('summary')?.textContent).toBe(
    '6 maps are zero everywhere, with no trust to measure',
  );
  expect([...document.querySelectorAll('details li')].map(({ textContent }) => textContent)).toEqual([
    'Grad-CAM at conv3: of 5 images',
    'LayerCAM at conv1: of 1 image',
  ]);
  expect(cells('Methods by measures', 2)[1]).toContain('19 images');
  expect(cells('Methods by measures', 2)[2]).not.toContain('images');
});

it('says which images could be held against masks', () => {
  expect(masksInWords(studyOf([undefined, undefined]))).toContain('No image has a mask');
  const unlike = studyOf([undefined]);
  unlike.images[0].path = 'masks/a.png';
  expect(masksInWords(unlike)).toContain('was studied as images');
  expect(masksInWords(studyOf([0.2, 0, undefined]))).toBe(
    '2 images of 3 have masks; 1 of them is empty, where nothing can be found; localisation is measured on those only.',
  );
});
