import { Component, type ReactNode } from 'react';
import { say } from '../text/say';

/** Shows what went wrong in drawing the page, instead of an empty one. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <div className="crash" role="alert">
        <h1>{say('The page could not be drawn')}</h1>
        <p>{say(error.message)}</p>
        <button type="button" onClick={() => location.reload()}>
          {say('Load the page again')}
        </button>
      </div>
    );
  }
}
