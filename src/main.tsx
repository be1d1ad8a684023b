import '@fontsource-variable/inter/wght.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import './app/style.css';
import { isolatePage } from './app/isolation';
import { tellNotKept } from './app/tell-not-kept';
import { start } from './explain/controller';
import { applyTheme, preferredTheme } from './state/theme';

applyTheme(preferredTheme());
tellNotKept();
void isolatePage().then(start);
createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
