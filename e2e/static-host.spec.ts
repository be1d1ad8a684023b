import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { expect, test } from '@playwright/test';

const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.jpg': 'image/jpeg',
};

/** A host such as many: files, and no headers of one's own. It serves the page from a folder, not from the root. */
function plainHost(): Promise<Server> {
  const folder = path.resolve(import.meta.dirname, '../dist');
  const server = createServer((request, response) => {
    const place = decodeURIComponent(new URL(request.url ?? '/', 'http://host').pathname);
    const file = path.join(folder, place.replace(/^\/page\//, '/').replace(/\/$/, '/index.html'));
    if (!place.startsWith('/page/') || !existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'Content-Type': types[path.extname(file)] ?? 'application/octet-stream' });
    createReadStream(file).pipe(response);
  });
  return new Promise((resolve) => server.listen(0, 'localhost', () => resolve(server)));
}

const stop = (host: Server) =>
  new Promise<void>((resolve) => {
    host.close(() => resolve());
    host.closeAllConnections();
  });

test.describe('on a static host without headers', () => {
  let host: Server;
  let address: string;
  test.beforeAll(async () => {
    host = await plainHost();
    address = `http://localhost:${(host.address() as AddressInfo).port}/page/`;
  });
  test.afterAll(() => stop(host));

  test('the page isolates itself, computes on all threads, and works offline afterwards', async ({
    page,
  }) => {
    await page.goto(address);
    const ready = page.getByRole('status').filter({ hasText: /Ready: 12 layers/ });
    await expect(ready).toBeVisible();
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    const cores = await page.evaluate(() => navigator.hardwareConcurrency);
    await expect(ready).toHaveText(new RegExp(`WebAssembly \\(${cores} thread`));

    await stop(host);
    await page.reload();
    await expect(ready).toBeVisible();
  });
});
