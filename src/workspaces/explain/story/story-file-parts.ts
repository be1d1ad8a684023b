/** What the file of a story looks like: on the screen one step at a time, in print a page each, without its script all of them. */
export const storyFileStyle = `
:root{color-scheme:light;font-family:'Inter Variable',system-ui,sans-serif;--paper:#faf9f6;--ink:#1b1b1b;--soft:#55565a;--rule:#e3e1dc;--accent:#b3362b}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink)}
h2,p{margin:0}
svg.store{position:absolute}
p.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
section.step{position:relative;display:grid;gap:2.4vmin 4vw;padding:5vmin 5vw 9vmin;height:100vh;grid-template:'words' minmax(0,1fr)/minmax(0,1fr);break-after:page;break-inside:avoid}
section.step.has-picture{grid-template:'picture words' minmax(0,1fr)/minmax(0,1.15fr) minmax(0,1fr)}
section.step.has-chart{grid-template:'words' auto 'chart' minmax(0,1fr)/minmax(0,1fr)}
section.step.has-picture.has-chart{grid-template:'picture words' auto 'picture chart' minmax(0,1fr)/minmax(0,1.15fr) minmax(0,1fr)}
div.words{grid-area:words;align-self:center;display:grid;gap:1.6vmin;font-size:clamp(18px,1.75vw,64px);line-height:1.4;max-width:62ch;min-width:0;overflow-wrap:anywhere;max-height:100%;overflow-y:auto}
section.has-chart div.words{align-self:start;max-width:88ch}
div.words h2{font-size:1.75em;font-weight:650;line-height:1.15;letter-spacing:-.015em}
div.picture{grid-area:picture;min-height:0;display:grid;place-items:center}
div.chart{grid-area:chart;min-height:0}
div.picture>svg,div.chart>svg{display:block;width:100%;height:100%}
div.chart>svg.narrow{display:none}
footer{position:absolute;inset:auto 5vw 1.5vmin;display:none;justify-content:space-between;color:var(--soft);font-size:12px}
nav{position:fixed;inset:auto 0 0;display:flex;align-items:center;gap:8px;padding:6px 5vw 10px;background:var(--paper);color:var(--soft)}
nav[hidden],div.blank[hidden]{display:none}
button{font:inherit;color:inherit;min-height:44px;padding:0 12px;border:1px solid transparent;border-radius:5px;background:none;cursor:pointer}
button:disabled{opacity:.5;cursor:default}
button[data-way=next]{border-color:var(--accent);color:var(--ink);font-weight:600}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
nav .bar{flex:1;height:3px;border-radius:2px;background:var(--rule)}
nav .bar span{display:block;height:3px;border-radius:2px;background:var(--accent)}
nav .count{white-space:nowrap}
div.blank{position:fixed;inset:0;background:#000;cursor:none}
.playing section.step{display:none}
.playing section.step.shown{display:grid;height:100vh;height:100dvh}
@media (prefers-reduced-motion:no-preference){.playing section.step.shown{animation:appear .35s}}
@keyframes appear{from{opacity:0}}
@media screen and (max-aspect-ratio:1/1){
section.step.has-picture{grid-template:'picture' minmax(0,1fr) 'words' auto/minmax(0,1fr)}
section.step.has-picture.has-chart{grid-template:'picture' minmax(0,1fr) 'words' auto 'chart' minmax(0,.5fr)/minmax(0,1fr)}
div.words{align-self:start;max-height:44vh}
div.chart>svg.narrow{display:block}
div.chart>svg.wide:not(:only-child){display:none}
}
@media screen and (max-width:640px){nav{flex-wrap:wrap;justify-content:space-between;gap:0 4px;padding:4px 12px 8px}nav .bar{order:-1;flex-basis:100%}section.step{padding-bottom:118px}}
@media print{
@page{size:297mm 167mm;margin:0}
nav,div.blank,p.hidden{display:none}
section.step,.playing section.step,.playing section.step.shown{display:grid;height:166.5mm;overflow:hidden;padding:12mm 14mm 14mm;animation:none;print-color-adjust:exact;-webkit-print-color-adjust:exact}
section.step:last-of-type{break-after:auto}
div.words{font-size:15pt;max-height:none;overflow:visible}
footer{display:flex;inset:auto 14mm 6mm}
}
`;

