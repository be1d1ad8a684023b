import { mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { foreignFiles } from '../../src/files/files-testing';
import { foreignKinds } from '../../src/files/foreign-kinds';
import { assertNoForeign } from './model';

it.each(
  foreignFiles.filter(([, { path: name }]) => /\.(pt|pth|safetensors|tflite|mlmodel|pkl|pb)$/.test(name)),
)(
  'of a network that is %s the command line says what makes it readable, as the page does',
  async (kind, { path: name, blob }) => {
    const file = path.join(mkdtempSync(path.join(os.tmpdir(), 'supersign-')), path.basename(name));
    writeFileSync(file, new Uint8Array(await blob.arrayBuffer()));
    await expect(assertNoForeign(file)).rejects.toThrow(foreignKinds[kind].advice);
  },
);
