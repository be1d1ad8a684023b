// @vitest-environment page
import { Blob as NodeBlob } from 'node:buffer';
import { act } from 'react';
import type { Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { scalingNumbers } from '../../../network/scaling/chosen-scaling';
import type { InputScaling, ScalingDoubt } from '../../../network/scaling/input-scaling';
import type { ScalingTrial, TryScalingsRequest } from '../../../network/scaling/scaling-trial';
import type { ImageEntry } from '../../../picture/sets/image-set';
import { rootOfEmptyPage } from '../../../ui/root-testing';
import type { StudyChoices } from './study-settings';

interface Call {
  request: TryScalingsRequest;
  signal: AbortSignal;
  resolve(trials: ScalingTrial[]): void;
}

/** What the engine was asked to try, and by which settings studies were begun. */
const calls = vi.hoisted(() => [] as Call[]);
const begun = vi.hoisted(() => [] as StudyChoices[]);

vi.mock('../../../engine/engine-client', () => {
  const call = (method: string, request: never, { signal }: { signal: AbortSignal }) =>
    new Promise((resolve, reject) => {
      if (method === 'tryScalings') calls.push({ request, signal, resolve });
      signal?.addEventListener('abort', () => reject(signal.reason));
    });
  return { engine: { call }, measures: { call }, signFinder: { call } };
});
/** Decodes a file into a picture whose red is the number it holds. */
vi.mock('../../../engine/study/pool', () => ({
  createStudyPool: () => ({
    size: 1,
    call: async (_: string, { file }: { file: Blob }) => {
      const text = await file.text();
      if (text === 'torn') throw new Error('is cut off.');
      const rgba = new Uint8ClampedArray(4).fill(Number(text));
      return { width: 1, height: 1, sha256: '', input: { rgba, width: 1, height: 1 } };
    },
    end: () => {},
  }),
}));
vi.mock('./study-controller', async (original) => {
  const controller = await original<typeof import('./study-controller')>();
  return { ...controller, runStudy: () => void begun.push(controller.allChoices()) };
});
vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => {} }));

const { connectExplain } = await import('../../../state/explain-port');
const { useExplain } = await import('../../../state/explain-store');
const { initialChoices } = await import('./study-settings');
const { useStudy } = await import('./study-store');
const { useScalingTrial } = await import('./scaling-trial-store');
const { askOrRun } = await import('./scaling-question');
const { StudyScalingDoubt } = await import('./StudyScaling');
const initial = { explain: useExplain.getState(), study: useStudy.getState() };

// jsdom has no modal dialogs.
HTMLDialogElement.prototype.showModal = function showModal() {
  this.open = true;
};
HTMLDialogElement.prototype.close = function close() {
  this.open = false;
};

let network = 0;

/** A network that nobody was asked about yet, whose file does not tell; as Explain found it. */
function openNetwork(doubt?: ScalingDoubt | null, name: InputScaling = 'unit'): void {
  network += 1;
  const id = `net-${network}.onnx`;
  const scaling = { ...scalingNumbers(name, 3), name, reason: 'Guessed: it does not tell.', isGuess: true };
  const known = {
    ...{ id, title: id, format: 'onnx', sha256: '', inputShape: [1, 1, 3] as [number, number, number] },
    ...{ labels: ['fish', 'dog'], scalingReason: scaling.reason, scaling },
    ...{ outputs: ['out'], output: 'out', takesAnySize: false },
    ...{ kind: 'classes' as const, outputIs: 'classes', outputReason: '', readsEitherWay: false },
  };
  useExplain.setState({
    manifest: known,
    progress: null,
    settings: { ...initial.explain.settings, model: `https://example.org/${id}`, inputScaling: 'auto' },
    analysis: {
      method: 'grad-cam',
      backend: { name: 'wasm', reason: '', adapter: null, threads: 1 },
      network: known,
      ...{ predictions: [], target: { index: 0, label: 'fish' }, layers: [] },
      scaling: { ...scaling, source: 'guess' },
      scalingDoubt: doubt,
      timings: { forward: 1, saliency: 1 },
    },
  });
}

