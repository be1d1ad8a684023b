import { type InputScaling, inputScalingNames } from '../../network/scaling/input-scaling';
import { say } from '../../text/say';
import css from './scaling.module.css';
import type { ScalingOffer } from './scaling-words';

/** The ways to scale pictures, each with what the network says by it; one is chosen by pressing it. */
export function ScalingOffers({
  label,
  offers,
  pending = true,
  onChoose,
}: {
  /** What the list holds. */
  label: string;
  offers: readonly ScalingOffer[];
  /** Whether what is not known yet is on its way. */
  pending?: boolean;
  onChoose(scaling: InputScaling): void;
}) {
  return (
    <ul className={css.offers} aria-label={label}>
      {offers.map(({ scaling, used, mark, says, share, number }) => (
        <li key={scaling}>
          <button type="button" data-mark={mark} onClick={() => onChoose(scaling)}>
            <span className={css.scaling}>
              <span className="visually-hidden">{used ? say('Keep ') : say('Use ')}</span>
              {say(inputScalingNames[scaling])}
              {mark && <span className={css.mark}>{say(mark)}</span>}
            </span>
            <span className={css.says} title={says ?? undefined}>
              {says ?? (pending ? '…' : '')}
            </span>
            <span className={css.number}>{number}</span>
            <span className={css.bar} aria-hidden="true">
              <span style={{ width: `${(share ?? 0) * 100}%` }} />
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
