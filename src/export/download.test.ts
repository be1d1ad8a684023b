// @vitest-environment page
import { expect, it, vi } from 'vitest';
import { download } from './download';

it('offers the bytes under their name, leaves no link behind and frees them later', () => {
  vi.useFakeTimers();
  const revoked = vi.fn();
  Object.assign(URL, { createObjectURL: () => 'blob:x', revokeObjectURL: revoked });
  const clicked: string[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    clicked.push(`${this.download} ${this.href}`);
  });
  download(new Uint8Array([1]), 'image/png', 'supersign-a.png');
  expect(clicked).toEqual(['supersign-a.png blob:x']);
  expect(document.querySelector('a')).toBeNull();
  expect(revoked).not.toHaveBeenCalled();
  vi.runAllTimers();
  expect(revoked).toHaveBeenCalledWith('blob:x');
  vi.useRealTimers();
});
