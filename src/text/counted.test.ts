import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { counted } from './counted';

test('a number agrees with its noun', () => {
  expect(counted(1, 'layer')).toBe('1 layer');
  expect(counted(0, 'layer')).toBe('0 layers');
  expect(counted(2, 'layer')).toBe('2 layers');
  expect(counted(1, 'class', 'classes')).toBe('1 class');
  expect(counted(1000, 'class', 'classes')).toBe('1,000 classes');
});

const nouns =
  'axes|boxes|bytes|candidates|channels|classes|epochs|files|groups|images|inputs|intervals|labels|layers|levels|logits|maps|networks|numbers|operands|operations|outputs|parameters|parts|pictures|places|probabilities|scenes|seeds|signs|steps|supersigns|threads|values';

/** "${count} layers", also with a word between them. */
const plural = new RegExp(
  `\\$\\{([^{}]*)\\} ((?:(?:input|output|held-out|small|final|other|more) )?(?:${nouns}))\\b`,
  'g',
);

/** Never one: sizes of a grid and of files, shares, constants above one. */
const neverOne = [
  /(height|width|size\[1\]|side)$/i,
  /^(member\.)?size$|^length$|^bytes\.byteLength$/,
  /toFixed|percent\(|written\(|countInWords\(|^counted\(/,
  /^(nullShuffles|shuffles|randomDraws|SCENES|HIGHEST_RANK|LASTING_STEPS|mostInTray)$/,
];

/** Expressions by their files that stand where a sentence is about several, or hold no count at all. */
const aboutSeveral = new Map([
  ['src/backend/wasm-backend.ts', ['of']],
  ['src/picture/sets/boxes-beside.ts', ['all.size']],
  ['src/picture/sets/open-image-set.ts', ['refused.length', "refused.length.toLocaleString('en')"]],
  ['src/network/files/archive-files.ts', ['members.length', 'found.length']],
  ['src/network/files/network-files.ts', ['read']],
  ['src/network/keras/operations.ts', ['operands.length']],
  ['src/network/onnx/operators/shapes.ts', ['places.length']],
  ['src/network/onnx/read-onnx.ts', ['locations.size']],
  ['src/network/ops/merge.ts', ['inputs.length']],
  ['src/training/export/training-report.ts', ['labels.length']],
  ['src/training/data/image-data.ts', ["left.length.toLocaleString('en')"]],
  ['src/training/data/pictograph-data.ts', ['pictographClasses.length']],
  [
    'src/search/search-sentences.ts',
    ['change.candidates.length', 'compared.length', "removes ? 'the most' : 'the fewest'"],
  ],
  [
    'src/workspaces/explain/files/open-explain.ts',
    ['networks.length', "entries.length.toLocaleString('en')"],
  ],
  ['src/workspaces/optimise/results/agreement-controller.ts', ['saliencyMethodNames[method]']],
  ['src/semiotics/correlation.ts', ['b.length']],
  ['src/semiotics/signs/shares.ts', ['labels.length']],
  ['src/study/findings/difference-findings.ts', ['layers']],
]);

test('every count in a sentence goes through `counted`, or is never one', () => {
  const root = path.resolve(import.meta.dirname, '../..');
  const files = (readdirSync(path.join(root, 'src'), { recursive: true }) as string[])
    .map((file) => `src/${file.replaceAll('\\', '/')}`)
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.|testing/.test(file));
  const found = files.flatMap((file) =>
    [...readFileSync(path.join(root, file), 'utf8').matchAll(plural)]
      .filter(([, expression]) => !neverOne.some((each) => each.test(expression)))
      .filter(([, expression]) => !aboutSeveral.get(file)?.includes(expression))
      .map(([text]) => `${file}: ${text}`),
  );
  expect(found).toEqual([]);
});
