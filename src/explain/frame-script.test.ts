import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { frameScript } from './frame-script';

const tools = path.resolve(import.meta.dirname, '../../tools');
const policies = existsSync(tools)
  ? readdirSync(tools).filter((name) => /content-policy\.ts$/.test(name))
  : [];

describe('what the frame runs', () => {
  it('is a script', () => {
    expect(() => new Function(frameScript)).not.toThrow();
    // The browser's parser would end the script there.
    expect(frameScript).not.toContain('</');
  });

  it.skipIf(policies.length === 0)('is let run by the policy of the page, by its check sum', async () => {
    const { contentPolicy } = await import(path.join(tools, policies[0]));
    const sum = createHash('sha256').update(frameScript).digest('base64');
    expect(contentPolicy).toContain(`'sha256-${sum}'`);
  });
});
