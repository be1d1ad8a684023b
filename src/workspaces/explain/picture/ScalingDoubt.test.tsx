// @vitest-environment page
import { act } from 'react';
import type { Root } from 'react-dom/client';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Prediction } from '../../../network/prediction';
import { scalingNumbers, usedScaling } from '../../../network/scaling/chosen-scaling';
import type {
  ScalingDoubt as Doubt,
  InputScaling,
  ScalingReport,
} from '../../../network/scaling/input-scaling';
import type { ScalingTrial, TryScalingsRequest } from '../../../network/scaling/scaling-trial';
import type { AnalyseResult } from '../../../saliency/analysis';
import type { OpenPicture } from '../../../state/explain-store';
import { rootOfEmptyPage } from '../../../ui/root-testing';

interface Call {
  method: string;
  request: TryScalingsRequest;
  signal: AbortSignal;
  resolve(trials: ScalingTrial[]): void;
  reject(error: Error): void;
}

/** What the engine was asked; it answers when a test lets it. */
const calls = vi.hoisted(() => [] as Call[]);

vi.mock('../../../engine/engine-client', () => {
  const call = (method: string, request: never, { signal }: { signal: AbortSignal }) =>
    new Promise((resolve, reject) => {
      calls.push({ method, request, signal, resolve, reject });
      signal.addEventListener('abort', () => reject(signal.reason));
    });
  return { engine: { call }, measures: { call }, signFinder: { call } };
});
vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => {} }));

const { useExplain } = await import('../../../state/explain-store');
const { useScalingTrials } = await import('../../../state/scaling-store');
const { ScalingDoubt } = await import('./ScalingDoubt');
const { ScalingUsed } = await import('./ScalingUsed');
const initial = useExplain.getState();

const trialCalls = () => calls.filter(({ method }) => method === 'tryScalings');

const answer = (label: string, probability: number): Prediction => ({
  ...{ index: 0, label, probability, logit: 1 },
});

const guess = (name: InputScaling, channels = 3): ScalingReport => ({
  ...scalingNumbers(name, channels),
  name,
  reason: 'Guessed: the file does not tell how pictures are scaled.',
  isGuess: true,
});

const cannotTell: Doubt = {
  outcome: 'unknown',
  scaling: null,
  reason: 'The network remembers nothing of its training.',
};

/** An analysis by a network that has `own`, as the reader chose or left it. */
function analysis(
  own: ScalingReport,
  { chosen = null, doubt }: { chosen?: InputScaling | null; doubt?: Doubt | null } = {},
): AnalyseResult {
  const channels = own.factor.length;
  return {
    method: 'grad-cam',
    backend: { name: 'wasm', reason: '', adapter: null, threads: 1 },
    network: {
      ...{ id: 'net', title: 'net', format: 'onnx', sha256: 'f0', inputShape: [8, 8, channels] },
      ...{ labels: ['horn', 'church'], scalingReason: own.reason, scaling: own },
      ...{ outputs: ['out'], output: 'out', takesAnySize: false },
      ...{ kind: 'classes' as const, outputIs: 'classes', outputReason: '', readsEitherWay: false },
    },
    predictions: [answer('horn', 0.5), answer('church', 0.25)],
    target: { index: 0, label: 'horn' },
    scaling: usedScaling(own, chosen),
    scalingDoubt: doubt,
    layers: [],
    timings: { forward: 1, saliency: 1 },
  };
}

const picture = (name = 'horn') =>
  ({ name, source: name, input: { rgba: new Uint8ClampedArray(256), width: 8, height: 8 } }) as OpenPicture;

const show = (shown: AnalyseResult, on = picture()) =>
  act(async () =>
    useExplain.setState({ manifest: shown.network, analysis: shown, picture: on, progress: null }),
  );

let root: Root;

beforeEach(async () => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  calls.length = 0;
  useExplain.setState(initial, true);
  useScalingTrials.setState({ trials: null, problem: null, asked: false });
  root = rootOfEmptyPage();
  await act(async () =>
    root.render(
      <>
        <ScalingDoubt />
        <ScalingUsed />
      </>,
    ),
  );
});

afterEach(async () => {
  await act(async () => root.unmount());
});

const note = () => document.querySelector('[role="note"]');
const named = () => note()?.getAttribute('aria-label');
const beside = () => document.querySelector('.scaled')?.textContent ?? '';
const offers = () =>
  [...document.querySelectorAll('.offers li')].map(({ textContent }) => textContent?.trim());
