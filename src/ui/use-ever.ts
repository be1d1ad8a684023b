import { useState } from 'react';

/** Whether something is so, or has been since the component came to the page. */
export function useEver(isSo: boolean): boolean {
  const [was, setWas] = useState(false);
  if (isSo && !was) setWas(true);
  return was || isSo;
}
