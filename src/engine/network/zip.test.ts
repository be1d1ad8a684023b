import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { crc32 } from '../../crc32';
import { openZip } from './zip';

interface Member {
  name: string;
  content: Uint8Array;
  method?: number;
  /** Size the directory tells, where it lies. */
  told?: number;
}

/** A zip archive of members as APPNOTE 6.3 lays them out, with a comment. */
function zipOf(members: Member[]): Uint8Array<ArrayBuffer> {
  const locals: Buffer[] = [];
  const entries: Buffer[] = [];
  let at = 0;
  for (const { name, content, method = 0, told = content.length } of members) {
    const packed = method === 8 ? deflateRawSync(content) : Buffer.from(content);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(method, 4);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(told, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), packed]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    entries.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), common, place, Buffer.from(name)]));
    locals.push(local);
    at += local.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(members.length, 4);
  end.writeUInt16LE(members.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(at, 12);
  const comment = Buffer.from('a comment');
  end.writeUInt16LE(comment.length, 16);
  return Uint8Array.from(Buffer.concat([...locals, directory, Buffer.from('PK\x05\x06'), end, comment]));
}

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
