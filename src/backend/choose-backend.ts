import * as tf from '@tensorflow/tfjs-core';
import { isMissingCode, loadCode, MissingCodeError } from '../code/missing-code';
import { watchedByPage } from '../rpc/stages';
import { messageOf } from '../text/message-of';
import { type BackendName, type BackendPreference, type BackendReport, backendTitle } from './backend-names';
import { assertBuffersHold, type BufferNeeds, BuffersTooSmallError, largestBufferHere } from './buffers';
import { registerKernels } from './kernels/kernels';
import { isTrusted, trust } from './trusted';
import { startWasm } from './wasm-backend';

/** A backend that runs, and the promise of its end. */
export interface RunningBackend {
  report: BackendReport;
  /** True once the device is gone; nothing may be computed on it any more. */
  isLost(): boolean;
  /** Rejects with a BackendLostError when the device is lost; never resolves. */
  lost: Promise<never>;
  /**
   * Asks the device whether it is still there. An operation on a lost device fails before the loss itself is
   * told, by as long as the adapter takes for what it was given before.
   */
  answers(): Promise<boolean>;
}

export class BackendLostError extends Error {
  override name = 'BackendLostError';
}

/** Why a backend cannot or should not be used here; a sentence. */
class Unavailable extends Error {
  override name = 'Unavailable';
}

/** A backend that runs, but computes something else than it should; a sentence. */
class Unsound extends Error {
  override name = 'Unsound';
}

/** What a starter tells of a backend. */
interface Started extends Pick<BackendReport, 'adapter' | 'threads'> {
  /** Sentences about what was left out. */
  notes?: string[];
  /** The way it runs, if it may be left out for another one. */
  way?: string;
}

type Starter = (forced: boolean) => Promise<Started>;

/** In the order in which `auto` tries them. */
const starters: Record<BackendName, Starter> = {
  webgpu: startWebGpu,
  wasm: startWebAssembly,
  webgl: startWebGl,
  cpu: startCpu,
};

/**
 * Backends that failed their self-test in this worker, each with the sentence that says so: TensorFlow.js has let go of them, and
 * whoever asks again is to hear why, not that there is none.
 */
const unsound = new Map<BackendName, string>();

/**
 * Starts the preferred backend, or the first that fits: hardware WebGPU, WebAssembly, WebGL on real
 * hardware, CPU. Software WebGPU is about 75 times slower than WebAssembly and is used only when asked for. A
 * backend that fails its self-test is left out, even when asked for.
 * @param failed backends not to try again, each with the sentence that says why
 * @param needs what its buffers have to hold, where that is known; a backend that cannot is left out
 */
export async function startBackend(
  preference: BackendPreference,
  failed: Map<BackendName, string>,
  needs?: BufferNeeds,
): Promise<RunningBackend> {
  const order = Object.keys(starters) as BackendName[];
  const candidates =
    preference === 'auto' ? order : [preference, ...order.filter((name) => name !== preference)];
  const reasons: string[] = [];
  let missing = false;
  for (const name of candidates) {
    const known = unsound.get(name) ?? failed.get(name);
    if (known) {
      reasons.push(known);
      continue;
    }
    try {
      const { notes = [], way, ...started } = await starters[name](name === preference);
      await tf.setBackend(name);
      await tf.ready();
      registerKernels(name);
      const title = backendTitle({ ...started, name });
      if (needs) assertBuffersHold(needs, largestBufferHere(), title);
      await demandSelfTest(title, way);
      reasons.push(...notes);
      return watchForLoss({ ...started, name, reason: reasons.join(' ') || firstChoice(preference) });
    } catch (error) {
      if (error instanceof Unsound) {
        unsound.set(name, error.message);
        tf.removeBackend(name);
      }
      missing ||= isMissingCode(error);
      const isSentence = [Unavailable, Unsound, BuffersTooSmallError].some((kind) => error instanceof kind);
      reasons.push(isSentence ? messageOf(error) : `${name} did not start: ${messageOf(error)}.`);
    }
  }
  if (missing) throw new MissingCodeError();
  throw new Error(`No backend starts in this browser. ${reasons.join(' ')}`);
}

