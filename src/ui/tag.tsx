// The partial badge and other short facts: "1,204 of 3,024 frames".
import type { ReactElement, ReactNode } from 'react';

export function Tag({ children }: { readonly children: ReactNode }): ReactElement {
  return <span className="tag">{children}</span>;
}
