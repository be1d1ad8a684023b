import { NetworkError } from '../network-errors';
import { extractHdf5 } from './extract-hdf5';
import type { Hdf5Contents, Hdf5Request } from './hdf5-contents';

/** What the worker answers: the contents, or what is wrong with the file. */
export type Hdf5Reply = { contents: Hdf5Contents } | { problem: string | null };

/** The page hands this worker the channel through which it is spoken to. */
self.onmessage = ({ data: port }: MessageEvent<MessagePort>) => {
  port.onmessage = async ({ data }: MessageEvent<Hdf5Request>) => {
    const reply = (message: Hdf5Reply, transfer: ArrayBuffer[]) => port.postMessage(message, { transfer });
    try {
      const contents = await extractHdf5(data);
      reply({ contents }, [contents.values.buffer]);
    } catch (error) {
      reply({ problem: error instanceof NetworkError ? error.message : null }, []);
    }
  };
};
