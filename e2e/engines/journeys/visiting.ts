import { expect } from 'vitest';
import type { Journeys } from '../setting';
import { openAnew, openPage, quick, readyText, shown } from './explain-steps';

export const visiting: Journeys = {
  async 'a first visit shows an analysis without a click'({ visitor, address }) {
    await openAnew(visitor, address);
    await shown(visitor, 'French horn');
    await visitor.sees('img', /^Saliency of conv5_2/);
    await visitor.sees('img', 'All layers');
    const machine = await visitor.ask<{ isolated: boolean; cores: number }>(
      '({ isolated: crossOriginIsolated, cores: navigator.hardwareConcurrency })',
    );
    expect(machine.isolated).toBe(true);
    const said = await visitor.text('status', undefined, readyText);
    expect(said).toMatch(/on WebAssembly \(\d+ threads?\)$/);
  },

  async 'scripts that are not files of the page do not run'({ visitor, address }) {
    await openPage(visitor, `${address}#explain?${quick}`);
    await visitor.ask(`(() => {
      window.refused = 0;
      document.addEventListener('securitypolicyviolation', () => { window.refused += 1; });
      const run = (set) => {
        const script = document.createElement('script');
        set(script);
        document.head.append(script);
      };
      run((script) => { script.textContent = 'window.ran = "inline"'; });
      run((script) => { script.src = 'data:text/javascript,window.ran="data"'; });
      run((script) => {
        script.src = URL.createObjectURL(new Blob(['window.ran = "blob"'], { type: 'text/javascript' }));
      });
    })()`);
    await visitor.until<number>('all three are refused', 'window.refused', (refused) => refused >= 3);
    expect(await visitor.ask('String(window.ran)')).toBe('undefined');
  },
};
