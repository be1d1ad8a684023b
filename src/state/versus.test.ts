import { expect, it } from 'vitest';
import { formatAddress, parseAddress } from './address';
import { initialSettings } from './settings';

it.each([
  'class:3',
  'method:layer-cam',
  'method:grad-cam++',
  'model:https://example.org/net.onnx?x=1&y=2',
  'image:golf-ball',
])('what stands beside is in the address: %s', (versus) => {
  const settings = { ...initialSettings, versus };
  expect(parseAddress(formatAddress(settings))).toEqual({ settings, problems: [] });
});

it('takes methods as they are written, and says what it does not understand', () => {
  const of = (text: string) => parseAddress(`#explain?versus=${text}`);
  expect(of('method:LayerCAM').settings.versus).toBe('method:layer-cam');
  // In an address a plus sign stands for a space.
  expect(of('method:grad-cam++').settings.versus).toBe('method:grad-cam++');
  for (const text of ['class:-1', 'class:', 'method:warmth', 'colour:red', 'image:']) {
    expect(of(text).settings.versus).toBe('');
    expect(of(text).problems).toEqual([expect.stringContaining(`"versus=${text}" is not understood`)]);
  }
});
