import { loadCode } from '../../code/missing-code';

/** The variables of one layer. */
export interface WeightGroup {
  /** Its name under `layers`. */
  group: string;
  /** The layer's own name, an attribute of the group `vars`. */
  layer: string;
  /** In the order in which Keras counts them. */
  arrays: { shape: number[]; values: Float32Array }[];
}

/** A name for each file in memory, so that two that are written at once stay apart. */
function createNames(): () => string {
  let made = 0;
  return () => {
    made += 1;
    return `weights-${made}.h5`;
  };
}

const nextName = createNames();

/**
 * Weights as Keras 3 lays them out in HDF5: `layers/GROUP/vars/0`, `1` ... in float32, and an empty `vars` for the model itself. The
 * library is 4.8 MB of WebAssembly, so it is loaded when the first file is written.
 */
export async function weightsHdf5(groups: readonly WeightGroup[]): Promise<Uint8Array<ArrayBuffer>> {
  const { File, FS: memoryFiles, ready } = await loadCode(() => import('h5wasm'));
  await ready;
  // FS is set once the library is ready.
  const files = memoryFiles ?? (await loadCode(() => import('h5wasm'))).FS;
  if (!files) throw new Error('The HDF5 library has no file system in memory.');
  const name = nextName();
  try {
    const file = new File(name, 'w');
    try {
      file.create_group('layers');
      for (const { group, layer, arrays } of groups) {
        file.create_group(`layers/${group}`);
        const variables = file.create_group(`layers/${group}/vars`);
        variables.create_attribute('name', layer);
        arrays.forEach(({ shape, values }, index) => {
          variables.create_dataset({ name: String(index), data: values, shape, dtype: '<f' });
        });
      }
      file.create_group('vars');
    } finally {
      file.close();
    }
    return Uint8Array.from(files.readFile(name) as Uint8Array);
  } finally {
    if (files.analyzePath(name).exists) files.unlink(name);
  }
}
