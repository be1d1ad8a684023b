import { createReadStream, statSync } from 'node:fs';
import path from 'node:path';
import type { Route } from './page-server';

/** Answers requests for one file by its name, and for nothing that lies beside it. */
export const servePicture =
  (file: string): Route =>
  async (rest, response) => {
    if (rest !== path.basename(file)) {
      response.writeHead(404).end(`There is no ${rest}.`);
      return;
    }
    response.setHeader('Content-Type', 'application/octet-stream');
    response.setHeader('Content-Length', statSync(file).size);
    createReadStream(file).pipe(response);
  };
