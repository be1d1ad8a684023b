import { spawn } from 'node:child_process';
import { readArguments, UsageError } from './command-line';
import { dist, ensureBuilt } from './headless';
import { type Opening, openingOf } from './open-page';
import { servePage } from './page-server';

/** Where the page is served, as `npm start` does. */
const usual = 4173;

/**
 * Serves the page until it is interrupted, and opens it in the browser of whoever sits here.
 * @throws UsageError, HeadlessError
 */
export async function serve(line: readonly string[], signal: AbortSignal): Promise<void> {
  const { words, number, isSet } = readArguments(line, { valued: ['port'], switches: ['no-open'] });
  if (words.length > 0) throw new UsageError(`There is no command "${words[0]}".`);
  await servedUntil(signal, {
    served: {},
    hash: () => '',
    port: number('port'),
    open: !isSet('no-open'),
  });
}

/**
 * The same with a picture and a network opened.
 * @throws UsageError, HeadlessError
 */
export const openWith = (line: readonly string[], signal: AbortSignal): Promise<void> =>
  servedUntil(signal, openingOf(line));

async function servedUntil(signal: AbortSignal, { served, hash, port: asked, open }: Opening): Promise<void> {
  const port = asked ?? usual;
  ensureBuilt();
  const server = await servePage(dist, served, port).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    throw new UsageError(`Port ${port} is taken. --port names another one.`);
  });
  const address = `${server.address}/${hash(server.address)}`;
  console.log(`Supersign is served at ${address} (Ctrl+C ends it).`);
  if (open) openInBrowser(address);
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
  await server.close();
}

/** By what the system has for it; where there is nothing, the address stands in the terminal. */
function openInBrowser(address: string): void {
  const [command, ...words] =
    process.platform === 'darwin'
      ? ['open']
      : process.platform === 'win32'
        ? ['cmd', '/c', 'start', '']
        : ['xdg-open'];
  const opener = spawn(command, [...words, address], { stdio: 'ignore', detached: true });
  opener.on('error', () => {});
  opener.unref();
}
