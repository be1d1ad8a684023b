import { useChoice } from '../state/choice';
import { shortened } from '../text/shorten';
import { Dialog } from '../ui/Dialog';

/** Asks the user which of several things is meant. */
export function ChoiceDialog() {
  const asked = useChoice((state) => state.asked);
  if (!asked) return null;
  return (
    <Dialog key={asked.number} title={asked.title} onClose={() => asked.answer(null)}>
      <p>{asked.text}</p>
      <ul className="choices">
        {asked.options.map((option, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two files may bear one name, and the list never changes.
          <li key={`${i} ${option}`}>
            <button type="button" title={option} onClick={() => asked.answer(i)}>
              {shortened(option)}
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
