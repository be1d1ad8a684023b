// @vitest-environment page
import { afterAll, expect, it, vi } from 'vitest';
import type { NetworkRequest } from '../../../network/network-request';
import { useAlerts } from '../../../state/alerts';
import { openNetwork } from '../explain-controller';

const asked: NetworkRequest[] = [];

// What the engine's worker answers to a network that takes much: the question, until the request says that it is wanted.
vi.mock('../../../engine/engine-client', () => ({
  engine: {
    call: async (_: string, request: NetworkRequest) => {
      asked.push(request);
      throw request.evenIfLarge
        ? Object.assign(new Error('This file is no ONNX network.'), { name: 'NetworkError' })
        : Object.assign(new Error('wide needs about 3.1 GB and 40 s a picture. Go on?'), {
            name: 'NetworkIsLargeError',
          });
    },
  },
  measures: { call: async () => [] },
}));

it('asks before a network that takes much, and goes on when told to', async () => {
  const model = 'https://example.org/wide.onnx';
  expect(await openNetwork(model)).toBe(false);
  expect(asked).toHaveLength(1);
  expect(asked[0].evenIfLarge).toBeUndefined();
  const [{ text, action }] = useAlerts.getState().alerts;
  expect(text).toBe('wide needs about 3.1 GB and 40 s a picture. Go on?');
  expect(action?.title).toBe('Go on');
  action?.run();
  await expect.poll(() => asked).toHaveLength(2);
  expect(asked[1]).toMatchObject({ network: { kind: 'address', address: model }, evenIfLarge: true });
  await expect.poll(() => useAlerts.getState().alerts[0]?.text).toContain('could not be opened');
  expect(useAlerts.getState().alerts[0].action).toBeUndefined();
});

// Nothing is written into an address when there is no page any more.
afterAll(async () => (await import('../address-writing')).dropPendingWrite());
