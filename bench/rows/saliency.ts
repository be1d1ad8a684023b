import path from 'node:path';
import type { BackendName } from '../../src/backend/backend-names';
import { type EnginePage, openEngine, openNetwork } from '../harness/engine';
import type { Bench, Part } from '../harness/part';
import { noPeer, type Peer, peerPython, startPeer } from '../harness/peer';
import { type Measured, skipped } from '../harness/row';
import { interleaved, relativeDifference, typical } from '../harness/statistics';
import type { NetworkId } from '../networks/folder';

interface Network {
  id: NetworkId;
  title: string;
  runs: number;
  /** Backends measured without being asked for. */
  backends: BackendName[];
  /** Whether pytorch-grad-cam is called once a layer, too. */
  byLayer?: boolean;
  /** What Grad-CAM may cost over the forward pass, where that is not the usual. */
  reach?: number;
  /** What Grad-CAM, or the forward pass, may cost over PyTorch's, where that is not the usual. */
  overPeer?: number;
  forwardOverPeer?: number;
}

const networks: Network[] = [
  { id: 'photos10', title: 'photos10 at 112', runs: 31, backends: ['wasm', 'cpu'] },
  { id: 'resnet18', title: 'ResNet-18 at 224', runs: 15, backends: ['wasm'] },
  { id: 'mobilenet', title: 'MobileNet v1 0.75 at 224', runs: 15, backends: ['wasm'] },
  { id: 'vgg16', title: 'VGG-16 at 224', runs: 7, backends: ['wasm'], byLayer: true },
  { id: 'convnext', title: 'ConvNeXt-Tiny at 224', runs: 7, backends: ['wasm'], reach: 2.6 },
  { id: 'vit-tiny', title: 'ViT-Tiny/16 at 224', runs: 15, backends: ['wasm'], reach: 2.3 },
  { id: 'vit-b16', title: 'ViT-B/16 at 224', runs: 5, backends: ['wasm'], reach: 2.3 },
  { id: 'swin-t', title: 'Swin-T at 224', runs: 7, backends: ['wasm'], reach: 2.3 },
  { id: 'resnet50', title: 'ResNet-50 at 224', runs: 9, backends: ['wasm'], overPeer: 2 },
  { id: 'mobilenet-v2', title: 'MobileNetV2 at 224', runs: 15, backends: ['wasm'] },
  { id: 'efficientnet-b0', title: 'EfficientNet-B0 at 224', runs: 15, backends: ['wasm'], overPeer: 1.5 },
  { id: 'resnext50', title: 'ResNeXt-50 32x4d at 224', runs: 9, backends: ['wasm'], forwardOverPeer: 2 },
  { id: 'regnety-400mf', title: 'RegNetY-400MF at 224', runs: 15, backends: ['wasm'], forwardOverPeer: 2 },
  { id: 'dpn48', title: 'DPN-48 at 224', runs: 15, backends: ['wasm'], forwardOverPeer: 2 },
];

const titles = {
  overPeer: (on: string) => `Grad-CAM at all layers over PyTorch, ${on}`,
  overByLayer: (on: string) => `Grad-CAM at all layers over pytorch-grad-cam layer by layer, ${on}`,
};

const reach = { overForward: 2.2, overPeer: 3.5, overByLayer: 0.25 };

/** One part a network: forward pass, Grad-CAM at all layers, and both against PyTorch with the same weights and input. */
export const saliencyParts: Part[] = networks.map((network) => ({
  id: network.id,
  async run(bench) {
    const absent = bench.network(network.id);
    if (absent) return { rows: [skipped(network.title, absent)] };
    const rows: Measured[] = [];
    for (const backend of [...network.backends, ...(bench.webgpu ? (['webgpu'] as const) : [])]) {
      rows.push(...(await onBackend(bench, network, backend)));
    }
    return { rows };
  },
}));