const press = (name: RegExp) => {
  const button = [...document.querySelectorAll('button')].find((each) => name.test(each.textContent ?? ''));
  if (!button) throw new Error(`no button ${name}`);
  return act(async () => button.click());
};

/** The engine's answer: what each scaling asked for gives. */
const answered = (said: Partial<Record<InputScaling, Prediction>>) =>
  act(async () => {
    const { request, resolve } = trialCalls().at(-1) as Call;
    resolve(request.scalings.map((scaling) => ({ scaling, answers: [said[scaling] as Prediction] })));
  });

const all = {
  unit: answer('horn', 0.5),
  signed: answer('church', 0.9),
  imagenet: answer('church', 0.8),
  caffe: answer('horn', 0.3),
  bytes: answer('horn', 0.25),
};

describe('a scaling that the file settles', () => {
  it('takes no room and no time', async () => {
    await show(analysis({ ...guess('signed'), isGuess: false, reason: 'As the network was trained.' }));
    expect(note()).toBeNull();
    expect(beside()).toBe('');
    expect(calls).toEqual([]);
  });

  it('says nothing of an analysis of an earlier version either', async () => {
    const { scaling: _, ...before } = analysis(guess('unit'));
    await show(before);
    expect(document.querySelector('#root')?.textContent).toBe('');
    expect(calls).toEqual([]);
  });
});

describe('a guess that cannot be checked', () => {
  it('says so before the results and beside the prediction, with what each scaling gives', async () => {
    await show(analysis(guess('unit'), { doubt: cannotTell }));
    expect(named()).toBe('Input scaling is a guess');
    expect(note()?.textContent).toContain(
      'Input scaling “0 to 1” is a guess. The file does not tell how pictures are scaled. The network remembers nothing of its training. If it is wrong, so are all results: choose one, or keep it.',
    );
    expect(beside()).toBe('By the guessed scaling “0 to 1”.');
    // Its own answer is known at once, the others come.
    expect(offers()).toEqual([
      'Keep 0 to 1guessedhorn50.0 %',
      'Use -1 to 1…',
      'Use ImageNet mean and deviation…',
      'Use Caffe BGR…',
      'Use 0 to 255…',
    ]);
    expect(trialCalls()).toHaveLength(1);
    expect(trialCalls()[0].request).toMatchObject({
      scalings: ['unit', 'signed', 'imagenet', 'caffe', 'bytes'],
      inputs: [{ width: 8, height: 8 }],
    });
    await answered(all);
    expect(offers()).toEqual([
      'Keep 0 to 1guessedhorn50.0 %',
      'Use -1 to 1church90.0 %',
      'Use ImageNet mean and deviationchurch80.0 %',
      'Use Caffe BGRhorn30.0 %',
      'Use 0 to 255horn25.0 %',
    ]);
  });

  it('offers a grey network nothing that means colours', async () => {
    await show(analysis(guess('unit', 1), { doubt: cannotTell }));
    const texts = offers().join(' ');
    expect(texts).not.toMatch(/ImageNet|Caffe/);
    for (const name of ['0 to 1', '-1 to 1', '0 to 255']) expect(texts).toContain(name);
  });

  it('says why the others could not be tried', async () => {
    await show(analysis(guess('unit'), { doubt: cannotTell }));
    await act(async () => trialCalls()[0].reject(new Error('the device is lost.')));
    expect(note()?.textContent).toContain(
      'What the others would give could not be computed: the device is lost.',
    );
  });
});

describe('a guess that looks wrong', () => {
  it('is impossible to overlook, the better scaling first', async () => {
    await show(analysis(guess('unit'), { doubt: { outcome: 'another', scaling: 'signed' } }));
    await answered(all);
    expect(named()).toBe('Input scaling looks wrong');
    expect(note()?.textContent).toContain('Input scaling “0 to 1” looks wrong.');
    expect(note()?.textContent).toContain('“-1 to 1” far better');
    expect(beside()).toBe('By the guessed scaling “0 to 1”, which looks wrong.');
    expect(offers().slice(0, 2)).toEqual([
      'Use -1 to 1fits betterchurch90.0 %',
      'Keep 0 to 1guessedhorn50.0 %',
    ]);
  });
});

