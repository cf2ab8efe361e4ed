// A view that throws takes nothing else down: its place says what happened, the rest of the page goes on. A part of the page that did
// not come is no mistake of the view: the server has other files now, or is out of reach, and only a reload helps.
import { Component, type ReactNode } from 'react';
import { SomascopeError, toPlain } from '../base/errors.ts';
import { reportError } from '../state/log.ts';

interface Props {
  readonly children: ReactNode;
  /** Changes when another view is shown, which clears the failure. */
  readonly name: string;
}

interface State {
  readonly failed: string | null;
  /** A part of the page did not come. */
  readonly missing: boolean;
}

/** What Chromium, Firefox and Safari say of an import() that fails. */
const MISSING = /dynamically imported module|importing a module script failed/i;

/** What a person is told of it. */
function understood(error: unknown): unknown {
  if (!MISSING.test(toPlain(error).message)) return error;
  const message = 'A part of the page did not come: the server has another version of it now, or cannot be reached.';
  return new SomascopeError('Refused', message, {}, 'Reload the page; what you did is kept.', error);
}

export class ErrorBoundary extends Component<Props, State> {
  override state: State = { failed: null, missing: false };

  static getDerivedStateFromError(error: unknown): State {
    const { tag, message, hint } = toPlain(understood(error));
    const missing = tag === 'Refused';
    return { failed: missing ? `${message} ${hint}` : message, missing };
  }

  override componentDidCatch(error: unknown): void {
    reportError(understood(error), 'This view stopped');
  }

  override componentDidUpdate(before: Props): void {
    if (before.name !== this.props.name && this.state.failed !== null) this.setState({ failed: null, missing: false });
  }

  override render(): ReactNode {
    if (this.state.failed === null) return this.props.children;
    return (
      <main className="page-failed" data-phase="error">
        <h1>This view stopped</h1>
        <p>{this.state.failed}</p>
        {this.state.missing ? (
          <button type="button" className="b edge" onClick={() => location.reload()}>
            Reload
          </button>
        ) : (
          <button type="button" className="b edge" onClick={() => this.setState({ failed: null })}>
            Show it again
          </button>
        )}
      </main>
    );
  }
}
