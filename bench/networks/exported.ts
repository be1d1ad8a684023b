import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { noPeer, peerPython } from '../harness/peer';

export const exportedIds = [
  'vit-tiny',
  'vit-b16',
  'swin-t',
  'resnet50',
  'mobilenet-v2',
  'efficientnet-b0',
  'resnext50',
  'regnety-400mf',
  'dpn48',
  'onnx-vgg16',
  'onnx-resnet18',
  'onnx-convnext',
] as const;
export type ExportedId = (typeof exportedIds)[number];

/**
 * A network of timm or torchvision with seeded random weights, as PyTorch exports it: `model.onnx` in a folder.
 * @returns why there is none, or null
 */
export function writeExported(id: ExportedId, target: string): string | null {
  if (!peerPython) return noPeer;
  const script = path.join(import.meta.dirname, '../peers/exported_network.py');
  execFileSync(peerPython, [script, id, target], { stdio: ['ignore', 'ignore', 'inherit'] });
  return null;
}
