// @vitest-environment page
import '../../../ui/page-testing';

import { act, useEffect } from 'react';
import { expect, it, vi } from 'vitest';
import { type OpenPicture, useExplain } from '../../../state/explain-store';
import { rootOfEmptyPage } from '../../../ui/root-testing';
import { usePreview } from './use-preview';

it('another picture is never drawn by the address of the one before, which is gone', async () => {
  const known = new Set<string>();
  const count = { made: 0 };
  Object.assign(URL, {
    createObjectURL: () => {
      const url = `blob:${count.made++}`;
      known.add(url);
      return url;
    },
    revokeObjectURL: (url: string) => known.delete(url),
  });
  /** What is drawn, and whether it can be. */
  const drawn = vi.fn<(url: string | null, isThere: boolean) => void>();
  function Figure() {
    const url = usePreview();
    useEffect(() => drawn(url, url === null || known.has(url)));
    return null;
  }
  const open = (name: string) =>
    act(async () => useExplain.setState({ picture: { preview: new Blob([name]) } as OpenPicture }));
  const root = rootOfEmptyPage();
  await open('first');
  await act(async () => root.render(<Figure />));
  await open('second');
  expect(drawn).toHaveBeenCalledWith('blob:0', true);
  expect(drawn).toHaveBeenLastCalledWith('blob:1', true);
  expect(drawn.mock.calls.filter(([, isThere]) => !isThere)).toEqual([]);
  await act(async () => root.unmount());
  expect(known.size).toBe(0);
});
