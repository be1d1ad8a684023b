import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Analysis, analysisIn, saveAnalysis } from './support/downloads';
import { caption, measured, openPage, weighed } from './support/explain-page';
import { drop, fileFrom, shared } from './support/files';
import { expect, test } from './support/shared-page';

const photos = path.join(shared, 'photos');

/** Photographs of things the bundled network knows, and of things it cannot know. */
const pictures = [
  'n03445777_golf_ball',
  'n03394916_French_horn',
  'n02106030_collie',
  'n09256479_coral_reef',
  'n04074963_remote_control',
];

const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);

/** What a verdict claims, held against the numbers of the exported analysis. */
function expectTrue(verdict: string, { predictions, layers, transitions }: Analysis): void {
  const [first] = predictions;
  const share = `“${first.label}” (${(first.probability * 100).toFixed(1)} %)`;
  expect(verdict).toContain(
    first.probability < 0.5 ? `${share} comes first, before` : `It is named ${share}`,
  );

  const gathers =
    /(?:From (\S+) on|In the last layer, (\S+),) the evidence lies in (?:at most )?(\w+) signs?/.exec(
      verdict,
    );
  const from = layers.findIndex(({ name }) => name === (gathers?.[1] ?? gathers?.[2]));
  expect(from).toBeGreaterThan(0);
  const most = ['no', 'one', 'two', 'three'].indexOf(gathers?.[3] ?? '');
  const inFew = ({ signs }: Analysis['layers'][number], few: number) =>
    signs.length > 0 && signs.length <= few && sum(signs.map((sign) => sign.share)) >= 0.5;
  expect(layers.slice(from).every((layer) => inFew(layer, most))).toBe(true);
  expect(inFew(layers[from - 1], 3)).toBe(false);
  const held = Math.min(...layers.slice(from).map(({ signs }) => sum(signs.map((sign) => sign.share))));
  expect(verdict).toContain(`${Math.floor(held * 100)} % of it`);

  const [, grows, of, hardly = '0'] =
    /beyond chance in (none|\d+) of (\d+) steps(?:, hardly beyond it in (\d+))?/.exec(verdict) ?? [];
  expect(Number(of)).toBe(transitions.filter(({ change }) => change !== null).length);
  expect((Number(grows) || 0) + Number(hardly)).toBe(transitions.filter(({ happens }) => happens).length);

  const masked = /costs ([\d.]+) of ([\d.]+) logits/.exec(verdict);
  expect(masked?.[2]).toBe(first.logit.toFixed(1));
  const { signs } = layers[layers.length - 1];
  expect(verdict).toContain(signs.length === 1 ? 'Masking the one sign' : 'signs of the last layer');
  if (signs.length === 1) expect(masked?.[1]).toBe(signs[0].weight?.toFixed(1));
}

test('the verdict says no more than the numbers, where a claim holds and where it does not', async ({
  page,
}) => {
  test.skip(!existsSync(photos), 'the photographs are not beside this checkout');
  await openPage(page);
  const verdicts: string[] = [];
  for (const name of pictures) {
    await drop(page, fileFrom(`${name}.jpg`, path.join(photos, `${name}.JPEG`)));
    await expect(caption(page)).toContainText(name);
    await measured(page);
    await weighed(page);
    const said = page.getByRole('region', { name: 'Verdict' });
    await expect(said).toContainText('Masking');
    const verdict = await said.innerText();
    expectTrue(verdict, analysisIn(await saveAnalysis(page)));
    verdicts.push(verdict);
  }
  // Named and gathered in one sign; and a dog and a reef that are none of the ten classes.
  expect(verdicts[0]).toContain('It is named “golf ball”');
  expect(verdicts[0]).toContain('lies in one sign');
  expect(verdicts[2]).toContain('No class is more likely than all others together');
  expect(verdicts[2]).toContain('Order grows beyond chance in none');
  expect(verdicts[3]).toContain('No class is more likely than all others together');
});
