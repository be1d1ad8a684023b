/** The part of anywidget's model that is used here (https://anywidget.dev). */
export interface WidgetModel {
  get(name: string): unknown;
  on(name: string, listener: (...told: never[]) => void): void;
  off(name: string, listener: (...told: never[]) => void): void;
  send(content: unknown, callbacks?: unknown, buffers?: ArrayBuffer[]): void;
}

/** What the widget is to open, as the kernel describes it; the bytes are asked for by `blob`. */
export interface OpeningInKernel {
  parameters: Record<string, string>;
  network: {
    name: string;
    files: { path: string; bytes: number }[];
    labels: { name: string; text: string } | null;
  } | null;
  pictures: { name: string; bytes: number }[];
  /** The picture that `alike=file` means among the parameters. */
  second: { name: string; bytes: number } | null;
}

/** Longest silence in milliseconds of a kernel that is asked for something; one that computes answers when it is done. */
const patience = 20_000;

/** Most bytes in one message: servers of notebooks refuse larger ones from the browser, and show nothing else while one is on its way. */
const most = 2 ** 20;

/**
 * Questions to the kernel that the widget belongs to, over the widget's own messages; each view of a widget has its own.
 * @param onSilence the kernel has not answered for long; it may still
 */
export function createKernel(model: WidgetModel, onSilence: () => void) {
  const view = Math.random().toString(36).slice(2);
  const waiting = new Map<string, (answer: { content: unknown; buffers: DataView[] }) => void>();
  let last = 0;
  const listen = (content: { answer?: string }, buffers: DataView[] = []) => {
    const done = content.answer === undefined ? undefined : waiting.get(content.answer);
    if (!done) return;
    waiting.delete(content.answer as string);
    done({ content, buffers });
  };
  model.on('msg:custom', listen);
  const ask = (question: Record<string, unknown>) =>
    new Promise<{ content: unknown; buffers: DataView[] }>((resolve) => {
      last += 1;
      const id = `${view}-${last}`;
      const late = setTimeout(onSilence, patience);
      waiting.set(id, (answer) => {
        clearTimeout(late);
        resolve(answer);
      });
      model.send({ ...question, id });
    });
  return {
    /** A description in JSON. */
    async json<Value>(what: 'pieces' | 'opening'): Promise<Value> {
      const { buffers } = await ask({ kind: what });
      return JSON.parse(new TextDecoder().decode(await unpacked(buffers[0])));
    },
    /** Files of the page, in the order of the paths. */
    async files(paths: string[]): Promise<Uint8Array<ArrayBuffer>[]> {
      const { buffers } = await ask({ kind: 'files', paths });
      return Promise.all(buffers.map(unpacked));
    },
    /** A file of the network, or a picture: fetched in parts, one after the other. */
    async blob(
      of: 'network' | 'picture' | 'second',
      index: number,
      bytes: number,
      onPart: (bytes: number) => void,
    ): Promise<Blob> {
      const parts: DataView<ArrayBuffer>[] = [];
      for (let from = 0; from < bytes; from += 4 * most) {
        const { buffers } = await ask({
          kind: 'blob',
          of,
          index,
          from,
          to: Math.min(bytes, from + 4 * most),
        });
        parts.push(buffers[0] as DataView<ArrayBuffer>);
        onPart(buffers[0].byteLength);
      }
      return new Blob(parts);
    },
    /** Tells the kernel, in as many messages as it takes. */
    async report(kind: string, text: string): Promise<void> {
      const packed = await new Response(
        new Blob([text]).stream().pipeThrough(new CompressionStream('gzip')),
      ).arrayBuffer();
      const of = Math.max(1, Math.ceil(packed.byteLength / most));
      last += 1;
      for (let part = 0; part < of; part++) {
        const id = `${view}-${last}`;
        model.send({ kind: 'report', report: kind, id, part, of }, undefined, [
          packed.slice(part * most, (part + 1) * most),
        ]);
      }
    },
    end: () => model.off('msg:custom', listen),
  };
}

export type Kernel = ReturnType<typeof createKernel>;

async function unpacked(packed: DataView): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([packed as DataView<ArrayBuffer>])
    .stream()
    .pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