/**
 * Offline, the test may not be at hand; the backend is used untested then, until the next visit.
 * @throws Unsound
 */
async function demandSelfTest(title: string, way: string | undefined): Promise<void> {
  if (await isTrusted(title)) return;
  const test = await import('./self-test').catch(() => null);
  if (!test) return;
  const mistake = way
    ? await watchedByPage(way, `${title} stopped in its self-test.`, test.selfTest)
    : await test.selfTest();
  if (mistake) throw new Unsound(`${title} failed its self-test (${mistake}).`);
  await trust(title);
}

/** Why a backend was taken that nothing stood before. */
const firstChoice = (preference: BackendPreference) =>
  preference === 'auto' ? 'WebGPU finds a hardware adapter.' : 'As the address asks.';

async function startWebGpu(forced: boolean) {
  if (!navigator.gpu) throw new Unavailable('This browser has no WebGPU.');
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new Unavailable('WebGPU finds no adapter here.');
  const { info } = adapter;
  const words = [info.vendor, info.architecture, info.description].filter(Boolean).join(' ');
  const software = info.isFallbackAdapter || /swiftshader|llvmpipe|basic render/i.test(words);
  if (software && !forced) throw new Unavailable('WebGPU is software only here.');
  await loadCode(() => import('@tensorflow/tfjs-backend-webgpu'));
  return { adapter: `${software ? 'software, ' : ''}${words || 'unnamed adapter'}`, threads: 1 };
}

async function startWebAssembly() {
  if (typeof WebAssembly === 'undefined') throw new Unavailable('This browser has no WebAssembly.');
  return { adapter: null, ...(await startWasm()) };
}

async function startWebGl(forced: boolean) {
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
  if (!gl) throw new Unavailable('This browser has no WebGL 2 in workers.');
  const extension = gl.getExtension('WEBGL_debug_renderer_info');
  const renderer = String(gl.getParameter(extension ? extension.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  if (!forced && /swiftshader|llvmpipe|software|basic render/i.test(renderer)) {
    throw new Unavailable('WebGL is software only here.');
  }
  await loadCode(() => import('@tensorflow/tfjs-backend-webgl'));
  return { adapter: renderer, threads: 1 };
}

async function startCpu() {
  await loadCode(() => import('@tensorflow/tfjs-backend-cpu'));
  return { adapter: null, threads: 1 };
}

/** The parts of the GPU backends that tell of a lost device. */
interface LossyBackend {
  device?: GPUDevice;
  gpgpu?: { gl: WebGL2RenderingContext };
}

function watchForLoss(report: BackendReport): RunningBackend {
  let isLost = false;
  const { device, gpgpu } = tf.backend() as unknown as LossyBackend;
  let end: (why: string) => void = () => {};
  const lost = new Promise<never>((_, reject) => {
    end = (why) => {
      isLost = true;
      reject(new BackendLostError(`${backendTitle(report)} lost its device${why ? ` (${why})` : ''}.`));
    };
    device?.lost.then(({ message, reason }) => end(message || reason));
    gpgpu?.gl.canvas.addEventListener('webglcontextlost', () => end('context lost'));
  });
  lost.catch(() => {});
  const answers = async () => {
    if (gpgpu?.gl.isContextLost()) end('context lost');
    if (device && !isLost)
      await Promise.race([lost, roundTrip(device)]).catch(() => end('it answers no more'));
    return !isLost;
  };
  return { report, isLost: () => isLost, lost, answers };
}

/** Resolves when the device has done what it was given before; rejects when it cannot. */
async function roundTrip(device: GPUDevice): Promise<void> {
  const buffer = device.createBuffer({ size: 4, usage: GPUBufferUsage.MAP_READ });
  await buffer.mapAsync(GPUMapMode.READ);
  buffer.destroy();
}
