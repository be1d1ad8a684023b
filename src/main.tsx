import '@fontsource-variable/inter/wght.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App';
import './app/style.css';
import { isolatePage } from './app/isolation';
import { applyTheme, preferredTheme } from './app/theme';
import { start } from './explain/controller';

applyTheme(preferredTheme());
void isolatePage().then(start);
createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