/** Opens images in folders by the numbers they hold. */
function openImages(files: [folder: string | null, content: string][], classes: Record<string, number>) {
  const entries = files.map(
    ([folder, content], index): ImageEntry => ({
      ...{ path: `${folder}/${String(index).padStart(3, '0')}.png`, split: null, folder, bytes: 1 },
      // That of jsdom cannot be read.
      read: async () => new NodeBlob([content]) as Blob,
    }),
  );
  const folders = Object.entries(classes).map(([folder, index]) => ({ folder, images: 1, class: index }));
  useStudy.setState({
    images: {
      name: 'set',
      sources: [],
      set: { entries, refused: [] },
      folders,
      splits: [],
      duplicates: { state: 'found', groups: [] },
    },
  });
}

let root: Root;

beforeEach(async () => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  calls.length = 0;
  begun.length = 0;
  useExplain.setState(initial.explain, true);
  useStudy.setState({ ...initial.study, choices: initialChoices }, true);
  useScalingTrial.setState({ tried: null, problem: null, asking: false });
  connectExplain({
    change: (changes) => useExplain.setState(({ settings }) => ({ settings: { ...settings, ...changes } })),
    show: async () => {},
  });
  root = rootOfEmptyPage();
  await act(async () => root.render(<StudyScalingDoubt />));
});

afterEach(async () => {
  await act(async () => root.unmount());
});

const note = () => document.querySelector('[role="note"]');
const dialog = () => document.querySelector('dialog');
const offers = (within: Element | null) =>
  [...(within?.querySelectorAll('.offers li') ?? [])].map(({ textContent }) => textContent?.trim());
const press = (within: Element | null, name: RegExp) => {
  const button = [...(within?.querySelectorAll('button') ?? [])].find((each) =>
    name.test(each.textContent ?? ''),
  );
  if (!button) throw new Error(`no button ${name}`);
  return act(async () => button.click());
};
const runIt = () => act(async () => askOrRun());
const turns = async () => {
  for (let i = 0; i < 20; i++) await new Promise((resolve) => setTimeout(resolve));
};

/** Answers as a network that names by what it reads: bright ones are fish; by 0 to 255 all are dogs. */
const answerAll = () =>
  act(async () => {
    for (let at = 0; at < 5; at++) {
      await vi.waitFor(() => expect(calls.length).toBeGreaterThan(at), { timeout: 60_000 });
      const { request, resolve } = calls[at];
      const [scaling] = request.scalings;
      const answers = request.inputs.map(({ rgba }) => {
        const index = scaling === 'bytes' || rgba[0] < 100 ? 1 : 0;
        return {
          index,
          label: ['fish', 'dog'][index],
          probability: scaling === 'bytes' ? 0.5 : 0.9,
          logit: 1,
        };
      });
      resolve([{ scaling, answers }]);
      await turns();
    }
  });

const twenty = Array.from({ length: 20 }, (_, i): [string, string] =>
  i < 10 ? ['fish', '200'] : ['dog', '50'],
);

describe('a network whose scaling is settled, or fits', () => {
  it('is studied without a word', async () => {
    openNetwork(null);
    openImages(twenty, { fish: 0, dog: 1 });
    await runIt();
    expect(note()).toBeNull();
    expect(dialog()).toBeNull();
    expect(begun).toHaveLength(1);
    expect(calls).toEqual([]);
  });
});

