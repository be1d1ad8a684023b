// @vitest-environment page
import { act } from 'react';
import type { Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { chooseOne, useChoice } from '../state/choice';
import { rootOfEmptyPage } from '../ui/root-testing';
import { ChoiceDialog } from './ChoiceDialog';

let root: Root;

beforeEach(async () => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  // As browsers have it: the dialog is closed at once, and says so later.
  const prototype = HTMLDialogElement.prototype as { showModal(): void; close(): void };
  prototype.showModal = function (this: HTMLDialogElement) {
    this.open = true;
  };
  prototype.close = function (this: HTMLDialogElement) {
    this.open = false;
  };
  root = rootOfEmptyPage();
  await act(async () => root.render(<ChoiceDialog />));
});

afterEach(async () => {
  await act(async () => root.unmount());
});

const question = (text: string) => ({ title: 'Which network?', text, options: ['a.onnx', 'b.onnx'] });
const openDialog = () => document.querySelector('dialog[open]');

async function ask(text: string) {
  const answers: (number | null)[] = [];
  await act(async () => void chooseOne(question(text)).then((answer) => answers.push(answer)));
  return answers;
}

test('a question that comes before the last dialog has said that it was closed is asked', async () => {
  const first = await ask('2 networks came together.');
  const closed = openDialog() as HTMLDialogElement;
  closed.close();
  const second = await ask('2 networks came together again.');
  expect(first).toEqual([null]);
  expect(openDialog()?.textContent).toContain('again');
  await act(async () => void closed.dispatchEvent(new Event('close')));
  expect(openDialog()?.textContent).toContain('again');
  await act(async () => document.querySelectorAll<HTMLElement>('.choices button')[1].click());
  expect(second).toEqual([1]);
  expect(openDialog()).toBeNull();
});

test('an answer to an earlier question leaves the one that waits', async () => {
  const first = await ask('2 networks came together.');
  const { asked } = useChoice.getState();
  const second = await ask('2 networks came together again.');
  await act(async () => asked?.answer(0));
  expect([first, second]).toEqual([[null], []]);
  expect(openDialog()).not.toBeNull();
});
