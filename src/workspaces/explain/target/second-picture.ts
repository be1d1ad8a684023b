import { ownFile } from '../../../models/networks';
import { TargetError } from '../../../network/targets/target';
import type { InputPicture } from '../../../picture/picture';
import { useExplain } from '../../../state/explain-store';
import { say } from '../../../text/say';
import { decode, fetchPicture, nameOfUrl } from '../picture/picture-source';

/** What the address writes for a picture of one's own. */
export const OWN = 'file';

/** The last picture of one's own, and the last second picture as the network reads it. */
function createSecondPicture() {
  let own: File | null = null;
  let read: { source: string; size: string; picture: InputPicture } | null = null;
  return {
    keepOwn(file: File): void {
      own = file;
      read = null;
    },
    async read(source: string, signal: AbortSignal): Promise<void> {
      const { manifest, examples } = useExplain.getState();
      if (!manifest) return;
      const size = manifest.inputShape.join();
      if (read?.source === source && read.size === size) return;
      if (source === OWN && !own) {
        throw new TargetError(say('The second picture is not here any more. Choose it again.'));
      }
      const example = examples.find(({ id }) => id === source);
      const address = example ? ownFile(`examples/${example.file}`) : source;
      const file = source === OWN && own ? own : await fetchPicture(address, signal);
      const name = example?.title ?? own?.name ?? nameOfUrl(source);
      const { input } = await decode(file, name, source, signal, manifest);
      read = { source, size, picture: input };
    },
    get picture(): InputPicture {
      if (!read) throw new TargetError(say('The second picture is not read yet. Choose it again.'));
      return read.picture;
    },
  };
}

const second = createSecondPicture();

export const keepOwn = second.keepOwn;

/** Reads the second picture for the network in use, unless it is read already. */
export const readSecondPicture = second.read;

/** The second picture that was read last. */
export const secondPicture = (): InputPicture => second.picture;
