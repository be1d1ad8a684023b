import { useEffect } from 'react';

export function Study() {
  useEffect(() => {
    document.title = 'Study – Supersign';
  }, []);
  return <p role="status">Ready</p>;
}
