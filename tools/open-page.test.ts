import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseAddress } from '../src/state/address';
import { openingOf } from './open-page';
import { servePage } from './page-server';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'supersign-'));
  for (const name of ['page', 'net', 'pictures']) mkdirSync(path.join(folder, name));
  writeFileSync(path.join(folder, 'page/index.html'), '<title>Supersign</title>');
  writeFileSync(path.join(folder, 'net/small net.onnx'), 'a network');
  writeFileSync(path.join(folder, 'pictures/a dog.jpg'), 'a picture');
  writeFileSync(path.join(folder, 'pictures/private.jpg'), 'another');
});
afterAll(() => rmSync(folder, { recursive: true }));

const at = (...parts: string[]) => path.join(folder, ...parts);
const settingsAt = (address: string, ...line: string[]) => parseAddress(openingOf(line).hash(address));

describe('open', () => {
  it('serves the network and that picture alone, at the addresses that the page is opened with', async () => {
    const opening = openingOf([at('pictures/a dog.jpg'), '--model', at('net/small net.onnx')]);
    const { address, close } = await servePage(at('page'), opening.served);
    try {
      const { settings, problems } = parseAddress(opening.hash(address));
      expect(problems).toEqual([]);
      const textAt = async (url: string) => (await fetch(url)).text();
      expect(await textAt(settings.image)).toBe('a picture');
      expect(await textAt(settings.model)).toBe('a network');
      expect((await fetch(new URL('private.jpg', settings.image))).status).toBe(404);
    } finally {
      await close();
    }
    expect(existsSync(at('pictures/private.jpg'))).toBe(true);
  });

  it('takes all that the address may say', () => {
    const { settings } = settingsAt(
      'http://host',
      'golf-ball',
      '--layer',
      'conv3_2',
      '--torus',
      '--class',
      '4',
    );
    expect(settings).toMatchObject({ image: 'golf-ball', layer: 'conv3_2', torus: true, target: 4 });
    expect(settings.model).toBe('photos10');
    expect(openingOf(['--port', '5000', '--no-open'])).toMatchObject({ port: 5000, open: false });
  });

  it.each([
    [/"method=magic" is not understood/, ['--method', 'magic']],
    [/One picture is opened, not 2/, ['golf-ball', 'tench']],
    [/--colour is no option here/, ['--colour', 'red']],
  ])('says what it does not understand: %s', (message, line) =>
    expect(() => openingOf(line)).toThrow(message),
  );
});
