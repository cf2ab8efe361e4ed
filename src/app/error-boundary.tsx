// A view that throws takes nothing else down: its place says what happened, the rest of the page goes on.
import { Component, type ReactNode } from 'react';
import { toPlain } from '../base/errors.ts';
import { reportError } from '../state/log.ts';

interface Props {
  readonly children: ReactNode;
  /** Changes when another view is shown, which clears the failure. */
  readonly name: string;
}

export class ErrorBoundary extends Component<Props, { failed: string | null }> {
  override state = { failed: null };

  static getDerivedStateFromError(error: unknown): { failed: string } {
    return { failed: toPlain(error).message };
  }

  override componentDidCatch(error: unknown): void {
    reportError(error, 'This view stopped');
  }

  override componentDidUpdate(before: Props): void {
    if (before.name !== this.props.name && this.state.failed !== null) this.setState({ failed: null });
  }

  override render(): ReactNode {
    if (this.state.failed === null) return this.props.children;
    return (
      <main className="page-failed" data-phase="error">
        <h1>This view stopped</h1>
        <p>{this.state.failed}</p>
        <button type="button" className="b edge" onClick={() => this.setState({ failed: null })}>
          Show it again
        </button>
      </main>
    );
  }
}
