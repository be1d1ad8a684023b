import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textWidth } from './chart-text';
import { shortenAmong } from './tellable';

const blocks = Array.from(
  { length: 16 },
  (_, i) => `feature_extractor/block_${i + 1}_expand/convolution_of_the_block`,
);

describe('names among others', () => {
  it('stay as they are where they fit', () => {
    expect(shortenAmong(['conv1', 'conv2'], 100, 11)).toEqual(['conv1', 'conv2']);
  });

  it('keep the part they differ in, in the middle of what they share', () => {
    const short = shortenAmong(blocks, 80, 11);
    expect(new Set(short).size).toBe(16);
    for (const [i, name] of short.entries()) expect(name).toContain(String(i + 1));
  });

  it('keep what differs in two places where nothing else has room', () => {
    const names = [1, 2, 3].flatMap((i) =>
      [1, 2, 3].map((j) => `extractor_stage_${i}_block_${j}_residual_branch`),
    );
    expect(new Set(shortenAmong(names, 72, 11, 600)).size).toBe(9);
  });

  it('leave out what lies between two places where that has no room', () => {
    const names = [1, 2, 3].flatMap((i) =>
      [1, 2, 3].map((j) => `extractor_stage_${i}_residual_block_${j}_branch`),
    );
    for (const room of [28, 34, 44, 72]) {
      const short = shortenAmong(names, room, 11, 600);
      expect(new Set(short).size).toBe(9);
      expect(short[5]).toMatch(/2.*3/);
      for (const each of short) expect(textWidth(each, 11, 600)).toBeLessThanOrEqual(room);
    }
    expect(shortenAmong(names, 28, 11, 600)[5]).toBe('2…3');
  });

  it('are told from names that were told from others', () => {
    const names = [
      'conv1',
      ...[1, 2].flatMap((stage) =>
        [0, 1].flatMap((block) => [1, 2].map((i) => `layer${stage}.${block}.conv${i}`)),
      ),
    ];
    for (const room of [40, 56, 62, 80])
      expect([room, new Set(shortenAmong([...names, 'layer2.0.downsample.0'], room, 11, 600)).size]).toEqual([
        room,
        10,
      ]);
  });

  it('of one build have dots at their ends, or none has', () => {
    for (const end of ['', '.weights']) {
      const names = [1, 2, 3, 4].flatMap((stage) =>
        [0, 1, 2].flatMap((block) => [1, 2].map((i) => `layer${stage}.${block}.conv${i}${end}`)),
      );
      for (let room = 56; room < 130; room++) {
        const short = shortenAmong(names, room, 11, 600);
        expect(new Set(short).size).toBe(names.length);
        // One that has room is whole.
        const cut = short.filter((text, i) => text !== names[i]);
        for (const dots of [/^…/, /…$/]) {
          const dotted = cut.filter((text) => dots.test(text)).length;
          expect([0, cut.length], `${room} px: ${short}`).toContain(dotted);
        }
      }
    }
  });

  it('keep the whole number they differ in', () => {
    const short = shortenAmong(
      ['a_long_prefix_2_a_long_suffix', 'a_long_prefix_22_a_long_suffix', 'a_long_prefix_12_a_long_suffix'],
      50,
      11,
    );
    expect(short[1]).toContain('22');
    expect(short[2]).toContain('12');
  });

  it('keep their ends where those differ', () => {
    expect(
      shortenAmong(
        ['a very long name of one sort of warbler', 'a very long name of one sort of thrush'],
        110,
        11,
      ),
    ).toEqual([expect.stringMatching(/warbler$/), expect.stringMatching(/thrush$/)]);
  });

  it('are never wider than their room', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ maxLength: 40 }), { maxLength: 8 }),
        fc.integer({ min: 0, max: 200 }),
        (names, width) => {
          for (const short of shortenAmong(names, width, 11, 600))
            expect(textWidth(short, 11, 600)).toBeLessThanOrEqual(width);
        },
      ),
    );
  });
});
