import { describe, expect, it } from 'vitest';
import { decodeFloat32, encodeFloat32 } from '../codecs/base64-float32';
import {
  AnalysisFileError,
  analysisFromPng,
  analysisInFile,
  parseAnalysis,
  serialiseAnalysis,
  withoutMaps,
} from './analysis-file';
import type { AnalysisFile } from './analysis-schema';
import { annotatePng } from './png';

const tiny = Uint8Array.from(
  atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABAQAAAAA3bvkkAAAACklEQVR4AWNgAAAAAgABc3UBGAAAAABJRU5ErkJggg=='),
  (character) => character.charCodeAt(0),
);

function analysis(): AnalysisFile {
  return {
    schema: 'supersign/analysis',
    version: 1,
    app: { version: '0.1.0' },
    image: { name: 'golf ball', width: 112, height: 112, sha256: null, source: 'golf-ball' },
    model: { name: 'photos10', format: 'tfjs-layers', sha256: 'ab', inputShape: [null, 112, 112, 3] },
    backend: { name: 'wasm', adapter: null, threads: 2 },
    predictions: [{ index: 5, label: 'golf ball', probability: 0.94, logit: 9.5 }],
    target: { index: 5, label: 'golf ball' },
    settings: {
      method: 'grad-cam',
      entropy: { measure: 'aura-matrix', levels: 256, grid: 'input', neighbourhood: 4, torus: false },
      signs: { tau: 0.1, theta: 0.2 },
      view: { layer: 'conv1', method: 'grad-cam' },
    },
    layers: [
      {
        index: 0,
        name: 'conv1',
        kind: 'Conv2D',
        shape: [2, 3, 8],
        map: { width: 3, height: 2, float32: encodeFloat32(new Float32Array([0, 1, 2, 3, 4, 0.1])) },
        entropy: { value: 0.5, null: { mean: 0.75, sd: 0.01 }, structure: 1 / 3 },
        marginal: 2,
        conditional: 1.5,
        signs: [
          {
            id: 1,
            area: 4,
            mass: 3.5,
            share: 0.9,
            peak: [1, 1, 4],
            centroid: [0.5, 0.75],
            box: [0, 0, 2, 2],
            persistence: 4,
            weight: null,
          },
        ],
      },
      {
        index: 1,
        name: 'conv2',
        kind: 'Conv2D',
        shape: [1, 1, 8],
        map: { width: 1, height: 1, float32: encodeFloat32(new Float32Array([7])) },
        entropy: { value: null, null: null, structure: null, mutual: 0.25 },
        marginal: null,
        conditional: null,
        signs: [],
      },
    ],
    transitions: [
      {
        from: 0,
        to: 1,
        resizes: true,
        change: -1,
        classFormation: -0.5,
        complexFormation: -0.5,
        links: [{ from: 1, to: 1, share: 0.8 }],
      },
    ],
    timings: { decode: 1, forward: 2, saliency: 3, entropy: null, signs: null },
  };
}

/** The message with which a changed analysis is refused. */
function refusal(change: (file: ReturnType<typeof loose>) => void): string {
  const file = loose();
  change(file);
  try {
    parseAnalysis(JSON.stringify(file));
  } catch (error) {
    expect(error).toBeInstanceOf(AnalysisFileError);
    return (error as Error).message;
  }
  throw new Error('not refused');
}

// biome-ignore lint/suspicious/noExplicitAny: bad files are what no type describes
function loose(): any {
  return JSON.parse(JSON.stringify(analysis()));
}

describe('float32 in base64', () => {
  it('is little-endian: 1 is 00 00 80 3f', () => {
    expect(encodeFloat32(new Float32Array([1]))).toBe('AACAPw==');
    expect([...decodeFloat32('AACAPwAAAMA=')]).toEqual([1, -2]);
  });

  it('carries a large map, and a view into a larger buffer, bit for bit', () => {
    const values = Float32Array.from({ length: 300_001 }, (_, i) => Math.sin(i) * 10 ** (i % 30));
    expect(decodeFloat32(encodeFloat32(values.subarray(1)))).toEqual(values.slice(1));
  });

  it('refuses a broken number of bytes', () => {
    expect(() => decodeFloat32('AACA')).toThrow('3 bytes are no whole number of float32 values');
  });
});

