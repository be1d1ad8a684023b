import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');
const texts = [
  'README.md',
  ...(readdirSync(path.join(root, 'docs'), { recursive: true }) as string[])
    .filter((file) => file.endsWith('.md'))
    .map((file) => path.join('docs', file)),
];

/** What a text in Markdown links to and shows, without anchors and without addresses of other hosts. */
function linksIn(text: string): string[] {
  const prose = text.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(([^)\s]+)(?: "[^"]*")?\)|(?:src|href)="([^"]+)"/g)]
    .map(([, link, attribute]) => (link ?? attribute).split('#')[0])
    .filter((link) => link !== '' && !/^[a-z]+:/.test(link));
}

describe.each(texts)('%s', (file) => {
  it('links to files that exist', () => {
    const links = linksIn(readFileSync(path.join(root, file), 'utf8'));
    const missing = links.filter((link) => !existsSync(path.join(root, path.dirname(file), decodeURI(link))));
    expect(missing).toEqual([]);
  });
});

it('finds links, pictures and attributes, and leaves out code, anchors and other hosts', () => {
  expect(
    linksIn(
      'A [link](docs/a.md#part), ![a picture](b.png "title"), <img src="c.svg">, [x](https://host/d), [y](#here), `[z](e.md)`\n```md\n[w](f.md)\n```\n',
    ),
  ).toEqual(['docs/a.md', 'b.png', 'c.svg']);
});
