import { useRef } from 'react';
import { type Alert, settle, useAlerts } from '../state/alerts';
import { say } from '../text/say';
import { useLaterWords } from './page-language';

/** What went wrong, one line an owner; each stays until it is closed or its owner succeeds. */
export function AlertBar() {
  const alerts = useAlerts((state) => state.alerts);
  useLaterWords();
  const bar = useRef<HTMLDivElement>(null);
  if (alerts.length === 0) return null;
  const close = ({ owner }: Alert, button: HTMLButtonElement) => {
    const others = [...(bar.current?.querySelectorAll<HTMLButtonElement>('button.quiet') ?? [])].filter(
      (each) => each !== button,
    );
    // The button goes with its alert: whoever walks by keyboard goes on from the next one, or from the workspace.
    const next = others[0] ?? document.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]');
    settle(owner);
    next?.focus();
  };
  return (
    <div className="alerts" ref={bar}>
      {alerts.map((alert) => (
        <div className="alert" role="alert" key={alert.owner}>
          <p>{say(alert.text)}</p>
          {alert.action && (
            <button type="button" onClick={alert.action.run}>
              {say(alert.action.title)}
            </button>
          )}
          <button
            type="button"
            className="quiet"
            onClick={({ currentTarget }) => close(alert, currentTarget)}
            aria-label={say('Close message')}
          >
            ×
          </button>
        </div>
      ))}
    </div>
  );
}
