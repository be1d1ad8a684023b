import { App } from './App';
import { usePageLanguage } from './page-language';

/** The page in its language: everything is drawn anew in another one. */
export const Page = () => <App key={usePageLanguage()} />;
