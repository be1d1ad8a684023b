import { useEffect, useState } from 'react';
import { useExplain } from '../../../state/explain-store';

/** Address of the picture on screen, as long as it is there. */
export function usePreview(): string | null {
  const preview = useExplain((state) => state.picture?.preview ?? null);
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (!preview) return;
    const made = URL.createObjectURL(preview);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [preview]);
  return url;
}
