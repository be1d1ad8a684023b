import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface AxeRun {
  axe?: {
    run(options: { resultTypes: string[] }): Promise<{
      violations: { id: string; help: string; nodes: { html: string }[] }[];
    }>;
  };
}

/** What axe-core finds wrong, a line each. */
export async function violations(page: Page): Promise<string[]> {
  // Not as a script of the page: its policy lets none in.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe);
  return page.evaluate(async () => {
    const { axe } = window as unknown as Required<AxeRun>;
    // Of what is right, axe would describe every node as well.
    const { violations } = await axe.run({ resultTypes: ['violations'] });
    return violations.map(
      ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(' ')}`,
    );
  });
}