/** What makes the file of a story play: the same keys as on the page, swipes, and a clock. It writes text only, never markup. */
export const storyFileScript = `
(() => {
  const steps = [...document.querySelectorAll('.step')];
  const nav = document.querySelector('nav');
  const said = document.querySelector('p[aria-live]');
  const dark = document.querySelector('.blank');
  const button = (way) => nav.querySelector('[data-way="' + way + '"]');
  const root = document.documentElement;
  let at = -1;
  let clock = 0;
  const pause = () => {
    clearTimeout(clock);
    clock = 0;
    button('play').textContent = button('play').dataset.play;
  };
  const show = (to) => {
    const next = Math.max(0, Math.min(steps.length - 1, to));
    dark.hidden = true;
    if (next === at) return;
    at = next;
    steps.forEach((step, i) => step.classList.toggle('shown', i === at));
    nav.querySelector('.bar span').style.width = ((at + 1) / steps.length) * 100 + '%';
    nav.querySelector('.count').textContent = steps[at].querySelector('footer span').textContent;
    button('back').disabled = at === 0;
    button('next').disabled = at === steps.length - 1;
    const words = [...steps[at].querySelectorAll('h2, .words p')].map((part) => part.textContent);
    said.textContent = steps[at].getAttribute('aria-label') + '. ' + words.join(' ');
    location.replace('#' + (at + 1));
  };
  const wait = () => {
    clock = setTimeout(() => {
      if (at === steps.length - 1) return pause();
      show(at + 1);
      wait();
    }, Number(steps[at].dataset.seconds) * 1000);
  };
  const full = () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (root.requestFullscreen) root.requestFullscreen().catch(() => {});
  };
  const ways = {
    next: () => show(at + 1),
    back: () => show(at - 1),
    first: () => show(0),
    last: () => show(steps.length - 1),
    blank: () => { dark.hidden = !dark.hidden; },
    full,
  };
  const go = (way) => {
    if (way === 'play') {
      if (clock) return pause();
      if (at === steps.length - 1) show(0);
      button('play').textContent = button('play').dataset.pause;
      return wait();
    }
    pause();
    ways[way]();
  };
  const keys = {
    ArrowRight: 'next', ArrowDown: 'next', PageDown: 'next', Enter: 'next', ' ': 'next',
    ArrowLeft: 'back', ArrowUp: 'back', PageUp: 'back', Backspace: 'back',
    Home: 'first', End: 'last', b: 'blank', '.': 'blank', f: 'full', p: 'play',
  };
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if ((event.key === ' ' || event.key === 'Enter') && event.target.closest('button')) return;
    const way = event.key === ' ' && event.shiftKey ? 'back' : keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!way) return;
    event.preventDefault();
    go(way);
  });
  nav.addEventListener('click', (event) => {
    const found = event.target.closest('button');
    if (found) go(found.dataset.way);
  });
  dark.addEventListener('click', () => go('blank'));
  let from = null;
  document.addEventListener('pointerdown', (event) => { from = event.pointerType === 'touch' ? event.clientX : null; });
  document.addEventListener('pointerup', (event) => {
    const way = from === null ? 0 : event.clientX - from;
    from = null;
    if (Math.abs(way) >= 50) go(way < 0 ? 'next' : 'back');
  });
  addEventListener('hashchange', () => show(Number(location.hash.slice(1)) - 1 || 0));
  root.classList.add('playing');
  nav.hidden = false;
  show(Number(location.hash.slice(1)) - 1 || 0);
})();
`;
