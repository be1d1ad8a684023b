// @vitest-environment page
import { expect, it, vi } from 'vitest';
import { useDecision } from '../../../state/decision-store';
import { useExplain } from '../../../state/explain-store';
import { analysed } from '../explain-testing';
import { begin, watchDecisions } from './decision-controller';

interface Call {
  method: string;
  answer(result: unknown): void;
  signal: AbortSignal;
}

const calls = vi.hoisted(() => [] as Call[]);

// Answers when it is told to, and not once it was given up.
vi.mock('../../../engine/engine-client', () => ({
  engine: {
    call: (method: string, _: unknown, { signal }: { signal: AbortSignal }) =>
      new Promise((answer, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
        calls.push({ method, answer, signal });
      }),
  },
}));

const methods = () => calls.map(({ method }) => method);

it('gives up weighing for what somebody asks for, and weighs behind it', async () => {
  useExplain.setState({ ...(await analysed()), weights: null, progress: null });
  const end = watchDecisions();
  await expect.poll(methods).toEqual(['weighSigns']);
  begin('curves');
  expect(calls[0].signal.aborted).toBe(true);
  expect(methods()).toEqual(['weighSigns', 'curves']);
  expect(useDecision.getState().running?.task).toBe('curves');
  // Signs that are found anew end no more than their own weighing.
  useExplain.setState(({ signs }) => ({ signs: signs && { ...signs } }));
  expect(calls[1].signal.aborted).toBe(false);
  const result = { deletion: [1, 0], insertion: [0, 1] };
  calls[1].answer(result);
  const { layer } = useExplain.getState();
  await expect.poll(() => useDecision.getState().curves).toEqual({ layer, result });
  expect(useDecision.getState().running).toBeNull();
  await expect.poll(methods).toEqual(['weighSigns', 'curves', 'weighSigns']);
  end();
});
