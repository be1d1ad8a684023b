import { type InputScaling, inputScalingNames } from '../engine/protocol';
import type { ScalingOffer } from './scaling-words';

/** The ways to scale pictures, each with what the network says by it; one is chosen by pressing it. */
export function ScalingOffers({
  label,
  offers,
  onChoose,
}: {
  /** What the list holds. */
  label: string;
  offers: readonly ScalingOffer[];
  onChoose(scaling: InputScaling): void;
}) {
  return (
    <ul className="offers" aria-label={label}>
      {offers.map(({ scaling, used, better, mark, says, share, number }) => (
        <li key={scaling}>
          <button
            type="button"
            data-better={better || undefined}
            data-used={used || undefined}
            onClick={() => onChoose(scaling)}
          >
            <span className="scaling">
              <span className={used ? 'visually-hidden' : undefined}>{used ? 'Keep ' : 'Use '}</span>
              {inputScalingNames[scaling]}
              {mark && <span className="mark">{mark}</span>}
            </span>
            <span className="says" title={says ?? undefined}>
              {says ?? '…'}
            </span>
            <span className="number">{number}</span>
            <span className="bar" aria-hidden="true">
              <span style={{ width: `${(share ?? 0) * 100}%` }} />
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
