import { useEffect } from 'react';

export function Optimise() {
  useEffect(() => {
    document.title = 'Optimise – Supersign';
  }, []);
  return <p role="status">Ready</p>;
}
