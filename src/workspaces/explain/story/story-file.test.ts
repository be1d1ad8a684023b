// @vitest-environment page
import { expect, it } from 'vitest';
import { speak } from '../../../text/say';
import { markupOf } from './export-story';
import { escapeHtml, type StoryFile, storyFile } from './story-file';
import { storyFileScript, storyFileStyle } from './story-file-parts';

const hostile = `</title><script>alert(1)</script><img src=x onerror="alert('2')">&amp;"'`;

const file = (more: Partial<StoryFile> = {}): StoryFile => ({
  ...{ title: hostile, footer: hostile, pictures: new Map(), fontFace: '' },
  nonce: 'bm9uY2U=',
  steps: [
    { title: hostile, says: [hostile, 'second'], picture: null, chart: null, seconds: 4 },
    { title: 'two', says: ['third'], picture: '<svg id="x"></svg>', chart: '<svg id="y"></svg>', seconds: 5 },
  ],
  ...more,
});

const parsed = (given: StoryFile) => new DOMParser().parseFromString(storyFile(given), 'text/html');

it('writes names as text, whatever they hold', () => {
  const page = parsed(file());
  expect(page.title).toBe(hostile);
  expect(page.querySelector('h2')?.textContent).toBe(hostile);
  expect(page.querySelector('.words p')?.textContent).toBe(hostile);
  expect(page.querySelector('footer')?.firstChild?.textContent).toBe(hostile);
  expect(page.querySelectorAll('script, img, iframe, object, link, base')).toHaveLength(1);
  expect(
    [...page.querySelectorAll('*')]
      .flatMap(({ attributes }) => [...attributes])
      .filter(({ name }) => name.startsWith('on')),
  ).toEqual([]);
  expect(escapeHtml(`<a b='c' d="e">&`)).toBe('&lt;a b=&#39;c&#39; d=&quot;e&quot;&gt;&amp;');
});

it('lets no script run but its own, and refers to nothing outside', () => {
  const plain = file({ title: 'Horn', footer: 'photos10', steps: file().steps.slice(1) });
  const text = storyFile(plain);
  const page = parsed(plain);
  const policy = page.querySelector('meta[http-equiv="Content-Security-Policy"]')?.getAttribute('content');
  const script = page.querySelector('script')?.textContent ?? '';
  expect(policy).toContain("script-src 'nonce-bm9uY2U='");
  expect(page.querySelector('script')?.getAttribute('nonce')).toBe('bm9uY2U=');
  expect(policy).toContain("default-src 'none'");
  expect(script).toBe(storyFileScript);
  expect(text).not.toMatch(/https?:|\/\/[a-z]|@import|url\((?!data:)|src=(?!["']?data:)/);
  // What would end its element early stands in neither part.
  expect(storyFileScript + storyFileStyle).not.toMatch(/<\/(script|style)/i);
  // The script writes text only.
  expect(storyFileScript).not.toMatch(/innerHTML|outerHTML|insertAdjacent|document\.write|eval|Function\(/);
});

it('holds every step, with its figures and its time', () => {
  const sections = [...parsed(file()).querySelectorAll<HTMLElement>('section.step')];
  expect(sections.map((step) => step.getAttribute('aria-label'))).toEqual(['Step 1 of 2', 'Step 2 of 2']);
  expect(sections.map((step) => [step.querySelectorAll('svg').length, step.dataset.seconds])).toEqual([
    [0, '4'],
    [2, '5'],
  ]);
});

it('speaks the language of the page', async () => {
  speak('zh', (await import('../../../text/zh')).zh);
  const page = parsed(file());
  speak('en');
  expect(page.documentElement.lang).toBe('zh-Hans');
  expect([...page.querySelectorAll('button')].map(({ textContent }) => textContent)).toEqual(
    expect.arrayContaining(['播放', '全屏', '下一步 ›']),
  );
  expect(page.querySelector('footer span')?.textContent).toBe('1 / 2');
  expect(page.querySelector('section')?.getAttribute('aria-label')).toBe('第 1 步，共 2 步');
});

it('keeps a picture that several figures show once', () => {
  const drawn = (href: string) => {
    const holder = document.createElement('div');
    holder.innerHTML = `<svg xmlns="http://www.w3.org/2000/svg"><defs><image id="f0p0" width="1" height="1" href="${href}"></image><clipPath id="c"></clipPath></defs><g clip-path="url(#c)"><use href="#f0p0"></use></g></svg>`;
    return holder.querySelector('svg') as SVGSVGElement;
  };
  const pictures = new Map<string, string>();
  const texts = ['data:,a', 'data:,b', 'data:,a'].map((href, i) => markupOf(drawn(href), `p${i}-`, pictures));
  expect([...pictures]).toEqual([
    ['picture-0', 'data:,a'],
    ['picture-1', 'data:,b'],
  ]);
  expect(texts[2]).toBe(
    '<svg><defs><clipPath id="p2-c"></clipPath></defs><g clip-path="url(#p2-c)"><use href="#picture-0"></use></g></svg>',
  );
});
