import { describe, expect, it } from 'vitest';
import { zipOf } from '../../codecs/zip/zip-testing';
import { openZip } from './network-archive';

const text = new TextEncoder().encode('conv '.repeat(400));

describe('zip archives', () => {
  it('give stored files as views and packed ones unpacked', async () => {
    const bytes = zipOf([
      { name: 'stored', content: text },
      { name: 'packed', content: text, method: 8 },
      { name: 'empty', content: new Uint8Array() },
    ]);
    const archive = openZip(bytes);
    expect(archive.has('stored')).toBe(true);
    expect(archive.has('other')).toBe(false);
    const stored = await archive.read('stored', 1e6);
    expect(stored).toEqual(text);
    expect(stored.buffer).toBe(bytes.buffer);
    expect(await archive.read('packed', 1e6)).toEqual(text);
    expect(await archive.read('empty', 1e6)).toEqual(new Uint8Array());
  });

  it('refuse what unpacks to more than it may, or more than it says', async () => {
    const zeros = new Uint8Array(3e6);
    const bomb = openZip(zipOf([{ name: 'bomb', content: zeros, method: 8 }]));
    await expect(bomb.read('bomb', 1e9)).rejects.toThrow(/would unpack from \d+ to 3000000 bytes/);
    const long = openZip(zipOf([{ name: 'long', content: text }]));
    await expect(long.read('long', 100)).rejects.toThrow('would unpack from 2000 to 2000 bytes');
    const liar = openZip(zipOf([{ name: 'liar', content: zeros, method: 8, told: 1000 }]));
    await expect(liar.read('liar', 1e9)).rejects.toThrow('damaged or cut off');
  });

  it('refuse other damage', async () => {
    const bytes = zipOf([{ name: 'stored', content: text }]);
    bytes[60] ^= 1;
    await expect(openZip(bytes).read('stored', 1e6)).rejects.toThrow('does not match its checksum');
    expect(() => openZip(bytes.subarray(0, 400) as Uint8Array<ArrayBuffer>)).toThrow('damaged or cut off');
    const strange = openZip(zipOf([{ name: 'strange', content: text, method: 12 }]));
    await expect(strange.read('strange', 1e6)).rejects.toThrow('packed in an unusual way');
    await expect(strange.read('other', 1e6)).rejects.toThrow('has no "other"');
  });
});
