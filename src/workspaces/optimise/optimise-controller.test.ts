// @vitest-environment page
import { expect, it } from 'vitest';
import { openAddress } from './optimise-controller';
import { useOptimise } from './optimise-store';

it('the settings of the address are there before the browser has said what it keeps', async () => {
  location.hash = '#optimise?preset=lenet5&epochs=3&seed=9';
  let answer = () => {};
  const opened = openAddress(() => new Promise((resolve) => (answer = resolve)));
  expect(useOptimise.getState().settings).toMatchObject({ preset: 'lenet5', epochs: 3, seed: 9 });
  answer();
  await opened;
});

it('what the address says comes before the settings of a kept training', async () => {
  location.hash = '#optimise?epochs=3';
  await openAddress(async () => {
    const { settings } = useOptimise.getState();
    useOptimise.setState({ settings: { ...settings, epochs: 40, seed: 9 } });
  });
  expect(useOptimise.getState().settings.epochs).toBe(3);
});

it('an address without settings leaves those of a kept training', async () => {
  location.hash = '#optimise';
  await openAddress(async () => {
    const { settings } = useOptimise.getState();
    useOptimise.setState({ settings: { ...settings, epochs: 40 } });
  });
  expect(useOptimise.getState().settings.epochs).toBe(40);
});
