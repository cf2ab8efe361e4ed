// What every reader of sortings ends with: spikes in the order of time, the list of units, and what is odd, in words.
import { SomascopeError } from '../base/errors.ts';
import { grouped } from '../base/number-format.ts';
import type { Sorting } from '../base/sorting.ts';

export interface RawSorting extends Pick<Sorting, 'name' | 'format' | 'samplingRate'> {
  /** Samples, in the order of the file. */
  readonly times: ArrayLike<number>;
  readonly clusters: ArrayLike<number>;
  /** Units that the file lists; those of the spikes where it lists none. */
  readonly listed?: ArrayLike<number> | undefined;
  readonly unitNames?: readonly string[] | undefined;
  readonly amplitudes?: ArrayLike<number> | undefined;
  /** Per spike [x, y]. */
  readonly positions?: ArrayLike<number> | undefined;
  readonly notices?: readonly string[];
}

export interface OrderedSorting extends Sorting {
  /** Place of each spike in the file; undefined where the file is in the order of time already. */
  readonly order: Int32Array<ArrayBuffer> | undefined;
}

/** Throws Invalid where there are not as many times as units of spikes, or where one of either is no number. */
export function orderedSorting(raw: RawSorting): OrderedSorting {
  const { name, times, clusters, amplitudes, positions } = raw;
  const count = times.length;
  if (clusters.length !== count) {
    const message = `${name} has ${grouped(count)} spike times, but units for ${grouped(clusters.length)} spikes.`;
    throw new SomascopeError('Invalid', message, { file: name }, 'Drop files of the same sorting.');
  }
  const notices = [...(raw.notices ?? [])];
  const backwards = checkSpikes(name, times, clusters);
  const order = backwards === undefined ? undefined : timeOrder(times);
  if (backwards !== undefined) {
    notices.push(
      `${name}: the spike times are not in order (first at spike ${grouped(backwards)}); they were sorted by time. Sorting NPZ saves them like this.`,
    );
  }
  const fits = (values: ArrayLike<number> | undefined, per: number, what: string) => {
    if (!values || values.length === per * count) return values;
    notices.push(`${name}: ${what} for ${grouped(values.length / per)} of ${grouped(count)} spikes are left out.`);
    return undefined;
  };
  const scales = fits(amplitudes, 1, 'amplitudes');
  const places = fits(positions, 2, 'positions');
  const units = inOrder(clusters, order, new Int32Array(count));
  return {
    name,
    format: raw.format,
    samplingRate: raw.samplingRate,
    times: inOrder(times, order, new Float64Array(count)),
    clusters: units,
    unitIds: unitsOf(units, raw.listed),
    unitNames: raw.unitNames,
    fields: [],
    amplitudes: scales && inOrder(scales, order, new Float64Array(count)),
    positions: places && inOrder(places, order, new Float64Array(2 * count)),
    notices,
    order,
  };
}

/** The first spike that is earlier than the one before it; undefined for times in order. */
function checkSpikes(name: string, times: ArrayLike<number>, clusters: ArrayLike<number>): number | undefined {
  let backwards: number | undefined;
  for (let i = 0; i < times.length; i++) {
    const unit = clusters[i]!;
    const isUnit = unit === (unit | 0);
    if (!Number.isFinite(times[i]!) || !isUnit) {
      const what = isUnit ? `the time ${times[i]}` : `the unit ${unit}`;
      throw new SomascopeError('Invalid', `${name}: a spike has ${what}.`, { file: name, index: i }, 'Save the sorting again.');
    }
    if (i > 0 && times[i]! < times[i - 1]!) backwards ??= i;
  }
  return backwards;
}

/** Stable: spikes at the same sample keep the order of the file. */
function timeOrder(times: ArrayLike<number>): Int32Array<ArrayBuffer> {
  return Int32Array.from({ length: times.length }, (_, i) => i).sort((a, b) => times[a]! - times[b]! || a - b);
}

/** `values`, a few numbers a spike, copied to `out` in `order`; in the file's own where there is none. */
export function inOrder<T extends Float64Array<ArrayBuffer> | Int32Array<ArrayBuffer>>(
  values: ArrayLike<number>,
  order: Int32Array | undefined,
  out: T,
): T {
  if (!order) {
    out.set(values);
    return out;
  }
  const per = order.length > 0 ? out.length / order.length : 0;
  for (let i = 0; i < order.length; i++) {
    for (let j = 0; j < per; j++) out[per * i + j] = values[per * order[i]! + j]!;
  }
  return out;
}

const FEW_UNITS = 1_000_000;

function unitsOf(clusters: Int32Array, listed: ArrayLike<number> | undefined): Int32Array<ArrayBuffer> {
  // A flag a number is ten times as fast as a set, and clusters are numbered from 0 as a rule.
  const seen = new Uint8Array(FEW_UNITS);
  const others = new Set<number>();
  const add = (unit: number) => {
    if (unit >= 0 && unit < FEW_UNITS) seen[unit] = 1;
    else others.add(unit);
  };
  for (const unit of clusters) add(unit);
  for (const unit of Array.from(listed ?? [])) add(unit);
  for (let unit = 0; unit < FEW_UNITS; unit++) if (seen[unit]) others.add(unit);
  return Int32Array.from(others).sort();
}

/** What a sorting says that cannot be of a recording of `frames` frames. The spikes stay; whoever reads around them clips. */
export function checkSpikeTimes({ name, times }: Pick<Sorting, 'name' | 'times'>, frames: number): string[] {
  let before = 0;
  let after = 0;
  for (const time of times) {
    if (time < 0) before++;
    else if (time >= frames) after++;
  }
  const lost = before + after;
  if (lost === 0) return [];
  const where = after > 0 ? `after the end of the recording (${grouped(frames)} frames)` : 'before its beginning';
  return [
    `${name}: ${grouped(lost)} of ${grouped(times.length)} spikes lie ${where}; they are counted, but have no waveforms. Check that this sorting belongs to this recording.`,
  ];
}
