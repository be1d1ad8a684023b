import { spawn } from 'node:child_process';
import { readArguments, UsageError } from './command-line';
import { dist, ensureBuilt } from './headless';
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
  const port = number('port') ?? usual;
  ensureBuilt();
  const server = await servePage(dist, {}, port).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    throw new UsageError(`Port ${port} is taken. --port names another one.`);
  });
  console.log(`Supersign is served at ${server.address}/ (Ctrl+C ends it).`);
  if (!isSet('no-open')) openInBrowser(`${server.address}/`);
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
