import { describe, expect, it } from 'vitest';
import { filesOfBlobs, type NetworkFile, type NetworkFiles, readWhole } from './network-files';

/** Files by path and size. */
const dropped = (sizes: Readonly<Record<string, number>>, main: string): NetworkFiles =>
  filesOfBlobs(
    Object.entries(sizes).map(([path, size]) => ({ path, blob: new Blob([new Uint8Array(size)]) })),
    main,
  );

describe('files that a browser has numbered', () => {
  it.each([
    ['model (1).onnx', 'model.onnx.data', 'model.onnx (1).data'],
    ['model.onnx', 'model.onnx.data', 'model.onnx(2).data'],
    ['model.onnx', 'model.onnx.data', 'model.onnx.data (1)'],
    ['model.json', 'group1-shard1of4.bin', 'group1-shard1of4 (1).bin'],
    ['tfjs/model.json', 'group1-shard1of1.bin', 'tfjs/group1-shard1of1 (13).bin'],
  ])('%s finds %s as %s', (main, wanted, there) => {
    const files = dropped({ [main]: 1, [there]: 4, 'other.bin': 4 }, main);
    expect(files.beside(wanted).path).toBe(there);
  });

  it('takes the one under its own name, or the one with the number of the file that names it', () => {
    const both = { 'model.json': 1, 'model (1).json': 1, 'w.bin': 4, 'w (1).bin': 4 };
    expect(dropped(both, 'model.json').beside('w.bin').path).toBe('w.bin');
    expect(
      dropped({ 'm (2).json': 1, 'w (1).bin': 4, 'w (2).bin': 4 }, 'm (2).json').beside('w.bin').path,
    ).toBe('w (2).bin');
  });

  it('tells several by their size, and says where it cannot', () => {
    const files = dropped({ 'm.onnx': 1, 'w (1).data': 4, 'w (2).data': 8 }, 'm.onnx');
    expect(files.beside('w.data', 8).path).toBe('w (2).data');
    expect(() => files.beside('w.data')).toThrow('it cannot be told which of w (1).data, w (2).data that is');
    expect(files.find('w.data')).toBeNull();
  });

  it('takes the only file of the right size under another name', () => {
    const files = dropped({ 'm.onnx': 1, 'renamed.data': 12, 'picture.jpg': 9 }, 'm.onnx');
    expect(files.beside('m.onnx.data', 12).path).toBe('renamed.data');
    expect(() => files.beside('m.onnx.data', 13)).toThrow(
      'm.onnx refers to m.onnx.data, which is not among the files',
    );
  });

  it('never names a folder of whoever wrote the file', () => {
    const files = dropped({ 'm.onnx': 1, 'w.data': 4 }, 'm.onnx');
    expect(files.beside('/home/somebody/exports/w.data').path).toBe('w.data');
    expect(files.beside('C:\\Users\\somebody\\w.data').path).toBe('w.data');
    for (const path of ['/home/somebody/exports/other.data', 'C:\\Users\\somebody\\other.data']) {
      expect(() => files.beside(path)).toThrow(
        'The model refers to "other.data", which lies outside of its own folder.',
      );
    }
  });
});

describe('a file whose size was announced', () => {
  const bytes = Uint8Array.from({ length: 1000 }, (_, i) => i % 251);
  /** A file that comes in pieces, of which a server said how long it is. */
  const file = (announced: number | null): NetworkFile => ({
    path: 'model.onnx',
    size: null,
    open: async () => ({
      announced,
      stream: new ReadableStream({
        start(controller) {
          for (let at = 0; at < bytes.length; at += 300) controller.enqueue(bytes.slice(at, at + 300));
          controller.close();
        },
      }),
    }),
  });
  const read = async (announced: number | null) => {
    const said: (number | null)[] = [];
    const whole = await readWhole(file(announced), {
      signal: new AbortController().signal,
      onBytes: (_, total) => said.push(total),
    });
    return { whole, said };
  };

  it('is read into one piece of that size, and its progress told', async () => {
    const { whole, said } = await read(1000);
    expect(whole).toEqual(bytes);
    expect(said).toEqual([1000, 1000, 1000, 1000]);
  });

  it.each([1, 299, 300, 301, 650, 999, 1001, 5000, null])(
    'is read whole where that is wrong or missing: %s',
    async (announced) => {
      const { whole, said } = await read(announced);
      expect(whole).toEqual(bytes);
      expect(whole.buffer.byteLength).toBe(1000);
      if ((announced ?? 0) < 1000) expect(said.at(-1)).toBeNull();
    },
  );

  it('is told as one that memory does not hold', async () => {
    await expect(read(2 ** 52)).rejects.toThrow(/^The weights take \d+ MB, more than this browser gives/);
  });
});
