// A link that leaves the page, for a person to follow: it tells the other side nothing of this one.
import type { ReactElement, ReactNode } from 'react';

interface OutLinkProps {
  readonly address: string;
  /** The accessible name where the text alone does not say what it opens. */
  readonly name?: string;
  readonly children: ReactNode;
}

export function OutLink({ address, name, children }: OutLinkProps): ReactElement {
  return (
    <a href={address} rel="noreferrer noopener" target="_blank" aria-label={name}>
      {children}
    </a>
  );
}
