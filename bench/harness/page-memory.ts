import type { Page } from '@playwright/test';

interface AgentMemory {
  breakdown: { bytes: number; attribution: { scope: string }[] }[];
}

/** Bytes of the page, and of its workers, WebAssembly's memory included. */
export function pageMemory(page: Page): Promise<{ page: number; workers: number }> {
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
