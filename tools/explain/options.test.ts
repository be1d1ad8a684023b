import { describe, expect, it } from 'vitest';
import { explainUsage, parseExplainOptions } from './options';

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
    [/Unknown option '--colour'/, () => parse('--colour', 'red')],
  ])('that make no sense are said: %s', (message, ask) => expect(ask).toThrow(message));

  it('fit a screen', () => {
    const lines = explainUsage.split('\n');
    expect(lines.length).toBeLessThanOrEqual(40);
    for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(128);
  });
});
