import { copyFileSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { foreignFiles } from '../../src/files/files-testing';
import { foreignKinds } from '../../src/files/foreign-kinds';
import { assertNoForeign } from './model';

it.each(
  foreignFiles.filter(([, { path: name }]) =>
    /\.(pt|pth|safetensors|tflite|mlmodel|pkl|pb|mlpackage\.zip)$/.test(name),
  ),
)(
  'of a network that is %s the command line says what makes it readable, as the page does',
  async (kind, { path: name, blob }) => {
    const file = path.join(mkdtempSync(path.join(os.tmpdir(), 'supersign-')), path.basename(name));
    writeFileSync(file, new Uint8Array(await blob.arrayBuffer()));
    await expect(assertNoForeign(file)).rejects.toThrow(foreignKinds[kind].advice);
  },
);

it('of a folder the command line says what its files are, or which of them is the network', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'supersign-'));
  await expect(assertNoForeign(folder)).rejects.toThrow(`${folder} is a folder that holds no network.`);
  const saved = foreignFiles.find(([kind]) => kind === 'saved-model')?.[1].blob as Blob;
  mkdirSync(path.join(folder, 'variables'));
  writeFileSync(path.join(folder, 'variables/variables.data-00000-of-00001'), 'weights');
  writeFileSync(path.join(folder, 'saved_model.pb'), new Uint8Array(await saved.arrayBuffer()));
  await expect(assertNoForeign(folder)).rejects.toThrow(
    `saved_model.pb is ${foreignKinds['saved-model'].is}.`,
  );
  const network = path.join(folder, 'net.onnx');
  copyFileSync(
    path.resolve(import.meta.dirname, '../../src/network/targets/fixtures/classifier.onnx'),
    network,
  );
  await expect(assertNoForeign(folder)).rejects.toThrow(`Name the network in it: --model ${network}`);
});