describe('a choice', () => {
  it('is made by pressing an offer: settings and address hold it, and the network runs by it', async () => {
    await show(analysis(guess('unit'), { doubt: cannotTell }));
    await answered(all);
    await press(/^Use -1 to 1/);
    expect(useExplain.getState().settings.inputScaling).toBe('signed');
    await expect.poll(() => location.hash).toContain('scaling=signed');
    expect(calls.at(-1)).toMatchObject({ method: 'analyse', request: { scaling: 'signed' } });
  });

  it('is said as chosen, and taken back', async () => {
    const shown = picture();
    await show(analysis(guess('unit'), { doubt: cannotTell }), shown);
    await answered(all);
    await show(analysis(guess('unit'), { chosen: 'signed', doubt: null }), shown);
    expect(document.querySelector('.doubt')).toBeNull();
    expect(named()).toBe('Input scaling is chosen');
    expect(beside()).toContain('By the scaling “-1 to 1”, as chosen.');
    // What was tried on this picture is still true.
    expect(offers()[1]).toBe('Keep -1 to 1chosenhorn50.0 %');
    expect(offers()[2]).toBe('Use ImageNet mean and deviationchurch80.0 %');
    expect(trialCalls()).toHaveLength(1);
    useExplain.setState(({ settings }) => ({ settings: { ...settings, inputScaling: 'signed' } }));
    await press(/^As guessed: 0 to 1$/);
    expect(useExplain.getState().settings.inputScaling).toBe('auto');
  });

  it('against what the file says is told as that', async () => {
    const own = { ...guess('bytes'), isGuess: false, reason: 'Its first layer is a rescaling.' };
    await show(analysis(own, { chosen: 'unit' }));
    expect(beside()).toContain('As its file says: 0 to 255');
    expect(trialCalls()).toEqual([]);
  });
});

describe('a guess that fits', () => {
  it('is said in a line; the others are tried when they are asked for', async () => {
    await show(analysis(guess('signed'), { doubt: null }));
    expect(document.querySelector('.doubt')).toBeNull();
    expect(named()).toBe('Input scaling is a guess that fits');
    expect(beside()).toContain(
      'By the guessed scaling “-1 to 1”, which fits what the network remembers of its training.',
    );
    expect(trialCalls()).toEqual([]);
    await act(async () => {
      (document.querySelector('details') as HTMLDetailsElement).open = true;
      await new Promise((resolve) => setTimeout(resolve));
    });
    expect(trialCalls()).toHaveLength(1);
  });
});

describe('the trials', () => {
  it('wait for the analysis, end when another begins, and start again after it', async () => {
    await act(async () =>
      useExplain.setState({
        analysis: analysis(guess('unit'), { doubt: cannotTell }),
        picture: picture(),
        progress: { text: 'Explaining', fraction: null },
      }),
    );
    expect(calls).toEqual([]);
    await act(async () => useExplain.setState({ progress: null }));
    expect(trialCalls()).toHaveLength(1);
    expect(trialCalls()[0].signal.aborted).toBe(false);
    await act(async () => useExplain.setState({ progress: { text: 'Explaining', fraction: null } }));
    expect(trialCalls()[0].signal.aborted).toBe(true);
    expect(useScalingTrials.getState().problem).toBeNull();
    await act(async () => useExplain.setState({ progress: null }));
    expect(trialCalls()).toHaveLength(2);
  });

  it('of a picture that is gone are forgotten, and so is an answer that comes late', async () => {
    await show(analysis(guess('unit'), { doubt: cannotTell }), picture('horn'));
    const [late] = trialCalls();
    await show(analysis(guess('unit'), { doubt: cannotTell }), picture('church'));
    expect(late.signal.aborted).toBe(true);
    await act(async () => late.resolve([{ scaling: 'signed', answers: [answer('of the first', 1)] }]));
    expect(useScalingTrials.getState().trials).toBeNull();
    await answered(all);
    expect(offers()[1]).toBe('Use -1 to 1church90.0 %');
    await show(analysis({ ...guess('unit'), isGuess: false }), picture('third'));
    expect(useScalingTrials.getState().trials).toBeNull();
  });

  it('are of one network: another one, or another output of it, is tried anew', async () => {
    const shown = picture();
    await show(analysis(guess('unit'), { doubt: cannotTell }), shown);
    await answered(all);
    useExplain.setState(({ settings }) => ({ settings: { ...settings, output: 'another' } }));
    await show(analysis(guess('unit'), { doubt: cannotTell }), shown);
    expect(trialCalls()).toHaveLength(2);
    expect(trialCalls()[1].request.reading?.output).toBe('another');
  });
});

// Nothing is written into an address when there is no page any more.
afterAll(async () => (await import('../address-writing')).dropPendingWrite());
