import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { filesOfBlobs, type NetworkFile, type NetworkFiles } from '../files/network-files';
import { weightsOf } from '../weights';
import { fixture, fixtureText } from './onnx-testing';
import { readOnnxFiles } from './read-onnx';

interface Written {
  what: string;
  onnx: string;
  beside: Record<string, string>;
}

const written: Written[] = JSON.parse(fixtureText('damaged.json'));
const { onnx, beside } = written.find(({ what }) => what === 'sound with a side file') as Written;
const main = Buffer.from(onnx, 'base64');
const side = Buffer.from(beside['w.bin'], 'base64');

const dropped = (files: Record<string, Uint8Array<ArrayBuffer>>) =>
  filesOfBlobs(
    Object.entries(files).map(([path, content]) => ({ path, blob: new Blob([content]) })),
    Object.keys(files)[0],
  );

/** As files at an address are: their sizes are not known before they are read. */
function withoutSizes(files: NetworkFiles): NetworkFiles {
  const hide = (file: NetworkFile): NetworkFile => ({ ...file, size: null });
  return { main: hide(files.main), beside: (path) => hide(files.beside(path)), find: () => null };
}

const options = { signal: new AbortController().signal, onBytes: () => {} };

describe('weights in a file beside the network', () => {
  const files = dropped({ 'models/a.onnx': Uint8Array.from(main), 'models/w.bin': Uint8Array.from(side) });
  it.each([
    ['dropped', files],
    ['at an address', withoutSizes(files)],
  ])('%s are read, and belong to the checksum', async (_, given) => {
    const { graph, sha256, format } = await readOnnxFiles(given, options);
    expect(format).toBe('onnx');
    expect(sha256).toBe(createHash('sha256').update(main).update(side).digest('hex'));
    const [first] = graph.nodes;
    const [filter] = weightsOf(first.spec);
    expect(first.name).toBe('conv');
    // [kh, kw, c_in, c_out] here, [c_out, c_in, kh, kw] in the file.
    const values = filter.read();
    expect(values[0]).toBe(side.readFloatLE(0));
    expect(values[1]).toBe(side.readFloatLE(27 * 4));
    expect(values[4]).toBe(side.readFloatLE(9 * 4));
    expect(values.at(-1)).toBe(side.readFloatLE(107 * 4));
  });
});

it('a language model is told to be one before its weights are asked for', async () => {
  // onnx.helper: Gather of rows of "w" [100, 8], which lies in w.bin, at "input_ids" [1, n], whole numbers of 64 bits.
  const words =
    'CAg6kAEKHgoBdwoJaW5wdXRfaWRzEgZsb2dpdHMiBkdhdGhlchIBZyouCGQICBABQgF3ahEKCGxvY2F0aW9uEgV3LmJpbmoOCgZsZW5ndGgSBDMyMDBwAVocCglpbnB1dF9pZHMSDwoNCAcSCQoCCAEKAxIBbmIdCgZsb2dpdHMSEwoRCAESDQoCCAEKAxIBbgoCCAhCBAoAEBE=';
  const alone = dropped({ 'gpt.onnx': Uint8Array.from(Buffer.from(words, 'base64')) });
  await expect(readOnnxFiles(alone, options)).rejects.toThrow(
    'This is a language model (it reads words: input_ids), and takes no pictures.',
  );
});

describe('what is said of a network of PyTorch', () => {
  it('is that it probably takes pictures as ImageNet is taken', async () => {
    const { scaling, labels } = await readOnnxFiles(
      dropped({ 'vgg.onnx': Uint8Array.from(fixture('vgg.onnx')) }),
      options,
    );
    expect(scaling).toEqual({
      scaling: 'imagenet',
      reason: "Guessed: PyTorch's networks are usually trained so.",
      isGuess: true,
    });
    expect(labels).toBeNull();
  });

  it('holds the names people know, from both exporters', async () => {
    const names = async (file: string) =>
      (await readOnnxFiles(dropped({ [file]: Uint8Array.from(fixture(file)) }), options)).graph.nodes.map(
        ({ name }) => name,
      );
    expect(await names('resnet.onnx')).toEqual(
      expect.arrayContaining(['conv1', 'maxpool', 'layer1.0.conv1', 'layer1.0.relu', 'layer1.0.add', 'fc']),
    );
    expect(await names('regnet.onnx')).toEqual(
      expect.arrayContaining(['stem.0', 'stem.2', 'trunk_output.block1.block1-0.f.se.fc1', 'fc']),
    );
  });
});
