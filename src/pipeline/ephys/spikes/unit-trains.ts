// Spikes grouped by unit. Times are samples, in float64 because recordings pass 2^32 of them; within a unit they rise.
import type { Steps } from '../../../base/steps.ts';

export type SpikeTimes = Float64Array<ArrayBuffer>;

export interface UnitTrains {
  /** Rising. */
  readonly unitIds: Int32Array<ArrayBuffer>;
  /** The spikes of unit u are start[u] … start[u + 1] − 1. */
  readonly start: Uint32Array<ArrayBuffer>;
  /** Samples, by unit. */
  readonly times: SpikeTimes;
  /** Place of each spike in the arrays that were grouped. */
  readonly spikes: Uint32Array<ArrayBuffer>;
}

const STRIDE = 1 << 20;
/** Unit numbers up to this one are looked up in a table. */
const TABLE = 1 << 22;

/** `times` rise; `labels` are unit numbers. Spikes of one unit keep their order. */
export function* groupSpikes(times: ArrayLike<number>, labels: ArrayLike<number>): Steps<UnitTrains> {
  const n = times.length;
  const counts = new Map<number, number>();
  const table = new Uint32Array(TABLE);
  let most = 0;
  for (let i = 0; i < n; i++) {
    const label = labels[i]!;
    if (label >= 0 && label < TABLE) {
      table[label]!++;
      if (label > most) most = label;
    } else counts.set(label, (counts.get(label) ?? 0) + 1);
    if (i % STRIDE === STRIDE - 1) yield (0.3 * i) / n;
  }
  for (let label = 0; label <= most; label++) if (table[label]! > 0) counts.set(label, table[label]!);
  const unitIds = Int32Array.from(counts.keys()).sort();
  const start = new Uint32Array(unitIds.length + 1);
  const next = new Map<number, number>();
  unitIds.forEach((id, u) => {
    start[u + 1] = start[u]! + counts.get(id)!;
    if (id >= 0 && id < TABLE) table[id] = start[u]!;
    else next.set(id, start[u]!);
  });
  const grouped = new Float64Array(n);
  const spikes = new Uint32Array(n);
  for (let i = 0; i < n; i++) {
    const label = labels[i]!;
    let to: number;
    if (label >= 0 && label < TABLE) to = table[label]!++;
    else {
      to = next.get(label)!;
      next.set(label, to + 1);
    }
    grouped[to] = times[i]!;
    spikes[to] = i;
    if (i % STRIDE === STRIDE - 1) yield 0.3 + (0.7 * i) / n;
  }
  return { unitIds, start, times: grouped, spikes };
}

/** Times of unit `u` (its index), rising; a view. */
export function trainOf({ start, times }: UnitTrains, u: number): SpikeTimes {
  return times.subarray(start[u]!, start[u + 1]!);
}

/** Values that go with the spikes (amplitudes, depths), of unit `u`; `values` in the order that was grouped. */
export function valuesOf({ start, spikes }: UnitTrains, u: number, values: ArrayLike<number>): Float64Array<ArrayBuffer> {
  const from = start[u]!;
  const out = new Float64Array(start[u + 1]! - from);
  for (let i = 0; i < out.length; i++) out[i] = values[spikes[from + i]!]!;
  return out;
}
