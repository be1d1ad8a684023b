import { createReadStream, statSync } from 'node:fs';
import path from 'node:path';
import { build, type Plugin, type PreviewServer, preview } from 'vite';
import { peerPackages, peerPackagesFolder } from './peer-package';

const root = path.resolve(import.meta.dirname, '../..');
const benchConfig = path.join(root, 'bench/page/vite.config.ts');
const port = Number(process.env.SUPERSIGN_PORT ?? 4391);

/** Where both servers give out the bench's own files. */
export const benchFiles = '/bench-files';

export interface Servers {
  /** The built page. */
  page: string;
  /** The engine on its bare page. */
  engine: string;
  close(): Promise<void>;
}

/** Builds page and engine, and serves both with the files of `folder`. */
export async function startServers(folder: string): Promise<Servers> {
  await build({ root, logLevel: 'warn' });
  await build({ configFile: benchConfig, logLevel: 'warn' });
  const plugins = [serveFolder(benchFiles, folder), serveFolder(peerPackages, peerPackagesFolder)];
  const page = await preview({ root, plugins, preview: { port, strictPort: true } });
  const engine = await preview({
    configFile: benchConfig,
    plugins,
    preview: { port: port + 1, strictPort: true },
  });
  return {
    page: addressOf(page),
    engine: addressOf(engine),
    async close() {
      await page.close();
      await engine.close();
    },
  };
}

const addressOf = ({ resolvedUrls }: PreviewServer) =>
  (resolvedUrls as NonNullable<typeof resolvedUrls>).local[0].replace(/\/$/, '');

/** Of what a browser takes from files of the right type only. */
const types: Record<string, string> = {
  '.json': 'application/json',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
};

function serveFolder(address: string, folder: string): Plugin {
  return {
    name: `bench${address}`,
    configurePreviewServer({ middlewares }) {
      middlewares.use(address, (request, response, next) => {
        const file = path.join(folder, path.normalize((request.url ?? '').split('?')[0]));
        const stats = statSync(file, { throwIfNoEntry: false });
        if (!stats?.isFile()) return next();
        response.setHeader('Content-Type', types[path.extname(file)] ?? 'application/octet-stream');
        response.setHeader('Content-Length', stats.size);
        createReadStream(file).pipe(response);
      });
    },
  };
}
