/** What tools call a network, or a file of one, where nobody gave it a name. */
const givenByTools =
  /^(keras[-_ ]?)?(model|functional|sequential|network|net|graph|main[-_]?graph|torch[-_]?jit([-_]export)?|tf2onnx|onnx[-_]?model|saved[-_]?model|(web|tfjs|graph|layers)[-_]?model|export)([-_ ]?\(?\d+\)?)?$/i;

/** A longer text is no name. */
const LONGEST = 100;

/** Whether a name tells no network from another: "model", "model (2)", "sequential_1", "main_graph". */
export const saysNothing = (name: string): boolean => name.trim() === '' || givenByTools.test(name.trim());

/**
 * What a network is called: its file, else the folder it lies in, else what its file calls it, as far as these say anything. The file that describes it may
 * be called after the format alone: `model.json`.
 * @param path of that file
 * @param told what the file calls the network; absent where it does not
 */
export function networkName(path: string, told?: string): string {
  const [file = '', folder = ''] = path.split('/').filter(Boolean).reverse();
  const stem = file.replace(/\.[a-z0-9]+$/i, '');
  const own = told !== undefined && told.length <= LONGEST ? told : '';
  return [stem, decoded(folder), own].find((name) => !saysNothing(name)) ?? (stem || 'model');
}

/** Folders of an address are encoded; those of files may hold a per cent sign that means itself. */
function decoded(folder: string): string {
  try {
    return decodeURIComponent(folder);
  } catch {
    return folder;
  }
}

/** The name in the `config` of a Keras network, whatever generation; undefined where it has none. */
export function nameInConfig(model: unknown): string | undefined {
  const { config } = (model ?? {}) as { config?: unknown };
  return textAt(config, 'name');
}

/** The text a record holds under a key; undefined where it holds none. */
export function textAt(record: unknown, key: string): string | undefined {
  if (typeof record !== 'object' || record === null) return undefined;
  const value = (record as Record<string, unknown>)[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** What a network is called in words: what it is known by, unless that says nothing, as the name of a file that is always called so. */
export const spokenName = ({ id, title }: { readonly id: string; readonly title: string }): string =>
  saysNothing(id) && title ? title : id;
