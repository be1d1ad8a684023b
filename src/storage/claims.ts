import { lockManager, withLock } from './locks';

/** Another tab has what this one asks for. */
export class ClaimedError extends Error {
  override name = 'ClaimedError';
}

/** What one tab of the page has for itself, such as a study while it runs. */
export interface Claims {
  /** How tabs learn of each other; `nothing` where this browser has no way, and each is alone. */
  by(): 'locks' | 'messages' | 'nothing';
  /**
   * Does work that only one tab may do at a time; a tab that ends gives up what it had.
   * @throws ClaimedError where another tab does it, or this one already
   */
  claim<Result>(name: string, work: () => Promise<Result>): Promise<Result>;
  /** What is claimed just now, by any tab. */
  held(): Promise<ReadonlySet<string>>;
}

/** Web Locks where there are any; else tabs ask each other, which takes `patience` milliseconds. */
export function createClaims(channelName: string, patience = 300): Claims {
  let messages: Claims | null = null;
  const byMessages = () => {
    messages ??= claimsByMessages(channelName, patience);
    return messages;
  };
  return {
    by: () => (lockManager() ? 'locks' : byMessages().by()),
    claim(name, work) {
      if (!lockManager()) return byMessages().claim(name, work);
      return withLock(name, { ifAvailable: true }, (held) => {
        if (!held) throw new ClaimedError(name);
        return work();
      });
    },
    async held() {
      const locks = lockManager();
      if (!locks) return byMessages().held();
      try {
        return new Set((await locks.query()).held?.map(({ name }) => name as string));
      } catch {
        return new Set();
      }
    },
  };
}

type Message =
  | { type: 'may I'; name: string; token: string }
  | { type: 'no'; token: string }
  | { type: 'what have you'; token: string }
  | { type: 'I have'; names: string[]; token: string };

function claimsByMessages(channelName: string, patience: number): Claims {
  const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(channelName);
  /** What this tab has or asks for, each with the token that it asks by. */
  const own = new Map<string, { token: string; granted: boolean }>();
  const waiting = new Map<string, (answer: string[] | 'no') => void>();
  const post = (message: Message) => channel?.postMessage(message);
  channel?.addEventListener('message', ({ data }: MessageEvent<Message>) => {
    if (data.type === 'may I') {
      const mine = own.get(data.name);
      // Of two that ask at once the one with the lesser token gets it, whichever of them hears the other.
      if (!mine) return;
      if (mine.granted || mine.token < data.token) post({ type: 'no', token: data.token });
      else waiting.get(mine.token)?.('no');
    } else if (data.type === 'what have you') {
      const names = [...own].flatMap(([name, { granted }]) => (granted ? [name] : []));
      post({ type: 'I have', names, token: data.token });
    } else {
      waiting.get(data.token)?.(data.type === 'no' ? 'no' : data.names);
    }
  });

  /** Asks all tabs; they have a while to answer, and an answer may end it. */
  const ask = (message: Message, onAnswer: (answer: string[] | 'no', end: () => void) => void) =>
    new Promise<void>((resolve) => {
      const end = () => {
        waiting.delete(message.token);
        clearTimeout(late);
        resolve();
      };
      const late = setTimeout(end, channel ? patience : 0);
      waiting.set(message.token, (answer) => onAnswer(answer, end));
      post(message);
    });

  return {
    by: () => (channel ? 'messages' : 'nothing'),
    async claim(name, work) {
      if (own.has(name)) throw new ClaimedError(name);
      const token = `${Date.now()}-${Math.random()}`;
      const mine = { token, granted: false };
      own.set(name, mine);
      try {
        let refused = false;
        await ask({ type: 'may I', name, token }, (_, end) => {
          refused = true;
          end();
        });
        if (refused) throw new ClaimedError(name);
        mine.granted = true;
        return await work();
      } finally {
        own.delete(name);
      }
    },
    async held() {
      const names = new Set([...own].flatMap(([name, { granted }]) => (granted ? [name] : [])));
      const token = `${Date.now()}-${Math.random()}`;
      await ask({ type: 'what have you', token }, (answer) => {
        if (answer !== 'no') for (const name of answer) names.add(name);
      });
      return names;
    },
  };
}
