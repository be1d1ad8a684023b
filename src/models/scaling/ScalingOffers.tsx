import { type InputScaling, inputScalingNames } from '../../network/scaling/input-scaling';
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
    <ul className="offers" aria-label={label}>
      {offers.map(({ scaling, used, mark, says, share, number }) => (
        <li key={scaling}>
          <button type="button" data-mark={mark} onClick={() => onChoose(scaling)}>
            <span className="scaling">
              <span className="visually-hidden">{used ? 'Keep ' : 'Use '}</span>
              {inputScalingNames[scaling]}
              {mark && <span className="mark">{mark}</span>}
            </span>
            <span className="says" title={says ?? undefined}>
              {says ?? (pending ? '…' : '')}
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
