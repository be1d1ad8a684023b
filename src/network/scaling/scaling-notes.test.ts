import { describe, expect, it } from 'vitest';
import { filesOfBlobs } from '../files/network-files';
import { scalingBeside } from '../files/scaling-beside';
import { scalingCalled } from './chosen-scaling';
import { scalingReport } from './scaling';
import { scalingInNotes, scalingInText } from './scaling-notes';

const named = (notes: unknown, channels = 3) => {
  const found = scalingInNotes(notes, 'the file', channels);
  return found && scalingReport(found, channels).name;
};
const imagenet = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] };

describe('Notes tell the scaling', () => {
  it.each<[string, unknown, string]>([
    ['files written here', { scaling: 'signed' }, 'signed'],
    [
      'mean and std as texts of ONNX metadata',
      { mean: '[0.485, 0.456, 0.406]', std: '(0.229,0.224,0.225)' },
      'imagenet',
    ],
    [
      'the same on the scale of bytes',
      { mean: '123.675 116.28 103.53', std: '58.395 57.12 57.375' },
      'imagenet',
    ],
    [
      'timm',
      { architecture: 'resnet18', pretrained_cfg: { ...imagenet, input_size: [3, 224, 224] } },
      'imagenet',
    ],
    [
      'timm as a text in ONNX metadata',
      { pretrained_cfg: JSON.stringify({ mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] }) },
      'signed',
    ],
    [
      'Hugging Face',
      {
        do_normalize: true,
        do_rescale: true,
        rescale_factor: 1 / 255,
        image_mean: imagenet.mean,
        image_std: imagenet.std,
      },
      'imagenet',
    ],
    [
      'Hugging Face without normalising',
      {
        do_normalize: false,
        do_rescale: true,
        rescale_factor: 0.00392156862745098,
        image_mean: imagenet.mean,
        image_std: imagenet.std,
      },
      'unit',
    ],
    ['mean 0, deviation 1', { mean: [0, 0, 0], std: [1, 1, 1] }, 'unit'],
    ['Cadene', { input_space: 'BGR', input_range: [0, 255], mean: [104, 117, 128], std: [1, 1, 1] }, 'null'],
    ['a scale', { scale: '0.00392156862' }, 'unit'],
    ['a scale with an offset', { scale: 1 / 127.5, offset: -1 }, 'signed'],
    ['a scale behind a mean', { mean: 127.5, scale: 1 / 127.5 }, 'signed'],
    ['ONNX', { 'Image.NominalPixelRange': 'Normalized_1_1', 'Image.BitmapPixelFormat': 'Rgb8' }, 'signed'],
    ['ONNX, bytes', { 'Image.NominalPixelRange': 'NominalRange_0_255' }, 'bytes'],
    ['Ultralytics', { names: "{0: 'a'}", stride: '32', task: 'classify', imgsz: '[224, 224]' }, 'unit'],
    [
      'Teachable Machine',
      { tfjsVersion: '1.3.1', tmVersion: '2.4.5', packageName: '@teachablemachine/image', labels: ['a'] },
      'signed',
    ],
  ])('%s', (_, notes, scaling) => {
    expect(String(named(notes))).toBe(scaling);
  });

  it('with their own numbers and order of channels', () => {
    const notes = { input_space: 'BGR', input_range: [0, 255], mean: [104, 117, 128], std: [1, 1, 1] };
    expect(scalingInNotes(notes, 'config.json', 3)).toEqual({
      scaling: { factor: [1, 1, 1], offset: [-104, -117, -128], bgr: true },
      reason: 'As config.json tells.',
      isGuess: false,
    });
    const format = { 'Image.NominalPixelRange': 'NominalRange_0_255', 'Image.BitmapPixelFormat': 'Bgr8' };
    expect(scalingInNotes(format, 'the file', 3)?.scaling).toMatchObject({ factor: [1, 1, 1], bgr: true });
  });

  it('of grey networks, but never the mean of a colour', () => {
    expect(named({ mean: '0.1307', std: '0.3081' }, 1)).toBe('mnist');
    expect(named({ mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] }, 1)).toBe('signed');
    expect(named(imagenet, 1)).toBeNull();
  });

  it('in a description', () => {
    const text = 'A net. Normalise with mean=[0.485, 0.456, 0.406] and std=[0.229, 0.224, 0.225].';
    const found = scalingInText(text, 3);
    expect(found && scalingReport(found, 3).name).toBe('imagenet');
    expect(scalingInText('It means well.', 3)).toBeNull();
  });

  it.each<[string, unknown]>([
    ['nothing', null],
    ['a list', [1, 2]],
    ['an unknown scaling', { scaling: 'constructor' }],
    ['a mean alone', { mean: [0.5, 0.5, 0.5] }],
    ['numbers that are none', { mean: ['a', 'b', 'c'], std: 'large' }],
    ['a deviation of nothing', { mean: [0, 0, 0], std: [0, 1, 1] }],
    ['too few', { mean: [0.1, 0.2], std: [1, 2] }],
    ['a scale of sizes', { scale: 2 }],
    ['names and a stride alone, as YOLOv5 writes them', { names: "{0: 'a'}", stride: '32' }],
  ])('not where there is %s', (_, notes) => {
    expect(scalingInNotes(notes, 'the file', 3)).toBeNull();
  });
});

describe('Files beside a network tell the scaling', () => {
  const beside = (main: string, others: Record<string, string>) => {
    const files = Object.entries({ [main]: '', ...others }).map(([path, text]) => ({
      path,
      blob: new Blob([text]),
    }));
    return scalingBeside(filesOfBlobs(files, main), 3, new AbortController().signal);
  };

  it('the Keras files of Teachable Machine', async () => {
    expect(await beside('keras_model.h5', { 'labels.txt': '0 a\n1 b' })).toMatchObject({
      scaling: 'signed',
      isGuess: false,
    });
    expect(await beside('keras_model.h5', {})).toBeNull();
    expect(await beside('mine.h5', { 'labels.txt': '0 a\n1 b' })).toBeNull();
  });

  it('the notes of Teachable Machine, Hugging Face and timm', async () => {
    const tm = JSON.stringify({ packageName: '@teachablemachine/image', labels: ['a', 'b'] });
    expect(await beside('model.json', { 'metadata.json': tm })).toMatchObject({ scaling: 'signed' });
    const hf = JSON.stringify({ image_mean: imagenet.mean, image_std: imagenet.std });
    const found = await beside('net/model.onnx', { 'net/preprocessor_config.json': hf });
    expect(found?.reason).toBe('As preprocessor_config.json tells.');
    expect(found && scalingCalled(scalingReport(found, 3))).toBe('imagenet');
    const timm = JSON.stringify({ pretrained_cfg: imagenet });
    expect(await beside('model.onnx', { 'config.json': timm })).toMatchObject({ isGuess: false });
  });

  it('not one that is no JSON, or tells nothing', async () => {
    expect(await beside('model.onnx', { 'config.json': '{"labels"' })).toBeNull();
    expect(await beside('model.json', { 'metadata.json': '{"labels": ["a"]}' })).toBeNull();
  });
});
