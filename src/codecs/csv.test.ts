import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csv } from './csv';

describe('csv', () => {
  it('quotes what RFC 4180 wants quoted', () => {
    expect(csv([{ layer: 'conv1, 1', note: 'said "no"\nand left', value: 0.5 }])).toBe(
      'layer,note,value\r\n"conv1, 1","said ""no""\nand left",0.5\r\n',
    );
  });

  it('leaves empty what is null or missing, in the columns of all rows', () => {
    expect(
      csv([
        { a: 1, b: null },
        { a: 2, c: Number.NaN },
      ]),
    ).toBe('a,b,c\r\n1,,\r\n2,,\r\n');
  });

  it('writes every double so that it reads back as itself', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Number(csv([{ value }]).split('\r\n')[1])).toBe(value === 0 ? 0 : value);
      }),
    );
  });

  it('writes nothing but the line end for no rows', () => {
    expect(csv([])).toBe('\r\n');
  });
});
