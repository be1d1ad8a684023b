// @vitest-environment page
import '../../../ui/page-testing';

import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it, vi } from 'vitest';

const { change, openSource, chooseModel } = vi.hoisted(() => ({
  ...{ change: vi.fn(), openSource: vi.fn(), chooseModel: vi.fn() },
}));
vi.mock('../explain-controller', () => ({ change, openSource, chooseModel, showExplain: vi.fn() }));

const { explainSettings, initialSettings } = await import('../../../state/settings');
const { useExplain } = await import('../../../state/explain-store');
const { analysed, analysis, picture } = await import('../explain-testing');
const { find } = await import('./command');
const { commandsFor, settingsToFind } = await import('./commands');
const { settingCommands } = await import('./setting-commands');
type Settings = typeof initialSettings;
type Key = keyof Settings;

const keys = Object.keys(explainSettings) as Key[];
const example = { network: 'photos10', file: '', description: '', label: '' };
const { measurement = null, signs = null } = await analysed();

const plain = {
  ...useExplain.getState(),
  ...{ analysis, picture, measurement, signs, settings: initialSettings, layer: 11 },
  manifest: { ...analysis.network, labels: ['horn', 'church', 'crane'] },
  models: [
    { id: 'photos10', title: 'photos10', bytes: null },
    { id: 'file:birds', title: 'birds', bytes: 10 },
  ],
  examples: ['French horn', 'Church'].map((title) => ({ ...example, id: title, title })),
};
const asked = (changes: Partial<Settings>, of: Partial<typeof plain> = {}) => ({
  ...plain,
  ...of,
  settings: { ...initialSettings, ...changes },
});
const attention = { kind: 'vit', grid: [2, 3], heads: 4, hasClassToken: true, hasWindows: false } as const;
const places = { classes: Int32Array.from([0, 0, 1, 1]), width: 2, height: 2 };

/** For settings that mean nothing to the plain network what gives them a meaning. */
const where: Partial<Record<Key, typeof plain>> = {
  output: asked({}, { manifest: { ...plain.manifest, outputs: ['class', 'box'], output: 'class' } }),
  reads: asked({}, { manifest: { ...plain.manifest, readsEitherWay: true } }),
  size: asked({}, { manifest: { ...plain.manifest, takesAnySize: true } }),
  region: asked({}, { analysis: { ...analysis, places } as unknown as typeof analysis }),
  box: asked({}, {
    analysis: { ...analysis, boxes: [{ box: 7, index: 1, score: 0.5, corners: [0, 0, 1, 1] }] },
  } as Partial<typeof plain>),
  part: asked({}, {
    analysis: { ...analysis, target: { ...analysis.target, kind: 'box', box: 7 } },
  } as Partial<typeof plain>),
  alike: asked({}, { manifest: { ...plain.manifest, kind: 'vector' } } as unknown as Partial<typeof plain>),
  token: asked({ method: 'attention' }, {
    manifest: { ...plain.manifest, attention },
  } as unknown as Partial<typeof plain>),
  head: asked({ method: 'attention' }, {
    manifest: { ...plain.manifest, attention },
  } as unknown as Partial<typeof plain>),
  within: asked({ within: '0.2,0.1,0.7,0.8' }),
  fold: asked({}, {
    analysis: {
      ...analysis,
      layers: analysis.layers.map((layer, i) => ({
        ...layer,
        column: { pair: Math.floor(i / 2), block: Math.floor(i / 4) },
      })),
    },
  } as unknown as Partial<typeof plain>),
  concepts: asked({ view: 'concepts' }),
};

beforeEach(() => {
  for (const each of [change, openSource, chooseModel]) each.mockClear();
});

describe('settings in the palette', () => {
  it.each(keys)('%s is found by its parameter, and sets what the address may say', (key) => {
    const state = where[key] ?? plain;
    const { parameter, parse, format } = explainSettings[key];
    const found = find(settingsToFind(state), parameter);
    const own = settingCommands[key](state);
    expect(own.length, 'values to choose from').toBeGreaterThan(0);
    for (const command of own)
      expect(found, command.id).toContainEqual(expect.objectContaining({ id: command.id }));
    useExplain.setState(state);
    for (const { run } of own.slice(0, 120)) {
      change.mockClear();
      run();
      for (const [changed, value] of Object.entries(change.mock.calls[0]?.[0] ?? {})) {
        if (changed !== key) continue;
        const written = (format as (value: unknown) => string)(value);
        if (value !== null && value !== '') expect(parse(written), `${parameter}=${written}`).toEqual(value);
      }
    }
  });

  it('has every parameter that the page on addresses lists', () => {
    const [table] = readFileSync('docs/address.md', 'utf8').split('`#study` takes');
    const listed = [...table.matchAll(/^\| ([^|]*) \|/gm)].flatMap(([, cell]) =>
      [...cell.matchAll(/`([\w-]+)`/g)].map(([, parameter]) => parameter),
    );
    expect(listed.length).toBeGreaterThan(30);
    const parameters = keys.map((key) => explainSettings[key].parameter);
    expect(listed.toSorted()).toEqual(parameters.toSorted());
  });

  it('offers nothing that would have no effect now', () => {
    const silent = keys.filter((key) => settingCommands[key](plain).length === 0);
    expect(silent.toSorted()).toEqual(Object.keys(where).toSorted());
    const none = (key: Key, state: typeof plain) => expect(settingCommands[key](state), key).toEqual([]);
    none('smooth', asked({ method: 'rise' }));
    none('pooling', asked({ operations: true }));
    none('opacity', asked({ view: 'image' }));
    none('story', asked({}, { signs: null } as Partial<typeof plain>));
    none('head', { ...(where.head as typeof plain), settings: initialSettings });
    none('against', asked({}, { manifest: { ...plain.manifest, kind: 'binary' } } as Partial<typeof plain>));
    expect(find(settingsToFind(asked({ method: 'rise' })), 'view').map(({ title }) => title)).not.toContain(
      'concepts',
    );
    expect(find(settingsToFind(plain), 'head')).toEqual([]);
  });

  it('finds numbers as they are written', () => {
    const [tau, ...others] = find(commandsFor(plain), 'tau 0.35');
    expect(others).toEqual([]);
    tau.run();
    expect(change).toHaveBeenLastCalledWith({ tau: 0.35 });
    find(commandsFor(where.token as typeof plain), 'token 0.8333 0.75')[0].run();
    expect(change).toHaveBeenLastCalledWith({ token: '0.8333,0.75' });
    find(commandsFor(plain), 'versus church')[0].run();
    expect(change).toHaveBeenLastCalledWith({ versus: 'class:1' });
    find(commandsFor(plain), 'preset paper')[0].run();
    expect(change).toHaveBeenLastCalledWith({ levels: 256, grid: 'input' });
  });
});
