import { useEffect, useState } from 'react';
import { useExplain } from '../../../state/explain-store';

/** Address of the picture on screen, as long as it is there; null until it has one, and never that of the picture before. */
export function usePreview(): string | null {
  const preview = useExplain((state) => state.picture?.preview ?? null);
  const [made, setMade] = useState<{ preview: Blob; url: string } | null>(null);
  useEffect(() => {
    if (!preview) return;
    const url = URL.createObjectURL(preview);
    setMade({ preview, url });
    return () => URL.revokeObjectURL(url);
  }, [preview]);
  return made?.preview === preview ? (made?.url ?? null) : null;
}
