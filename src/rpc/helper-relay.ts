import type { FromOwner, HelperKind, HelperWorker, ToOwner } from './helper-workers';

export type SpawnHelper = (kind: HelperKind) => Worker;

/** The helpers of one worker, on the page that starts them. */
export interface HelperRelay {
  receive(message: FromOwner): void;
  /** Ends all of them: whoever asked for them has ended. */
  end(): void;
}

export function createHelperRelay(owner: Pick<HelperWorker, 'postMessage'>, spawn: SpawnHelper): HelperRelay {
  const helpers = new Map<number, Worker>();
  const tell = (message: ToOwner) => owner.postMessage(message);

  const start = (helper: number, kind: HelperKind, port: MessagePort | null) => {
    const failed = (message: string) => tell({ type: 'helper-failed', helper, message });
    try {
      const worker = spawn(kind);
      helpers.set(helper, worker);
      worker.onmessage = ({ data }) => tell({ type: 'helper-said', helper, message: data });
      // What goes wrong in a script has a message; a script that is not there has none.
      worker.onerror = ({ message }) => failed(message ?? '');
      if (port) worker.postMessage(port, [port]);
    } catch (error) {
      failed(String(error));
    }
  };

  return {
    receive(message) {
      const worker = helpers.get(message.helper);
      if (message.type === 'start-helper') start(message.helper, message.kind, message.port);
      else if (message.type === 'tell-helper') worker?.postMessage(message.message);
      else {
        worker?.terminate();
        helpers.delete(message.helper);
      }
    },
    end() {
      for (const worker of helpers.values()) worker.terminate();
      helpers.clear();
    },
  };
}
