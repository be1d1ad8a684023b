import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { colourMaps } from '../../src/figures';
import { saliencyMethodNames } from '../../src/saliency/method-names';
import { mapSmoothingNames } from '../../src/saliency/smoothing/map-smoothing';
import { ENTROPY_MEASURES } from '../../src/semiotics';
import { explainSettings } from '../../src/state/settings';
import { onePassMethods } from '../../src/workspaces/explain/compare/compared-methods';
import { compareFigures, explainFigures } from './figure-names';
import { explainUsage, parameters, parseCompareOptions, parseExplainOptions, switches } from './options';

const needed = ['--model', 'photos10', '--images', 'set', '--out', 'x'];
const parse = (...args: string[]) => parseExplainOptions([...needed, ...args]);

describe('options of explain', () => {
  it('are those of the address where the address has them', () => {
    const { settings } = parse('--class', '3', '--method', 'grad-cam++', '--measure', 'shannon', '--torus');
    expect(settings).toMatchObject({ target: 3, method: 'grad-cam++', measure: 'shannon', torus: true });
    expect(parse('--scaling', 'caffe', '--scale', 'global').settings).toMatchObject({
      inputScaling: 'caffe',
      scaling: 'global',
    });
  });

  it.each([
    [/--model is missing/, () => parseExplainOptions([])],
    [/"method=magic" is not understood; allowed: grad-cam/, () => parse('--method', 'magic')],
    [/--shard 4\/3: expected I\/N/, () => parse('--shard', '4/3')],
    [/--jobs 0: expected/, () => parse('--jobs', '0')],
    [/--weigh some: expected one of none, last, all/, () => parse('--weigh', 'some')],
    [/--smooth eigen: fem has no such smoothing/, () => parse('--method', 'fem', '--smooth', 'eigen')],
    [/Unknown option '--colour'/, () => parse('--colour', 'red')],
  ])('that make no sense are said: %s', (message, ask) => expect(ask).toThrow(message));

  it('say what is drawn', () => {
    expect(parse().draw).toBeNull();
    expect(
      parse('--figures', 'heat,flow', '--format', 'pdf', '--layers', 'all', '--dpi', '600').draw,
    ).toEqual({
      ...{ figures: ['heat', 'flow'], kinds: ['pdf'], layers: 'all' },
      print: { width: 17.8, letters: 7, dpi: 600, paper: 'white', caption: true },
    });
    expect(() => parse('--figures', 'matrix')).toThrow('--figures matrix: expected one of heat');
  });
});

/** What only the page has: a second picture or analysis, which layers share a column, a region that is drawn, where it computes, what it tells. */
const viewOnly = ['fold', 'within', 'versus', 'backend', 'tour', 'story'];
const allParameters = Object.values(explainSettings).map(({ parameter }) => parameter as string);

describe('settings of the address', () => {
  it('are options of the command line, or known to be none', () => {
    const options: string[] = [...parameters, ...switches, 'model'];
    expect([...options, 'image', ...viewOnly].toSorted()).toEqual(allParameters.toSorted());
    for (const name of options) expect(explainUsage, name).toContain(`--${name}`);
  });

  const python = (name: string) =>
    readFileSync(path.resolve(import.meta.dirname, `../../python/src/supersign/${name}.py`), 'utf8');
  const strings = (text = '') => [...text.matchAll(/"([^"]+)"/g)].map(([, each]) => each);
  const listOf = (name: string) =>
    strings(new RegExp(`^${name} = \\w*[[(]([^\\])]*)`, 'm').exec(python('_settings'))?.[1]);
  const literalOf = (name: string) =>
    strings(new RegExp(`^    ${name}: Literal\\[([^\\]]*)`, 'm').exec(python('_settings'))?.[1]);

  it('are keywords in Python, with their values', () => {
    const keywords = [...python('_settings').matchAll(/^ {4}(\w+): /gm)].map(([, name]) => name);
    const given = ['model', 'image', 'size', 'class'];
    expect(keywords.filter((name) => name !== 'target').toSorted()).toEqual(
      allParameters.filter((name) => !given.includes(name)).toSorted(),
    );
    expect(listOf('VIEW_ONLY')).toEqual(viewOnly);
    expect(listOf('Method')).toEqual(Object.keys(saliencyMethodNames));
    expect(listOf('Measure')).toEqual(ENTROPY_MEASURES.map(({ id }) => id));
    expect(literalOf('smooth')).toEqual(Object.keys(mapSmoothingNames));
    expect(literalOf('colours').toSorted()).toEqual(Object.keys(colourMaps).toSorted());
  });

  it('and figures are those of the command line', () => {
    const [, listed] = /^FIGURES = \(([^)]*)/m.exec(python('_figure')) ?? [];
    expect(strings(listed)).toEqual([...explainFigures]);
    for (const figure of [...explainFigures, ...compareFigures])
      expect(readFileSync(path.resolve(import.meta.dirname, '../../docs/command-line.md'), 'utf8')).toContain(
        figure,
      );
  });
});

describe('options of compare', () => {
  const compare = (...args: string[]) => parseCompareOptions([...needed, ...args]);

  it('take what one pass gives, or the methods that are named', () => {
    expect(compare().compare).toEqual(onePassMethods);
    expect(compare('--methods', 'score-cam,layer-cam,score-cam').compare).toEqual(['score-cam', 'layer-cam']);
    expect(parse().compare).toBeNull();
    expect(compare('--figures', 'matrix,tiles', '--layers', 'conv1').draw).toMatchObject({
      ...{ figures: ['matrix', 'tiles'], layers: ['conv1'] },
    });
  });

  it.each([
    [/--methods attention: expected one of grad-cam/, () => compare('--methods', 'attention')],
    [/Unknown option '--method'/, () => compare('--method', 'grad-cam')],
    [/--figures heat: expected one of matrix, tiles/, () => compare('--figures', 'heat')],
  ])('that make no sense are said: %s', (message, ask) => expect(ask).toThrow(message));
});
