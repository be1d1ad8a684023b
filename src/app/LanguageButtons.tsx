import { warn } from '../state/alerts';
import { messageOf } from '../text/message-of';
import { type Language, languages, say } from '../text/say';
import { chooseLanguage, usePageLanguage } from './page-language';

/** A button for each language that the page speaks and does not speak now, in the words of that language. */
export function LanguageButtons() {
  const now = usePageLanguage();
  const choose = (language: Language) =>
    void chooseLanguage(language).catch((error: unknown) =>
      warn(
        'page',
        say('The page could not be put into another language: {reason}.', { reason: messageOf(error) }),
      ),
    );
  return (Object.keys(languages) as Language[])
    .filter((language) => language !== now)
    .map((language) => (
      <button
        key={language}
        type="button"
        className="quiet beside-tabs"
        lang={language}
        data-find={`language ${language} ${say('language')}`}
        onClick={() => choose(language)}
      >
        {languages[language]}
      </button>
    ));
}
