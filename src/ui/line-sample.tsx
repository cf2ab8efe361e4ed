// How a layer's lines look: colour and line style always together, so that colour never speaks alone.
import type { ReactElement } from 'react';

/** Matched, extra, missed; truth and prediction; a trace, its companion, a thin companion; named layers of predictions. */
export type LineKind =
  | 'tp'
  | 'fp'
  | 'fn'
  | 'truth'
  | 'pred'
  | 'trace'
  | 'dashed'
  | 'thin'
  | `layer-${'white' | 'pink' | 'green' | 'violet' | 'amber' | 'sky'}`;

export function LineSample({ kind }: { readonly kind: LineKind }): ReactElement {
  return (
    <svg className={`ln ${kind}`} viewBox="0 0 18 8" aria-hidden="true">
      <line x1="1" y1="4" x2="17" y2="4" />
    </svg>
  );
}
