// Nothing here yet: one line and the button that fills it. Opening: what is read, and how much of how much.
import type { ReactElement, ReactNode } from 'react';
import { cssVars } from './css-vars.ts';

interface EmptyProps {
  readonly text: string;
  readonly children?: ReactNode;
}

export function Empty({ text, children }: EmptyProps): ReactElement {
  return (
    <div className="empty">
      <p>{text}</p>
      {children}
    </div>
  );
}

interface OpeningProps {
  /** "Reading labels". */
  readonly text: string;
  /** "38 of 105 MB". */
  readonly amount?: string;
  /** 0…1; left out while it is not known. */
  readonly share?: number;
}

export function Opening({ text, amount, share }: OpeningProps): ReactElement {
  return (
    <div className="empty">
      <p>{text}</p>
      {amount && <p>{amount}</p>}
      {share !== undefined && (
        <span className="meter accent" style={{ ...cssVars({ '--v': share }), width: 96 }}>
          <i />
        </span>
      )}
    </div>
  );
}

/** Drawn where a frame cannot be: never zeros. */
export function Damaged({ text }: { readonly text: string }): ReactElement {
  return (
    <div className="hatch">
      <span>{text}</span>
    </div>
  );
}