async function onBackend(bench: Bench, network: Network, backend: BackendName): Promise<Measured[]> {
  const engine = await openEngine(bench);
  // The peer computes on the CPU's cores: it stands against WebAssembly only.
  const peer = peerPython && backend === 'wasm' ? startPeer('networks.py') : null;
  try {
    const opened = await openNetwork(bench, engine, network.id, backend);
    const on = `${network.title} on ${opened.backend}`;
    const runs = bench.quick || backend === 'cpu' ? 3 : network.runs;
    const ownWork = {
      forward: () => engine.call('forward', null),
      analysis: () => engine.call('analyse', null),
    };
    if (!peer) {
      const rows = ownRows(
        bench,
        await interleaved(runs, ownWork),
        on,
        opened.layers.length,
        runs,
        network.reach,
      );
      if (backend !== 'wasm') return rows;
      rows.push(skipped(titles.overPeer(on), noPeer, network.overPeer ?? reach.overPeer));
      if (network.byLayer) rows.push(skipped(titles.overByLayer(on), noPeer, reach.overByLayer));
      return rows;
    }
    const { versions, layers } = await peer.ask<{ versions: Record<string, string>; layers: string[] }>({
      do: 'open',
      folder: path.join(bench.files, network.id),
      explained: opened.layers,
    });
    Object.assign(bench.versions, versions);
    const times = await interleaved(runs, {
      ...ownWork,
      peerForward: () => peer.time('forward'),
      peerAnalysis: () => peer.time('grad-cam'),
    });
    return [
      ...ownRows(bench, times, on, opened.layers.length, runs, network.reach),
      {
        what: `forward pass over PyTorch's, ${on}`,
        ...overPeer(bench, times.forward, times.peerForward),
        reach: network.forwardOverPeer,
        runs,
        note: typical(bench).note,
      },
      {
        what: titles.overPeer(on),
        ...overPeer(bench, times.analysis, times.peerAnalysis),
        reach: network.overPeer ?? reach.overPeer,
        runs,
        note: joined(
          opened.layers.length === layers.length ? undefined : `PyTorch at ${layers.length} layers`,
          typical(bench).note,
        ),
      },
      ...(network.byLayer ? [await overGradCamByLayer(bench, engine, peer, on)] : []),
      ...(await agreement(engine, peer, on)),
    ];
  } finally {
    peer?.end();
    await engine.close();
  }
}

const joined = (...notes: (string | undefined)[]) => notes.filter(Boolean).join('; ') || undefined;

function ownRows(
  bench: Bench,
  { forward, analysis }: { forward: number[]; analysis: number[] },
  on: string,
  layers: number,
  runs: number,
  overForward = reach.overForward,
): Measured[] {
  const { time, ratio, note } = typical(bench);
  return [
    { what: `forward pass, ${on}`, result: time(forward), unit: 'ms', runs, note },
    { what: `Grad-CAM at all ${layers} layers, ${on}`, result: time(analysis), unit: 'ms', runs, note },
    {
      what: `Grad-CAM at all layers over forward pass, ${on}`,
      result: ratio(analysis, forward),
      unit: 'ratio',
      reach: overForward,
      runs,
      note,
    },
  ];
}

const overPeer = (bench: Bench, ours: number[], peer: number[]) => {
  const { time, ratio } = typical(bench);
  return { result: ratio(ours, peer), unit: 'ratio', ours: time(ours), peer: time(peer) };
};

async function overGradCamByLayer(
  bench: Bench,
  engine: EnginePage,
  peer: Peer,
  on: string,
): Promise<Measured> {
  const runs = bench.quick ? 1 : 3;
  const times = await interleaved(runs, {
    analysis: () => engine.call('analyse', null),
    byLayer: () => peer.time('grad-cam-by-layer'),
  });
  return {
    what: titles.overByLayer(on),
    ...overPeer(bench, times.analysis, times.byLayer),
    reach: reach.overByLayer,
    runs,
    note: typical(bench).note,
  };
}

/** Both sides must have done the same work: the same logits, and where the layers are the same, the same maps. */
async function agreement(engine: EnginePage, peer: Peer, on: string): Promise<Measured[]> {
  const ours = await engine.call('answers', null);
  const theirs = await peer.ask<typeof ours>({ do: 'answers' });
  const rows: Measured[] = [
    {
      what: `difference of the logits from PyTorch's, ${on}`,
      result: relativeDifference(ours.logits, theirs.logits),
      unit: 'of the largest',
      reach: 1e-4,
    },
  ];
  if (ours.sums.length === theirs.sums.length) {
    const differences = ours.sums.map((sum, i) => {
      const other = theirs.sums[i];
      // Maps that are empty on both sides agree.
      return sum === other ? 0 : Math.abs(sum - other) / Math.max(sum, other);
    });
    rows.push({
      what: `difference of a map's sum from PyTorch's, ${on}`,
      result: Math.max(...differences),
      unit: 'of the sum',
      note: 'the greatest of all layers',
    });
  }
  return rows;
}
