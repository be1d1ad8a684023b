import { describe, expect, it } from 'vitest';
import { shortenText, textWidth, wrapText } from './chart-text';
import { formatEntropy, formatSaliency, formatSize } from './number-format';

describe('textWidth', () => {
  // Measured with canvas.measureText in Chromium at 12 px.
  it.each([
    ['conv4_3', 400, 47.8],
    ['block_12_project', 400, 92.69],
    ['Entropy of the saliency', 400, 129.71],
    ['conv4_3', 600, 49.2],
    ['block_12_project', 600, 95.44],
    ['Entropy of the saliency', 600, 132.75],
  ] as const)('agrees with the browser on %s at weight %d', (text, weight, width) => {
    expect(Math.abs(textWidth(text, 12, weight) - width)).toBeLessThan(width * 0.03);
  });
});

describe('wrapText', () => {
  it('loses no word and is nowhere too wide', () => {
    const text =
      'Spatial entropy of all layers (aura matrix entropy, 256 levels) a_name_wider_than_the_whole_column_is';
    const lines = wrapText(text, 120, 11);
    expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
    for (const line of lines) expect(textWidth(line, 11)).toBeLessThanOrEqual(120);
  });

  it('breaks names at the signs between their letters', () => {
    expect(wrapText('At features.denseblock4.denselayer16.conv2 it ends', 200, 11)).toEqual([
      'At',
      'features.denseblock4.denselayer16.',
      'conv2 it ends',
    ]);
  });

  it('keeps line breaks', () => {
    expect(wrapText('one\ntwo three', 500, 11)).toEqual(['one', 'two three']);
  });
});

describe('shortenText', () => {
  it('keeps both ends', () => {
    expect(shortenText('conv4_3', 100, 11)).toBe('conv4_3');
    const short = shortenText('block_12_expand_relu', 80, 11);
    expect(short).toMatch(/^block_.*….*relu$/);
    expect(textWidth(short, 11)).toBeLessThanOrEqual(80);
    expect(shortenText('block_12_expand_relu', 5, 11)).toBe('');
  });
});

describe('numbers', () => {
  it.each([
    [0, '0'],
    [0.0541, '0.054'],
    [12.34, '12'],
    [1234, '1234'],
    [0.00017, '1.7e−4'],
    [-0.5, '−0.50'],
    [0.0102, '0.010'],
    [123456, '1.2e5'],
  ])('saliency %d is written %s', (value, text) => {
    expect(formatSaliency(value)).toBe(text);
  });

  it('entropy has two decimals and no negative zero', () => {
    expect([0.456, -0.03, -0.001].map(formatEntropy)).toEqual(['0.46', '−0.03', '0.00']);
  });

  it('sizes are squares or width by height', () => {
    expect([formatSize(28, 28), formatSize(28, 20)]).toEqual(['28²', '28 × 20']);
  });
});
