import { say, spoken, tagOf } from '../../../text/say';
import { breakable } from './breakable';
import { storyFileScript, storyFileStyle } from './story-file-parts';

/** One step of a story as its file holds it. */
export interface StoryFileStep {
  title: string;
  says: readonly string[];
  /** Markup of figures, made by this page. */
  picture: string | null;
  chart: string | null;
  /** How long it is read when the story plays by itself. */
  seconds: number;
}

export interface StoryFile {
  title: string;
  /** What it is told of, and by what. */
  footer: string;
  steps: readonly StoryFileStep[];
  /** Pictures that figures refer to, by their ids; data URLs. */
  pictures: ReadonlyMap<string, string>;
  /** `@font-face` rules with the font inside. */
  fontFace: string;
  /** A word that nobody could have known: the file runs no script without it. */
  nonce: string;
}

/** Text as it stands in a page: names come from files, and may be anything. */
export const escapeHtml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

/** A story as one page that stands alone, in the language that is spoken: it loads nothing, runs no script but its own, and without that shows all steps one below the other. */
export function storyFile({ title, footer, steps, pictures, fontFace, nonce }: StoryFile): string {
  const policy = `default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; script-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'`;
  const store = [...pictures].map(
    ([id, href]) =>
      `<image id="${escapeHtml(id)}" width="1" height="1" preserveAspectRatio="none" href="${escapeHtml(href)}"/>`,
  );
  return `<!doctype html>
<html lang="${tagOf(spoken())}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${fontFace}${storyFileStyle}</style>
</head>
<body>
<svg class="store" width="0" height="0" aria-hidden="true"><defs>${store.join('')}</defs></svg>
<main>
${steps.map((step, i) => section(step, i, steps.length, footer)).join('\n')}
</main>
<nav aria-label="${escapeHtml(say('Story'))}" hidden>
<button type="button" data-way="back">${escapeHtml(say('‹ Back'))}</button>
<button type="button" data-way="play" data-play="${escapeHtml(say('Play'))}" data-pause="${escapeHtml(say('Pause'))}">${escapeHtml(say('Play'))}</button>
<span class="bar" aria-hidden="true"><span></span></span>
<span class="count" aria-hidden="true"></span>
<button type="button" data-way="blank">${escapeHtml(say('Blank'))}</button>
<button type="button" data-way="full">${escapeHtml(say('Full screen'))}</button>
<button type="button" data-way="next">${escapeHtml(say('Next ›'))}</button>
</nav>
<p class="hidden" aria-live="polite"></p>
<div class="blank" hidden></div>
<script nonce="${nonce}">${storyFileScript}</script>
</body>
</html>
`;
}

function section(
  { title, says, picture, chart, seconds }: StoryFileStep,
  i: number,
  count: number,
  footer: string,
): string {
  const has = [picture && 'has-picture', chart && 'has-chart'].filter(Boolean).join(' ');
  const lines = says
    .map((sentence) => `<p>${breakable(sentence).map(escapeHtml).join('<wbr>')}</p>`)
    .join('');
  return `<section class="step ${has}" aria-label="${escapeHtml(say('Step {at} of {steps}', { at: i + 1, steps: count }))}" data-seconds="${seconds}">
<div class="words"><h2>${escapeHtml(title)}</h2>${lines}</div>
${picture ? `<div class="picture">${picture}</div>` : ''}${chart ? `<div class="chart">${chart}</div>` : ''}
<footer>${escapeHtml(footer)}<span>${escapeHtml(say('{at} of {count}', { at: i + 1, count }))}</span></footer>
</section>`;
}
