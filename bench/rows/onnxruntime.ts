import path from 'node:path';
import type { Page } from '@playwright/test';
import { openPage } from '../harness/browser';
import { openEngine, openNetwork } from '../harness/engine';
import type { Bench, Part } from '../harness/part';
import { noPeerPackage, peerPackage, peerPackages } from '../harness/peer-package';
import { type Measured, skipped } from '../harness/row';
import { benchFiles } from '../harness/servers';
import { interleaved, relativeDifference, typical } from '../harness/statistics';
import type { ExportedId } from '../networks/exported';

interface Network {
  id: ExportedId;
  title: string;
  runs: number;
  /** What our forward pass may take of onnxruntime's time. */
  reach: number;
}

const networks: Network[] = [
  { id: 'onnx-vgg16', title: 'VGG-16', runs: 7, reach: 0.25 },
  { id: 'onnx-resnet18', title: 'ResNet-18', runs: 15, reach: 0.35 },
  { id: 'resnet50', title: 'ResNet-50', runs: 9, reach: 0.6 },
  { id: 'mobilenet-v2', title: 'MobileNetV2', runs: 15, reach: 0.5 },
  { id: 'onnx-convnext', title: 'ConvNeXt-Tiny', runs: 9, reach: 0.6 },
  { id: 'swin-t', title: 'Swin-T', runs: 9, reach: 0.6 },
  { id: 'vit-b16', title: 'ViT-B/16', runs: 5, reach: 0.6 },
];

const peer = 'onnxruntime-web';
const titleOf = ({ title }: Network) => `forward pass over onnxruntime-web's, ${title} at 224 on WebAssembly`;

/** The forward pass beside onnxruntime's on WebAssembly: the same file, input, browser and number of threads. */
export const onnxruntimePart: Part = {
  id: 'onnxruntime',
  async run(bench) {
    const found = peerPackage(peer);
    const rows: Measured[] = [];
    for (const network of networks) {
      const absent = found ? bench.network(network.id) : noPeerPackage(peer);
      if (absent) rows.push(skipped(titleOf(network), absent, network.reach));
      else rows.push(...(await beside(bench, network)));
    }
    if (found) bench.versions[peer] = found.version;
    return { rows };
  },
};

async function beside(bench: Bench, network: Network): Promise<Measured[]> {
  const engine = await openEngine(bench);
  const page = await openPage(bench.browser);
  try {
    const { threads } = await openNetwork(bench, engine, network.id, 'wasm');
    await page.goto(`${bench.servers.engine}/`);
    await openSession(page, `${bench.servers.engine}${benchFiles}/${network.id}`, threads);
    const runs = bench.quick ? 3 : network.runs;
    const { ours, theirs } = await interleaved(runs, {
      ours: () => engine.call('forward', null),
      theirs: async () => (await forward(page)).ms,
    });
    const { time, ratio, note } = typical(bench);
    const logits = (await engine.call('answers', null)).logits;
    return [
      {
        what: titleOf(network),
        result: ratio(ours, theirs),
        unit: 'ratio',
        ours: time(ours),
        peer: time(theirs),
        reach: network.reach,
        runs,
        note: [`${threads} threads each`, note].filter(Boolean).join('; '),
      },
      {
        what: `difference of the logits from onnxruntime-web's, ${network.title} at 224 on WebAssembly`,
        result: relativeDifference(logits, (await forward(page)).logits),
        unit: 'of the largest',
        reach: 1e-4,
      },
    ];
  } finally {
    await engine.close();
    await page.context().close();
  }
}

/** What of onnxruntime is used, in the words of its own types. */
interface Runtime {
  env: { wasm: { numThreads: number; wasmPaths: string } };
  InferenceSession: { create(model: ArrayBuffer, options: object): Promise<Session> };
  Tensor: new (type: 'float32', data: Float32Array, shape: number[]) => object;
}

interface Session {
  inputNames: string[];
  outputNames: string[];
  run(inputs: Record<string, object>): Promise<Record<string, { data: Float32Array }>>;
}

type SessionWindow = { session: Session; input: object };

/** Opens `model.onnx` of a folder with its `input.bin`, [h, w, c], on a page. */
async function openSession(page: Page, folder: string, threads: number): Promise<void> {
  const scripts = path.posix.join(peerPackages, peer, 'dist/');
  await page.evaluate(
    async ({ folder, scripts, threads }) => {
      const runtime: Runtime = await import(`${scripts}ort.wasm.min.mjs`);
      runtime.env.wasm.numThreads = threads;
      runtime.env.wasm.wasmPaths = scripts;
      const read = async (file: string) => (await fetch(`${folder}/${file}`)).arrayBuffer();
      const session = await runtime.InferenceSession.create(await read('model.onnx'), {
        executionProviders: ['wasm'],
      });
      const picture = new Float32Array(await read('input.bin'));
      const places = picture.length / 3;
      const planes = Float32Array.from(picture, (_, i) => picture[(i % places) * 3 + Math.floor(i / places)]);
      const side = Math.sqrt(places);
      const input = new runtime.Tensor('float32', planes, [1, 3, side, side]);
      Object.assign(window, { session, input });
    },
    { folder, scripts, threads },
  );
}

const forward = (page: Page): Promise<{ ms: number; logits: number[] }> =>
  page.evaluate(async () => {
    const { session, input } = window as unknown as SessionWindow;
    const started = performance.now();
    const outputs = await session.run({ [session.inputNames[0]]: input });
    const { data } = outputs[session.outputNames[0]];
    return { ms: performance.now() - started, logits: [...data] };
  });
