/** 0.941 as "94 %", but never all or none where it is not. */
export const percent = (share: number): string => {
  const rounded = Math.round(share * 100);
  if (rounded === 100 && share < 1) return `${(Math.floor(share * 1000) / 10).toFixed(1)} %`;
  if (rounded === 0 && share > 0) return `${(Math.ceil(share * 1000) / 10).toFixed(1)} %`;
  return `${rounded} %`;
};
