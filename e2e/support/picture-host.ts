import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test as base } from './shared-page';

export interface PictureHost {
  /** Address of a picture that other pages may read. */
  open: string;
  /** Address of the same picture without leave for other pages. */
  closed: string;
  /** Address of nothing. */
  missing: string;
}

/** Tests with a second web server, of another origin than the page. */
export const test = base.extend<{ hostOf: (picture: Buffer) => Promise<PictureHost> }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from the pattern.
  hostOf: async ({}, use) => {
    const servers: Server[] = [];
    await use(async (picture) => {
      const server = createServer(({ url }, response) => {
        const leave = url?.startsWith('/closed') ? {} : { 'Access-Control-Allow-Origin': '*' };
        const found = !url?.startsWith('/missing');
        response.writeHead(found ? 200 : 404, { 'Content-Type': 'image/png', ...leave });
        response.end(found ? picture : undefined);
      });
      servers.push(server);
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      return {
        open: `${origin}/open/canopy.png?size=320&kind=a%20b`,
        closed: `${origin}/closed/canopy.png`,
        missing: `${origin}/missing/canopy.png`,
      };
    });
    for (const server of servers) server.close();
  },
});
