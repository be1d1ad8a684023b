import '@fontsource-variable/inter/wght.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './app/style.css';
import { firstLetters } from './app/first-letters';
import { openingFromHost } from './app/hosted';
import { isolatePage } from './app/isolation';
import { keepPage } from './app/keep-page';
import { watchForMissingCode } from './app/newer-version';
import { Page } from './app/Page';
import { speakPreferred } from './app/page-language';
import { tellNotKept } from './app/tell-not-kept';
import { applyTheme, preferredTheme } from './state/page-theme';
import { start } from './workspaces/explain/explain-controller';

applyTheme(preferredTheme());
tellNotKept();
watchForMissingCode();
const language = speakPreferred();
if (language) void language.then(open);
else open();

function open(): void {
  void isolatePage().then(() => {
    void openingFromHost().then(start);
    void keepPage();
  });
  const root = createRoot(document.getElementById('root') as HTMLElement);
  const draw = () =>
    root.render(
      <StrictMode>
        <Page />
      </StrictMode>,
    );
  void firstLetters().then(draw, draw);
}
