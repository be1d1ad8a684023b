import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface AxeRun {
  axe?: {
    run(options: {
      resultTypes: string[];
      rules?: Record<string, { enabled: boolean }>;
      runOnly?: string[];
    }): Promise<{
      violations: { id: string; help: string; nodes: { html: string }[] }[];
    }>;
  };
}

/** Everything there are rules for, or only those that ask for colours: enough where nothing but colours is other than in a look that was seen. */
export type Rules = 'all' | 'of colours';

/** What axe-core finds wrong, a line each. */
export async function violations(page: Page, asked: Rules = 'all'): Promise<string[]> {
  // Not as a script of the page: its policy lets none in.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe);
  return page.evaluate(async (asked) => {
    // In the middle of a change of colours contrasts are nobody's.
    for (const change of document.getAnimations())
      if (Number.isFinite(Number(change.effect?.getComputedTiming().endTime))) change.finish();
    const { axe } = window as unknown as Required<AxeRun>;
    // Of what is right, axe would describe every node as well. The rule of WCAG 2.2 AA that it has is off by itself.
    const size = 'target-size';
    // What is seen on a control is in its name, for who speaks to it: 2.5.3 of WCAG, which axe counts among its experiments.
    const rules = { [size]: { enabled: true }, 'label-content-name-mismatch': { enabled: true } };
    const which = asked === 'all' ? { rules } : { runOnly: ['color-contrast', 'link-in-text-block'] };
    const { violations } = await axe.run({ resultTypes: ['violations'], ...which });
    const small = violations.find(({ id }) => id === size);
    if (small) {
      // Of a target half under the player only the other half counts: what is too small is so elsewhere on the screen too.
      window.scrollBy(0, 100);
      const again = await axe.run({ resultTypes: ['violations'], runOnly: [size] });
      window.scrollBy(0, -100);
      const still = new Set(again.violations.flatMap(({ nodes }) => nodes.map(({ html }) => html)));
      small.nodes = small.nodes.filter(({ html }) => still.has(html));
    }
    return violations
      .filter(({ nodes }) => nodes.length > 0)
      .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(' ')}`);
  }, asked);
}

/** Colours of the page, with what is to be asked of each: the first look at a width asks everything. */
export const looks = { light: 'all', dark: 'of colours' } as const satisfies Record<string, Rules>;

/** Looks at a page in light and dark colours, on a desk and on a phone, as they change under it. */
export async function inEveryLook(
  page: Page,
  look: (what: string, width: number, rules: Rules) => Promise<void>,
): Promise<void> {
  for (const size of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    await page.setViewportSize(size);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await look(`${colorScheme}, ${size.width} pixels`, size.width, looks[colorScheme]);
    }
  }
}
