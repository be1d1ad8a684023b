// npm start: installs what is missing, builds, serves with cross-origin isolation and opens the page.
//   --port N      another port than 4173
//   --no-open     do not open a browser
import { parseArgs } from 'node:util';
import { fail, installPackages, npm, root } from './install.mjs';

const { values } = parseArgs({
  options: { port: { type: 'string', default: '4173' }, 'no-open': { type: 'boolean', default: false } },
});

installPackages();
if (npm(['run', '--silent', 'build', '--', '--logLevel', 'warn']) !== 0) {
  fail('The page could not be built; the messages above say why.');
}

const { preview } = await import('vite');
const server = await preview({ root, preview: { port: Number(values.port), open: !values['no-open'] } });
console.log(`\nSupersign is served at ${server.resolvedUrls.local[0]} (Ctrl+C ends it).\n`);
