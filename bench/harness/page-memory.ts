import type { Page } from '@playwright/test';
import { slope } from './statistics';

/** Bytes of the page, and of its workers, WebAssembly's memory included. */
export interface PageMemory {
  page: number;
  workers: number;
}

/**
 * Kilobytes a step by which memory grows, when caches are filled and WebAssembly's memory has its size: the slope after the first fifth.
 * @param curve steps that are done, and bytes that are held then
 */
export function growth(curve: readonly { done: number; bytes: number }[]): number {
  const total = curve[curve.length - 1].done;
  const steady = curve.filter(({ done }) => done > total / 5);
  return (
    slope(
      steady.map(({ done }) => done),
      steady.map(({ bytes }) => bytes),
    ) / 1000
  );
}

/** "41.2 MB after 50" */
export const megabytesAfter = ({ page, workers }: PageMemory, done: number) =>
  `${((page + workers) / 1e6).toFixed(1)} MB after ${done}`;

interface AgentMemory {
  breakdown: { bytes: number; attribution: { scope: string }[] }[];
}

export function pageMemory(page: Page): Promise<PageMemory> {
  return page.evaluate(async () => {
    const { breakdown } = await (
      performance as unknown as { measureUserAgentSpecificMemory(): Promise<AgentMemory> }
    ).measureUserAgentSpecificMemory();
    const memory = { page: 0, workers: 0 };
    for (const { bytes, attribution } of breakdown) {
      const inWorker = attribution.some(({ scope }) => scope !== 'Window');
      memory[inWorker ? 'workers' : 'page'] += bytes;
    }
    return memory;
  });
}
