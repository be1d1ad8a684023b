import { describe, expect, it } from 'vitest';
import { onePassMethods } from '../../src/workspaces/explain/compare/compared-methods';
import { parseCompareOptions, parseExplainOptions } from './options';

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
