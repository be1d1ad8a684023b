import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { contentPolicy } from '../../../../tools/content-policy';
import { frameScript } from './frame-script';

describe('what the frame runs', () => {
  it('is a script', () => {
    expect(() => new Function(frameScript)).not.toThrow();
    // The browser's parser would end the script there.
    expect(frameScript).not.toContain('</');
  });

  it('is let run by the policy of the page, by its check sum', () => {
    const sum = createHash('sha256').update(frameScript).digest('base64');
    expect(contentPolicy).toContain(`'sha256-${sum}'`);
  });
});
