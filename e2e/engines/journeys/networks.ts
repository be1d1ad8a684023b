import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { fileFrom, root } from '../../support/files';
import type { Journeys } from '../setting';
import { analysisOf, openPage } from './explain-steps';

const keras = path.join(root, 'src/network/keras/fixtures');
const onnx = path.join(root, 'src/network/onnx/fixtures');

export const networks: Journeys = {
  async 'a dropped Keras file and a dropped ONNX file are read'({ visitor, address }) {
    await openPage(visitor, `${address}#explain?image=parachute`, 'Parachute');
    await visitor.drop(fileFrom('resnet.h5', path.join(keras, 'resnet.keras2.h5')));
    await visitor.text('status', undefined, /Ready: 6 layers/);
    expect((await analysisOf(visitor)).model.name).toBe('resnet');

    await visitor.drop(fileFrom('plain.keras', path.join(keras, 'efficientnet.keras3.keras')));
    await visitor.text('status', undefined, /Ready: 5 layers/);
    expect((await analysisOf(visitor)).model.name).toBe('plain');

    const { maps } = JSON.parse(readFileSync(path.join(onnx, 'resnet.json'), 'utf8'));
    await visitor.drop(fileFrom('block.onnx', path.join(onnx, 'resnet.onnx')));
    await visitor.until<string>(
      'the ONNX file is open',
      `journey.find('combobox', 'Model').value`,
      (value) => value === 'file:block',
    );
    const { model, layers } = await analysisOf(visitor);
    expect(model).toMatchObject({ name: 'block', format: 'onnx' });
    expect(layers.map(({ name }) => name)).toEqual(
      expect.arrayContaining(maps.map(({ row }: { row: string }) => row)),
    );
  },
};
