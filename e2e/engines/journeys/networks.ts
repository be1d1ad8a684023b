import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { fileFrom, root } from '../../support/files';
import type { Journeys } from '../setting';
import type { Visitor } from '../visitor';
import { openPage, quick, readyText } from './explain-steps';

const keras = path.join(root, 'src/network/keras/fixtures');
const onnx = path.join(root, 'src/network/onnx/fixtures');

export const networks: Journeys = {
  async 'a dropped Keras file and a dropped ONNX file are read'({ visitor, address }) {
    await openPage(visitor, `${address}#explain?image=parachute&${quick}`, 'Parachute');
    await visitor.drop(fileFrom('resnet.h5', path.join(keras, 'resnet.keras2.h5')));
    await modelIs(visitor, 'file:resnet');
    await visitor.text('status', undefined, /Ready: 6 layers/);

    const { maps } = JSON.parse(readFileSync(path.join(onnx, 'resnet.json'), 'utf8'));
    await visitor.drop(fileFrom('block.onnx', path.join(onnx, 'resnet.onnx')));
    await modelIs(visitor, 'file:block');
    await visitor.text('status', undefined, readyText);
    const layers = await visitor.ask<string[]>(
      `journey.all('radio').map((radio) => radio.getAttribute('aria-label')?.split(',')[0])`,
    );
    expect(layers).toEqual(expect.arrayContaining(maps.map(({ row }: { row: string }) => row)));
    expect(await visitor.alertText()).not.toContain('could not');
  },
};

const modelIs = (visitor: Visitor, id: string) =>
  visitor.until<string>(
    `the network is ${id}`,
    `journey.find('combobox', 'Model').value`,
    (value) => value === id,
  );
