import { describe, expect, it } from 'vitest';
import { fileName } from './file-name';

describe('fileName', () => {
  it('joins what the figure shows', () => {
    expect(fileName(['golf ball', 'grad-cam', 'conv4_3'], 'png')).toBe(
      'supersign-golf-ball-grad-cam-conv4_3.png',
    );
  });

  it('keeps out what a file system or a shell would trip over', () => {
    expect(fileName(['../a/b\\c:d', 'Ölmühle "x"?', '', '高'], 'csv')).toBe(
      'supersign-a-b-c-d-Olmuhle-x.csv',
    );
    expect(fileName(['.hidden.'], 'svg')).toBe('supersign-hidden.svg');
    expect(fileName(['x'.repeat(500)], 'svg').length).toBeLessThan(80);
  });
});
