import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { noPeer, peerPython } from '../harness/peer';

export const transformerIds = ['vit-tiny', 'vit-b16', 'swin-t'] as const;
export type TransformerId = (typeof transformerIds)[number];

/**
 * A transformer of timm or torchvision with seeded random weights, as PyTorch exports it: `model.onnx` in a folder.
 * @returns why there is none, or null
 */
export function writeTransformer(id: TransformerId, target: string): string | null {
  if (!peerPython) return noPeer;
  const script = path.join(import.meta.dirname, '../peers/transformer_network.py');
  execFileSync(peerPython, [script, id, target], { stdio: ['ignore', 'ignore', 'inherit'] });
  return null;
}
