import { expect, it } from 'vitest';
import { breakable } from './breakable';

it('lets names break at their dots, and leaves numbers and sentences whole', () => {
  expect(breakable('At block4.layer16.conv_dw it falls from 0.59 to 0.26. That is all.')).toEqual([
    'At block4.',
    'layer16.',
    'conv_',
    'dw it falls from 0.59 to 0.26. That is all.',
  ]);
});
