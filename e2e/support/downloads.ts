import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { file, type TestFile } from './files';

/** Clicks through to a download and gives the file as it would be opened again. */
export async function saved(page: Page, work: () => Promise<void>): Promise<TestFile> {
  const download = page.waitForEvent('download');
  await work();
  const finished = await download;
  return file(finished.suggestedFilename(), await readFile(await finished.path()));
}

export const saveAnalysis = (page: Page): Promise<TestFile> =>
  saved(page, () => page.getByRole('button', { name: 'Export analysis' }).click());

/** Saves a figure by the entry of its export menu, such as "PNG, 300 dpi". */
export const saveFigure = (page: Page, figure: string, kind: string): Promise<TestFile> =>
  saved(page, async () => {
    await page.getByRole('button', { name: `Export ${figure}` }).click();
    await page.getByRole('menuitem', { name: kind, exact: true }).click();
  });

/** The analysis file as the contract has it; written down here a second time, so that the two can differ. */
export interface Analysis {
  schema: string;
  version: number;
  app: { version: string };
  image: { name: string; width: number; height: number; sha256: string; source?: string; input: string };
  model: {
    name: string;
    format: string;
    sha256: string;
    inputShape: number[];
    output?: { name: string; kind: string; is: string; reason: string };
  };
  backend: { name: string; adapter: string | null; threads: number };
  predictions: { index: number; label: string; probability: number; logit: number }[];
  scaling: {
    name: string | null;
    source: string;
    factor: number[];
    offset: number[];
    bgr: boolean;
    reason: string;
  };
  target: {
    index: number;
    label: string;
    kind?: string;
    value?: number;
    place?: [number, number] | null;
    box?: number;
    part?: string;
  };
  settings: {
    method: string;
    entropy: { measure: string; levels: number; grid: string; neighbourhood: 4 | 8 };
    signs: { tau: number; theta: number };
  };
  layers: {
    index: number;
    name: string;
    kind: string;
    shape: [number, number, number];
    map: { width: number; height: number; float32: string };
    entropy: {
      value: number | null;
      null: { mean: number; sd: number } | null;
      structure: number | null;
    };
    marginal: number | null;
    conditional: number | null;
    signs: {
      id: number;
      area: number;
      mass: number;
      share: number;
      peak: [number, number, number];
      centroid: [number, number];
      box: [number, number, number, number];
      persistence: number;
      weight: number | null;
      weightAtInput?: number;
    }[];
  }[];
  transitions: {
    from: number;
    to: number;
    resizes: boolean;
    change: number | null;
    classFormation: number | null;
    complexFormation: number | null;
    null: { change: number; classFormation: number; complexFormation: number } | null;
    happens: boolean | null;
    links: { from: number; to: number; share: number }[];
  }[];
  timings: Record<'decode' | 'forward' | 'saliency' | 'entropy' | 'signs', number | null>;
}

export const analysisIn = ({ buffer }: TestFile): Analysis => JSON.parse(buffer.toString('utf8'));

/** Little-endian float32 values out of base64. */
export function floats(base64: string): Float32Array {
  const bytes = Buffer.from(base64, 'base64');
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(i * 4));
}