describe('a guessed scaling', () => {
  it('is said before the results, with how a few of the images fare by each', async () => {
    await act(async () => openNetwork());
    expect(note()?.getAttribute('aria-label')).toBe('Input scaling is a guess');
    expect(calls).toEqual([]);
    await act(async () => {
      openImages(twenty, { fish: 0, dog: 1 });
      await turns();
    });
    await answerAll();
    expect(calls[0].request.inputs.map(({ rgba }) => rgba[0])).toEqual([
      ...Array(4).fill(200),
      ...Array(4).fill(50),
    ]);
    expect(offers(note())).toEqual([
      'Keep 0 to 1guessednamed right8 of 8',
      'Use -1 to 1named right8 of 8',
      'Use ImageNet mean and deviationnamed right8 of 8',
      'Use Caffe BGRnamed right8 of 8',
      'Use 0 to 255named right4 of 8',
    ]);
    expect(note()?.textContent).toContain('Tried on 8 images of the set.');
  });

  it('of images without classes is told by how sure the network is; one that is no image is left out', async () => {
    await act(async () => {
      openNetwork();
      openImages(
        [
          [null, '200'],
          [null, 'torn'],
        ],
        {},
      );
      await turns();
    });
    await answerAll();
    expect(calls[0].request.inputs).toHaveLength(1);
    expect(offers(note())[0]).toBe('Keep 0 to 1guessedsure on average90.0 %');
    expect(offers(note())[4]).toBe('Use 0 to 255sure on average50.0 %');
  });

  it('is asked about before the first study, and not again when it is kept', async () => {
    await act(async () => {
      openNetwork();
      openImages(twenty, { fish: 0, dog: 1 });
    });
    await runIt();
    expect(begun).toEqual([]);
    expect(dialog()?.textContent).toContain('By which scaling?');
    await press(dialog(), /^Keep 0 to 1/);
    expect(dialog()).toBeNull();
    expect(begun).toHaveLength(1);
    expect(begun[0].inputScaling).toBe('auto');
    await runIt();
    expect(begun).toHaveLength(2);
    expect(dialog()).toBeNull();
    // It still is a guess.
    expect(note()).not.toBeNull();
  });

  it('is replaced by the one chosen, which holds for this network when it is opened again', async () => {
    await act(async () => {
      openNetwork();
      openImages(twenty, { fish: 0, dog: 1 });
    });
    await runIt();
    await press(dialog(), /^Use Caffe BGR/);
    expect(begun[0].inputScaling).toBe('caffe');
    expect(useExplain.getState().settings.inputScaling).toBe('caffe');
    expect(note()).toBeNull();
    await act(async () =>
      useExplain.setState(({ settings }) => ({ settings: { ...settings, inputScaling: 'auto' } })),
    );
    await runIt();
    expect(dialog()).toBeNull();
    expect(begun[1].inputScaling).toBe('caffe');
    // Another network is another question.
    await act(async () => openNetwork());
    await runIt();
    expect(dialog()).not.toBeNull();
    expect(begun).toHaveLength(2);
  });

  it('need not be answered: nothing is studied then', async () => {
    await act(async () => {
      openNetwork();
      openImages(twenty, { fish: 0, dog: 1 });
    });
    await runIt();
    await act(async () => {
      dialog()?.close();
      dialog()?.dispatchEvent(new Event('close'));
    });
    expect(dialog()).toBeNull();
    expect(begun).toEqual([]);
    await runIt();
    expect(dialog()).not.toBeNull();
  });

  it('is tried no longer once a study begins, or while a picture is analysed', async () => {
    await act(async () => {
      openNetwork();
      openImages(twenty, { fish: 0, dog: 1 });
      await turns();
    });
    expect(calls[0].signal.aborted).toBe(false);
    await act(async () => useExplain.setState({ progress: { text: 'Explaining', fraction: null } }));
    expect(calls[0].signal.aborted).toBe(true);
    await act(async () => {
      useExplain.setState({ progress: null });
      await turns();
    });
    expect(calls).toHaveLength(2);
    await runIt();
    await press(dialog(), /^Keep/);
    expect(calls[1].signal.aborted).toBe(true);
  });
});

describe('a guess that looks wrong', () => {
  it('is asked about with the better one first', async () => {
    await act(async () => {
      openNetwork({ outcome: 'another', scaling: 'signed' });
      openImages(twenty, { fish: 0, dog: 1 });
    });
    expect(note()?.getAttribute('aria-label')).toBe('Input scaling looks wrong');
    await runIt();
    expect(offers(dialog())[0]).toMatch(/^Use -1 to 1fits better/);
    await press(dialog(), /^Use -1 to 1/);
    expect(begun[0].inputScaling).toBe('signed');
  });
});
