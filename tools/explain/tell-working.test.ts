import { expect, it } from 'vitest';
import type { Event } from '../study/study-events';
import { workingTeller } from './tell-working';

/** What goes to each stream while a picture is weighed and then done. */
function toldOn(terminal: { stdout: boolean; stderr: boolean }) {
  const events: Event[] = [];
  let lines = '';
  const teller = workingTeller((event) => events.push(event), {
    stdout: { isTTY: terminal.stdout },
    stderr: {
      isTTY: terminal.stderr,
      write: (text) => {
        lines += text;
      },
    },
  });
  teller.working('a/b.jpg', { type: 'working', doing: 'Weighing signs', share: 0.3456 });
  teller.working('a/b.jpg', { type: 'working', doing: 'Weighing signs', share: 0.999 });
  teller.tell({ event: 'picture', path: 'a/b.jpg' });
  return { events, lines };
}

const first = { event: 'working', path: 'a/b.jpg', doing: 'Weighing signs', share: 0.346 };

it('a program hears events, and no line is written to a file', () => {
  const { events, lines } = toldOn({ stdout: false, stderr: false });
  expect(events).toEqual([first, { ...first, share: 0.999 }, { event: 'picture', path: 'a/b.jpg' }]);
  expect(lines).toBe('');
});

it('a person sees one line, which goes before the next event', () => {
  const { events, lines } = toldOn({ stdout: true, stderr: true });
  expect(events).toEqual([{ event: 'picture', path: 'a/b.jpg' }]);
  expect(lines.split('\r\u001b[2K')).toEqual([
    '',
    'a/b.jpg: Weighing signs, 34 % done',
    'a/b.jpg: Weighing signs, 99 % done',
    '',
  ]);
});

it('where events go elsewhere the person has the line and the program the events', () => {
  const { events, lines } = toldOn({ stdout: false, stderr: true });
  expect(events).toHaveLength(3);
  expect(lines).toContain('34 % done');
});
