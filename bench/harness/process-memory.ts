import { readFileSync } from 'node:fs';
import type { Browser } from '@playwright/test';
import { browserProcesses } from './browser';

/**
 * Bytes of memory that the browser's processes hold for themselves, file mappings left out; null where the system does
 * not tell (`/proc` is Linux's).
 */
export const browserMemory = (browser: Browser): Promise<number | null> =>
  memoryOf(() => browserProcesses(browser));

async function memoryOf(processes: () => Promise<number[]>): Promise<number | null> {
  if (process.platform !== 'linux') return null;
  return (await processes()).reduce((sum, id) => sum + processMemory(id), 0);
}

function processMemory(id: number): number {
  let status: string;
  try {
    status = readFileSync(`/proc/${id}/status`, 'utf8');
  } catch {
    // It ended since the browser named it.
    return 0;
  }
  const kilobytes = (field: string) => Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0);
  return 1024 * (kilobytes('RssAnon') + kilobytes('RssShmem'));
}

/**
 * Reads the memory of a browser every 50 ms until `work` ends; gives what it held before and at its peak.
 * @param processes ids of its processes
 */
export async function peakMemory(
  processes: () => Promise<number[]>,
  work: () => Promise<void>,
): Promise<{ before: number; peak: number } | null> {
  const before = await memoryOf(processes);
  if (before === null) {
    await work();
    return null;
  }
  let peak = before;
  let working = true;
  const watch = (async () => {
    while (working) {
      peak = Math.max(peak, (await memoryOf(processes)) ?? 0);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();
  try {
    await work();
  } finally {
    working = false;
    await watch;
  }
  return { before, peak };
}
