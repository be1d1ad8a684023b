// @vitest-environment page
import { expect, it } from 'vitest';
import { ownIds } from './own-ids';

it('renames ids and all that refers to them, and leaves colours alone', () => {
  const holder = document.createElement('div');
  holder.innerHTML =
    '<svg><defs><clipPath id="c"></clipPath><image id="fff"></image></defs><g clip-path="url(#c)"><use href="#fff"></use></g><path fill="#000" stroke="url(#gone)"></path></svg>';
  ownIds(holder.querySelector('svg') as SVGSVGElement, 'p1-');
  expect(holder.innerHTML).toBe(
    '<svg><defs><clipPath id="p1-c"></clipPath><image id="p1-fff"></image></defs><g clip-path="url(#p1-c)"><use href="#p1-fff"></use></g><path fill="#000" stroke="url(#gone)"></path></svg>',
  );
});
