import path from 'node:path';
import { expect, test } from './support/cleared-page';
import { saved } from './support/downloads';
import { serveTinyNetwork } from './support/tiny-network';

test('the page speaks Chinese where the address or the reader asks for it, and keeps to it', async ({
  page,
}) => {
  await serveTinyNetwork(page, 'photos10');
  await page.goto('/?language=zh#explain?image=golf-ball');
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans');
  await expect(page.getByRole('status').filter({ hasText: '就绪：2 层' })).toBeVisible();
  await expect(page.getByRole('tab')).toHaveText(['解释', '研究', '优化']);
  await expect(page.getByRole('region', { name: '结论' })).toContainText('居首，其次为');
  // Names stay; sentences of English are none left: not in texts, not in what is heard.
  const english = await page.evaluate(() => {
    const sentence = /[a-z]{2,} [a-z]{2,} [a-z]{2,}/;
    const found = [...document.querySelectorAll('[aria-label], [title], [placeholder]')].flatMap((each) =>
      ['aria-label', 'title', 'placeholder'].map((name) => each.getAttribute(name) ?? ''),
    );
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const inPage = !walker.currentNode.parentElement?.closest('script, style, noscript');
      if (inPage) found.push(walker.currentNode.textContent ?? '');
    }
    return found.filter((text) => sentence.test(text));
  });
  expect(english).toEqual([]);

  // What a worker throws is found by the text that it was made of.
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: '打开模型' }).click();
  await (await chooser).setFiles(
    path.resolve(import.meta.dirname, '../src/network/keras/fixtures/bad/lambda.h5'),
  );
  await expect(page.getByRole('alert')).toContainText(
    /无法打开 lambda\.h5：层 ".+"（Lambda）：含有代码，此处从不运行代码。/,
  );
  await page.getByRole('button', { name: '关闭消息' }).click();

  // No font of a PDF has Chinese letters: they are drawn. The chart holds no other picture.
  const picturesIn = async (figure: string) => {
    const { buffer } = await saved(page, async () => {
      await page.getByRole('button', { name: figure, exact: true }).click();
      await page.getByRole('menuitem', { name: 'PDF' }).click();
    });
    return buffer.toString('latin1').split('/Subtype /Image').length - 1;
  };
  expect(await picturesIn('导出各层的空间熵')).toBeGreaterThan(5);

  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.getByRole('tab')).toHaveText(['Explain', 'Study', 'Optimise']);
  await expect(page).toHaveURL(/\?language=en#explain/);
  await expect(page.getByRole('status').filter({ hasText: /Ready: 2 layers/ })).toBeVisible();
  expect(await picturesIn('Export Spatial entropy by layer')).toBe(0);
  await page.getByRole('button', { name: '中文' }).click();
  await expect(page).toHaveURL(/\?language=zh#explain/);
  // The choice is kept for addresses that do not say.
  await page.goto('/#study');
  await expect(page.getByRole('tab')).toHaveText(['解释', '研究', '优化']);
});
