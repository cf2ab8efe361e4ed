// Zero-phase filtering: the series is extended at both ends by its odd reflection and filtered forward, then backward, each from
// the steady state of its first value (scipy's sosfiltfilt with its default padding). All arithmetic is in float64.
import { SECTION, type Sections } from './butterworth.ts';
import { runCascade, steadyStates } from './cascade.ts';

export interface ZeroPhaseFilter {
  /** Samples added at each end of a series that is long enough. */
  readonly padding: number;
  /**
   * Filters `count` samples of `x` from `padding` on, in place; `x` must have `padding` places to spare before and after them,
   * which are overwritten. A series no longer than the padding is extended by as much as it has.
   */
  apply(x: Float64Array, count: number): void;
}

export function zeroPhase(sections: Sections): ZeroPhaseFilter {
  const count = sections.length / SECTION;
  let noB2 = 0;
  let noA2 = 0;
  for (let s = 0; s < sections.length; s += SECTION) {
    if (sections[s + 2] === 0) noB2++;
    if (sections[s + 5] === 0) noA2++;
  }
  const padding = 3 * (2 * count + 1 - Math.min(noB2, noA2));
  const states = steadyStates(sections);
  return {
    padding,
    apply(x, length) {
      if (length === 0) return;
      const pad = Math.min(padding, length - 1);
      const first = padding;
      const last = padding + length - 1;
      for (let k = 1; k <= pad; k++) {
        x[first - k] = 2 * x[first]! - x[first + k]!;
        x[last + k] = 2 * x[last]! - x[last - k]!;
      }
      const extended = length + 2 * pad;
      runCascade(x, first - pad, extended, 1, sections, states, x[first - pad]!);
      runCascade(x, last + pad, extended, -1, sections, states, x[last + pad]!);
    },
  };
}
