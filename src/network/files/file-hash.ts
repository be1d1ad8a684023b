import { loadCode } from '../../code/missing-code';
import { sha256Of } from '../../codecs/sha256';

/** SHA-256 of bytes that come one part after the other. */
export interface FileHash {
  /** The bytes may be held until the digest, and stay as they are until then. */
  update(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Hexadecimal; empty where the browser hashes nothing, outside of secure contexts. */
  digest(): Promise<string>;
}

/** Bytes up to which the browser hashes: faster, but only what lies in one piece, of which it makes a copy. The networks that come with the page are smaller. */
const SMALL = 16e6;

/** Holds nothing of what it was given once that is more than a few megabytes. */
export function startHash(): FileHash {
  let held: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  let stream: { update(bytes: Uint8Array): unknown; digest(form: 'hex'): string } | null = null;
  return {
    async update(bytes) {
      held.push(bytes);
      length += bytes.length;
      if (length <= SMALL) return;
      stream ??= await startStream();
      for (const part of held) stream.update(part);
      held = [];
    },
    digest: async () => (stream ? stream.digest('hex') : sha256Of(await new Blob(held).arrayBuffer())),
  };
}

async function startStream() {
  const { createSHA256 } = await loadCode(() => import('hash-wasm'));
  return (await createSHA256()).init();
}

const STEP = 4e6;

/** SHA-256 of bytes in hexadecimal, without a copy of large ones. */
export async function hashOf(bytes: ArrayBuffer): Promise<string> {
  const hash = startHash();
  for (let place = 0; place < bytes.byteLength; place += STEP) {
    await hash.update(new Uint8Array(bytes, place, Math.min(STEP, bytes.byteLength - place)));
  }
  return hash.digest();
}
