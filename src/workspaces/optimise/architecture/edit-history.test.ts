import { expect, it } from 'vitest';
import { edited, newHistory, redone, undone } from './edit-history';

it('takes edits back one by one and does them again', () => {
  const history = edited(edited(newHistory('a'), 'b'), 'c');
  const back = undone(undone(history));
  expect(back.present).toBe('a');
  expect(undone(back)).toBe(back);
  expect(redone(back).present).toBe('b');
  expect(redone(redone(back)).present).toBe('c');
  expect(redone(history)).toBe(history);
});

it('forgets what was taken back when something else is done', () => {
  const history = edited(undone(edited(newHistory('a'), 'b')), 'c');
  expect(redone(history).present).toBe('c');
  expect(undone(history).present).toBe('a');
});

it('keeps the last two hundred edits', () => {
  let history = newHistory(0);
  for (let i = 1; i <= 250; i++) history = edited(history, i);
  expect(history.past).toHaveLength(200);
  expect(history.past[0]).toBe(50);
});
