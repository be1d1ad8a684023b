// @vitest-environment page
import '../../../ui/page-testing';

import { act, useRef } from 'react';
import type { Root } from 'react-dom/client';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { rootOfEmptyPage } from '../../../ui/root-testing';

vi.mock('../../../engine/engine-client', () =>
  import('../../../engine/measure/measure-testing').then((module) => module.measuringEngine),
);

const { useExplain } = await import('../../../state/explain-store');
const { analysis, picture } = await import('../explain-testing');
const { InTurn, Turns, useTurnMarks } = await import('./InTurn');

/** What was on the page each time a figure had been rendered. */
const seen: string[] = [];

/** Says of which network it is. */
function Figure({ name }: { name: string }) {
  const figure = useRef<HTMLElement>(null);
  useTurnMarks(figure);
  const id = useExplain((state) => state.analysis?.network.id ?? 'none');
  return (
    <figure
      ref={(element) => {
        figure.current = element;
        if (element) seen.push(onPage());
      }}
      aria-label={name}
    >
      {id}
    </figure>
  );
}

/** "picture first, flow none busy earlier" */
const onPage = () =>
  [...document.querySelectorAll('figure')]
    .map((figure) =>
      [
        figure.getAttribute('aria-label'),
        figure.textContent,
        ...(figure.getAttribute('aria-busy') === 'true' ? ['busy'] : []),
        ...(figure.hasAttribute('data-earlier') ? ['earlier'] : []),
      ].join(' '),
    )
    .join(', ');

let root: Root;
const show = (id: string) =>
  act(async () =>
    useExplain.setState({ picture, analysis: { ...analysis, network: { ...analysis.network, id } } }),
  );

beforeAll(async () => {
  root = rootOfEmptyPage();
  await act(async () =>
    root.render(
      <>
        <InTurn name="flow">
          <Figure name="flow" />
        </InTurn>
        <InTurn name="entropy">
          <Figure name="entropy" />
        </InTurn>
        <InTurn name="picture" atOnce>
          <Figure name="picture" />
        </InTurn>
        <Turns />
      </>,
    ),
  );
});
afterAll(() => act(async () => root.unmount()));
beforeEach(() => {
  seen.length = 0;
});

it('all parts come to the page in the end', () => {
  expect(onPage()).toBe('flow none, entropy none, picture none');
});

it('figures draw what arrives one after the other, and those that wait are marked', async () => {
  await show('first');
  expect(seen).toEqual([
    'flow none busy earlier, entropy none busy earlier, picture first',
    'flow none busy earlier, entropy first, picture first',
    'flow first, entropy first, picture first',
  ]);
});

it('in the end no figure is busy and all are of one analysis', async () => {
  await show('second');
  expect(onPage()).toBe('flow second, entropy second, picture second');
});

it('what a hand asks the state for is always the newest', async () => {
  const asked: (string | undefined)[] = [];
  const end = useExplain.subscribe(() => asked.push(useExplain.getState().analysis?.network.id));
  await show('third');
  end();
  expect(asked).toEqual(['third']);
});
