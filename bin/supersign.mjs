#!/usr/bin/env node
// npx supersign: serves the page; with a command, runs it. See "npx supersign help".
import { existsSync } from 'node:fs';

// In a package the commands are built; in a clone they are run as they are written.
const built = new URL('../commands/main.mjs', import.meta.url);
const isClone = existsSync(new URL('../tools/study/main.ts', import.meta.url));
const unregister = isClone ? (await import('tsx/esm/api')).register() : () => {};
const { main } = await import(isClone ? '../tools/study/main.ts' : built.href);
process.exitCode = await main(process.argv.slice(2));
await unregister();
