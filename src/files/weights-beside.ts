import { baseName, type NamedFile } from './named-file';

/** A description of more bytes is left to the reader of networks. */
const LONGEST_DESCRIPTION = 64e6;

/**
 * Files of weights that a `model.json` names and that did not come with it. Browsers and file managers number what they save a
 * second time: "weights (1).bin" is "weights.bin".
 */
export async function missingWeights({ blob }: NamedFile, beside: readonly NamedFile[]): Promise<string[]> {
  const wanted = await weightsNamedIn(blob);
  const there = new Set(beside.map(({ path }) => unnumbered(baseName(path))));
  const missing = wanted.filter((path) => !there.has(unnumbered(baseName(path))));
  // Under other names they may be all there: the reader of networks tells them by their sizes.
  const others = beside.filter(
    ({ path }) => !wanted.some((name) => unnumbered(baseName(name)) === unnumbered(baseName(path))),
  );
  return others.length >= missing.length ? [] : missing;
}

/** "shard (1).bin", "shard - Copy.bin", "shard copy 2.bin" and "shard.bin.1" are called "shard.bin". */
export const unnumbered = (name: string): string =>
  name.replace(/( ?\(\d+\)| - Copy( \(\d+\))?| copy( \d+)?)(?=(\.[^.]*)?$)/i, '').toLowerCase();

async function weightsNamedIn(blob: Blob): Promise<string[]> {
  if (blob.size > LONGEST_DESCRIPTION) return [];
  try {
    const { weightsManifest } = JSON.parse(await blob.text()) as { weightsManifest?: { paths?: unknown }[] };
    const paths = (weightsManifest ?? []).flatMap((group) => (Array.isArray(group.paths) ? group.paths : []));
    // A path out of its folder is refused by name by the reader.
    if (paths.some((path) => typeof path !== 'string' || /(^|[/\\])\.\.([/\\]|$)|^[/\\]|:/.test(path)))
      return [];
    return paths as string[];
  } catch {
    return [];
  }
}
