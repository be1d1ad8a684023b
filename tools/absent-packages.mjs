import path from 'node:path';

/** What stands for packages that nothing here leads to, by their names, for a bundler. */
export const absentPackages = Object.fromEntries(
  ['canvg', 'dompurify', 'html2canvas'].map((name) => [name, path.join(import.meta.dirname, 'absent.ts')]),
);
