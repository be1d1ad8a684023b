import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { beforeEach, expect, it, vi } from 'vitest';
import type { BackendName, BackendPreference } from '../backend/backend-names';
import type { RunningBackend } from '../backend/choose-backend';
import type { NetworkRequest } from '../network/network-request';
import { holdNetwork } from './held-network';

const MEBIBYTE = 2 ** 20;

/** What the device of WebGPU offers, in bytes. */
let offered = 128 * MEBIBYTE;
/** Backends that were started, each with what was known of others. */
let started: { name: BackendName; passedOver: string[] }[] = [];

// A device with limits, which computes as the CPU does.
vi.mock('../backend/choose-backend', () => ({
  startBackend: async (_: BackendPreference, failed: Map<BackendName, string>): Promise<RunningBackend> => {
    const name = failed.has('webgpu') ? 'wasm' : 'webgpu';
    started.push({ name, passedOver: [...failed.values()] });
    const limits = { maxBufferSize: 4 * offered, maxStorageBufferBindingSize: offered };
    Object.assign(tf.backend(), { device: name === 'webgpu' ? { limits } : undefined });
    return {
      report: { name, reason: '', adapter: name === 'webgpu' ? 'small' : null, threads: 1 },
      isLost: () => false,
      lost: new Promise(() => {}),
      answers: async () => true,
    };
  },
}));

const task = { signal: new AbortController().signal, report: () => {}, checkpoint: async () => {} };

function request(file: string): NetworkRequest {
  const folder = path.resolve(import.meta.dirname, '../network/onnx/fixtures');
  const blob = new Blob([new Uint8Array(readFileSync(path.join(folder, file)))]);
  return { backend: 'auto', network: { kind: 'files', id: file, main: file, files: [{ path: file, blob }] } };
}

const nameOfBackend = (held: ReturnType<typeof holdNetwork>, asked: NetworkRequest) =>
  held.onBackend(asked, task, async (backend) => {
    await held.networkFor(backend, asked, task);
    return backend.report.name;
  });

beforeEach(async () => {
  await tf.setBackend('cpu');
  started = [];
});

it('a device whose buffers hold every layer is taken', async () => {
  offered = 128 * MEBIBYTE;
  expect(await nameOfBackend(holdNetwork(), request('vgg.onnx'))).toBe('webgpu');
  expect(started).toHaveLength(1);
});

it('one whose buffers do not is passed over with the reason, for that network alone', async () => {
  offered = 2000;
  const held = holdNetwork();
  expect(await nameOfBackend(held, request('vgg.onnx'))).toBe('wasm');
  expect(started.at(-1)?.passedOver).toEqual([
    expect.stringMatching(/^WebGPU \(small\) holds at most 0 MB at once, and vgg has a layer of \d+ MB\.$/),
  ]);
  // It is known from then on, and another network is asked for itself.
  expect(await nameOfBackend(held, request('vgg.onnx'))).toBe('wasm');
  expect(started).toHaveLength(2);
  offered = 128 * MEBIBYTE;
  expect(await nameOfBackend(held, request('resnet.onnx'))).toBe('webgpu');
});
