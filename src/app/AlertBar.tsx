import { closeAlert } from '../explain/controller';
import { useExplain } from '../state/explain-store';

/** What went wrong; stays until it is closed or the next picture succeeds. */
export function AlertBar() {
  const alert = useExplain((state) => state.alert);
  if (!alert) return null;
  return (
    <div className="alert" role="alert">
      <p>{alert}</p>
      <button type="button" className="quiet" onClick={closeAlert} aria-label="Close message">
        ×
      </button>
    </div>
  );
}
