import { File, FS as memoryFiles, ready } from 'h5wasm';
import { expect, it } from 'vitest';
import { extractHdf5 } from './extract-hdf5';

it('reads datasets of any size, number type and depth, and texts', async () => {
  await ready;
  const file = new File('written.h5', 'w');
  // Beyond one slab, with a last one that is shorter.
  const large = Float32Array.from({ length: 7 * 500_000 }, (_, i) => i % 9973);
  file.create_dataset({ name: 'large', data: large, shape: [7, 500_000] });
  file.create_group('a');
  file.create_group('a/b');
  file.create_group('left');
  file.create_dataset({ name: 'a/b/doubles', data: Float64Array.of(0.5, -2), shape: [2] });
  file.create_dataset({ name: 'a/whole', data: Int32Array.of(3, 4, 5), shape: [3, 1] });
  file.create_dataset({ name: 'a/text', data: 'none of ours' });
  file.create_dataset({ name: 'left/out', data: Float32Array.of(1), shape: [1] });
  file.create_attribute('model_config', '{"größe": 1}');
  file.close();
  const bytes = Uint8Array.from(memoryFiles?.readFile('written.h5') as Uint8Array);
  const { attributes, datasets, values } = await extractHdf5({
    bytes: bytes.buffer,
    offset: 0,
    length: bytes.length,
    attributes: ['model_config', 'keras_version'],
    skip: ['left'],
  });
  expect(attributes).toEqual({ model_config: '{"größe": 1}' });
  const found = (path: string) => datasets.find((dataset) => dataset.path === path);
  expect(datasets.map(({ path }) => path).sort()).toEqual(['a/b/doubles', 'a/whole', 'large']);
  expect(found('a/whole')?.shape).toEqual([3, 1]);
  const start = found('a/b/doubles')?.start ?? -1;
  expect(Array.from(values.subarray(start, start + 2))).toEqual([0.5, -2]);
  const from = found('large')?.start ?? -1;
  expect(large.every((value, i) => values[from + i] === value)).toBe(true);
});