describe('parseAnalysis', () => {
  it('reads what was written', () => {
    expect(parseAnalysis(serialiseAnalysis(analysis()))).toEqual(analysis());
  });

  it('reads how the picture was scaled, and files of earlier versions that do not tell', () => {
    const scaling = {
      name: 'caffe',
      source: 'guess',
      factor: [1, 1, 1],
      offset: [-103.939, -116.779, -123.68],
      bgr: true,
      reason: 'Guessed from the name.',
    } as const;
    const file = { ...analysis(), scaling: { ...scaling, factor: [1, 1, 1], offset: [...scaling.offset] } };
    expect(parseAnalysis(serialiseAnalysis(file)).scaling).toEqual(scaling);
    expect(withoutMaps(parseAnalysis(serialiseAnalysis(file))).scaling).toEqual(scaling);
    expect(parseAnalysis(serialiseAnalysis(analysis())).scaling).toBeUndefined();
    // A later version may have more names; the numbers say all.
    const named = JSON.stringify({ ...file, scaling: { ...scaling, name: 'of a later version' } });
    expect(parseAnalysis(named).scaling).toEqual({ ...scaling, name: null });
    expect(refusal((each) => Object.assign(each, { scaling: { ...scaling, source: 'told' } }))).toMatch(
      /^scaling\.source is "told", expected/,
    );
    expect(refusal((each) => Object.assign(each, { scaling: { ...scaling, offset: [0] } }))).toContain(
      'expected as many offsets as factors, one a channel',
    );
  });

  it('reads a file without maps', () => {
    const bare = withoutMaps(analysis());
    expect(bare.layers.every((layer) => !('map' in layer))).toBe(true);
    expect(parseAnalysis(serialiseAnalysis(bare))).toEqual(bare);
    expect(analysis().layers[0].map).toBeDefined();
  });

  it.each([
    ['', 'This file is empty. Choose a file saved with "Export analysis".'],
    [
      '{"schema": "supersign/ana',
      'This file is not JSON, or it breaks off. Choose a file saved with "Export analysis".',
    ],
    ['[1, 2]', 'This JSON file is no Supersign analysis. Choose a file saved with "Export analysis".'],
    ['null', 'This JSON file is no Supersign analysis. Choose a file saved with "Export analysis".'],
    [
      '{"schema": "netron/graph", "version": 1}',
      'This file says its schema is "netron/graph", not "supersign/analysis". Choose a file saved with "Export analysis".',
    ],
    [
      '{"schema": "supersign/analysis", "version": 7}',
      'This analysis has version 7; this Supersign reads version 1. Open it with a newer Supersign.',
    ],
    ['{"schema": "supersign/analysis", "version": 1}', 'app is missing. Export the analysis again.'],
  ])('refuses %s', (text, message) => {
    expect(() => parseAnalysis(text)).toThrow(new AnalysisFileError(message));
  });

  it('names the place of what is missing or wrong', () => {
    expect(refusal((file) => delete file.layers[1].map.float32)).toBe(
      'layers[1].map.float32 is missing. Export the analysis again.',
    );
    expect(
      refusal((file) => {
        file.layers[0].entropy.value = '0.5';
      }),
    ).toBe('layers[0].entropy.value is "0.5", expected number. Export the analysis again.');
    expect(
      refusal((file) => {
        file.version = 0;
      }),
    ).toBe('version is 0, expected 1. Export the analysis again.');
    expect(
      refusal((file) => {
        file.layers[0].shape[0] = 0;
      }),
    ).toBe('layers[0].shape[0] is 0, expected >=1. Export the analysis again.');
  });

  it('refuses parts that do not fit each other', () => {
    expect(
      refusal((file) => {
        file.layers = [];
      }),
    ).toBe('layers is empty. Export the analysis again.');
    expect(
      refusal((file) => {
        file.layers[1].index = 7;
      }),
    ).toBe('layers[1].index is 7, expected 1. Export the analysis again.');
    expect(
      refusal((file) => {
        file.layers[1].name = file.layers[0].name;
      }),
    ).toMatch(/^layers\[1\]\.name is ".+", as another layer's is\. Export the analysis again\.$/);
    expect(
      refusal((file) => {
        file.target.index = 99;
      }),
    ).toBe('target.index is 99, which is none of the predictions. Export the analysis again.');
  });

  it('takes a box whose class the network alone has chosen, which no prediction names', () => {
    const ofBox = (index: number) => (file: AnalysisFile) => {
      file.target = { ...file.target, index: 16, label: 'class 16', kind: 'box', box: 0 };
      file.boxes = [{ box: 0, index, label: `class ${index}`, score: 0.6, corners: [0, 0, 0.5, 0.5] }];
    };
    expect(() => refusal(ofBox(16))).toThrow('not refused');
    expect(refusal(ofBox(17))).toMatch(/^target\.index is 16, which is none of the predictions/);
  });

  it('refuses a picture that would have to be fetched from elsewhere', () => {
    expect(
      refusal((file) => {
        file.image.input = 'https://example.org/picture.png';
      }),
    ).toBe('image.input is no PNG picture within the file. Export the analysis again.');
  });

  it('refuses maps of the wrong length, of no numbers and of no base64', () => {
    expect(
      refusal((file) => {
        file.layers[0].map.width = 5;
      }),
    ).toBe('layers[0].map.float32 holds 6 values, but a map of 5 x 2 has 10. Export the analysis again.');
    expect(
      refusal((file) => {
        file.layers[0].map.float32 = encodeFloat32(new Float32Array([0, 0, 0, Number.NaN, 0, 0]));
      }),
    ).toBe('layers[0].map.float32 holds NaN at value 3. Export the analysis again.');
    expect(
      refusal((file) => {
        file.layers[1].map.float32 = '!?';
      }),
    ).toBe('layers[1].map.float32 is not base64 of float32 values. Export the analysis again.');
  });

  it('does not write what it would not read', () => {
    const file = analysis();
    file.layers[0].marginal = Number.NaN;
    expect(() => serialiseAnalysis(file)).toThrow('layers[0].marginal is NaN');
  });
});

describe('analysisFromPng', () => {
  it('reads the analysis out of an exported figure', async () => {
    const text = serialiseAnalysis(withoutMaps(analysis()));
    const bytes = await annotatePng(tiny, { dpi: 96, text: { supersign: text } });
    expect(await analysisFromPng(bytes)).toEqual(withoutMaps(analysis()));
  });

  it('says what to do with a PNG that carries none, or is damaged', async () => {
    await expect(analysisFromPng(tiny)).rejects.toThrow('This PNG carries no Supersign analysis.');
    await expect(analysisFromPng(tiny.subarray(0, 40))).rejects.toThrow(
      new AnalysisFileError('This PNG file breaks off after 40 bytes. Export the figure again.'),
    );
  });
});

describe('an analysis in a file', () => {
  it('is read from JSON and from a PNG, and is none in another PNG', async () => {
    const text = serialiseAnalysis(analysis());
    expect(await analysisInFile(new Blob(['\uFEFF', text]))).toEqual(analysis());
    const png = await annotatePng(tiny, { dpi: 96, text: { supersign: text } });
    expect(await analysisInFile(new Blob([png]))).toEqual(analysis());
    expect(await analysisInFile(new Blob([tiny]))).toBeNull();
    expect(await analysisInFile(new Blob([png.slice(0, 200)]))).toBeNull();
  });

  it('is refused before it is read where it is too large', async () => {
    const large = new Blob(Array(257).fill(new Uint8Array(2 ** 20)));
    await expect(analysisInFile(large)).rejects.toThrow(
      'This file is too large: 257 MB, an analysis has at most 256 MB.',
    );
  });
});
