import { ownFile } from '../../../models/networks';
import type { ExplainedTarget } from '../../../network/targets/explained-target';
import { type AskedTarget, TargetError } from '../../../network/targets/target';
import type { InputPicture } from '../../../picture/picture';
import { type KnownNetwork, useExplain } from '../../../state/explain-store';
import { OWN_SECOND } from '../../../state/settings';
import { say } from '../../../text/say';
import { pngOf } from '../files/png-of';
import { decode, fetchPicture, nameOfUrl } from '../picture/picture-source';

/** A second picture as a network reads it. */
interface ReadPicture {
  /** As the address writes it. */
  source: string;
  name: string;
  /** What its network reads: height, width and channels, with commas between them. */
  size: string;
  picture: InputPicture;
}

/** The last picture of one's own, and the last second picture as the network reads it. */
function createSecondPicture() {
  let own: { file: Blob; name: string } | null = null;
  let read: ReadPicture | null = null;
  return {
    keepOwn(file: Blob, name: string): void {
      own = { file, name };
      read = null;
    },
    get own() {
      return own;
    },
    /** A second picture that somebody else has read. */
    take(picture: ReadPicture): void {
      read = picture;
    },
    async read(source: string, network: KnownNetwork, signal: AbortSignal): Promise<void> {
      const { examples } = useExplain.getState();
      const size = network.inputShape.join();
      if (read?.source === source && read.size === size) return;
      if (source === OWN_SECOND && !own) {
        throw new TargetError(say('The second picture is not here any more. Choose it again.'));
      }
      const example = examples.find(({ id }) => id === source);
      const address = example ? ownFile(`examples/${example.file}`) : source;
      const file = source === OWN_SECOND && own ? own.file : await fetchPicture(address, signal);
      const name = example?.title ?? (source === OWN_SECOND && own ? own.name : nameOfUrl(source));
      const { input } = await decode(file, name, source, signal, network);
      read = { source, name, size, picture: input };
    },
    get last(): ReadPicture {
      if (!read) throw new TargetError(say('The second picture is not read yet. Choose it again.'));
      return read;
    },
  };
}

const second = createSecondPicture();

export const keepOwn = second.keepOwn;

/** The last second picture of one's own; null where there was none. */
export const ownSecond = () => second.own;

/** Takes a second picture that was read elsewhere: from an analysis file, or by the command line. */
export const takeSecondPicture = second.take;

/** Reads the second picture for a network, unless it is read already. */
export const readSecondPicture = second.read;

/** The second picture that was read last. */
export const secondPicture = (): InputPicture => second.last.picture;

/** Of a likeness the second picture that was read last, as files hold it. */
export const secondOf = (target: AskedTarget): Pick<ExplainedTarget, 'second'> =>
  typeof target === 'object' && target?.kind === 'similarity'
    ? { second: { name: second.last.name, input: pngOf(target.picture) } }
    : {};
