import { ownFile } from '../../../models/networks';
import { TargetError } from '../../../network/targets/target';
import type { InputPicture } from '../../../picture/picture';
import { useExplain } from '../../../state/explain-store';
import { decode, fetchPicture, nameOfUrl } from '../picture/picture-source';

/** What the address writes for a picture of one's own. */
export const OWN = 'file';

/** The last picture of one's own, and the last second picture as the network reads it. */
let own: File | null = null;
let read: { source: string; size: string; picture: InputPicture } | null = null;

export function keepOwn(file: File): void {
  own = file;
  read = null;
}

/** Reads the second picture for the network in use, unless it is read already. */
export async function readSecondPicture(source: string, signal: AbortSignal): Promise<void> {
  const { manifest, examples } = useExplain.getState();
  if (!manifest) return;
  const size = manifest.inputShape.join();
  if (read?.source === source && read.size === size) return;
  if (source === OWN && !own) {
    throw new TargetError('The second picture is not here any more. Choose it again.');
  }
  const example = examples.find(({ id }) => id === source);
  const address = example ? ownFile(`examples/${example.file}`) : source;
  const file = source === OWN && own ? own : await fetchPicture(address, signal);
  const name = example?.title ?? own?.name ?? nameOfUrl(source);
  const { input } = await decode(file, name, source, signal, manifest);
  read = { source, size, picture: input };
}

/** The second picture that was read last. */
export function secondPicture(): InputPicture {
  if (!read) throw new TargetError('The second picture is not read yet. Choose it again.');
  return read.picture;
}
