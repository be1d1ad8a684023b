#!/usr/bin/env node
// npx supersign explain | study | merge: see "npx supersign help".
import { register } from 'tsx/esm/api';

const unregister = register();
const { main } = await import('../tools/study/main.ts');
process.exitCode = await main(process.argv.slice(2));
await unregister();
