// Measures of spike trains, amplitudes and depths, in the names that the view shows.
import { singleJob } from '../../../base/job.ts';
import { drive } from '../../../base/steps.ts';
import { amplitudeCutoff, amplitudeCutoffAllen, amplitudeMedian } from '../../../pipeline/ephys/metrics/amplitude.ts';
import { positionDrift } from '../../../pipeline/ephys/metrics/position-drift.ts';
import { trainMetrics } from '../../../pipeline/ephys/metrics/table.ts';
import { groupSpikes, indexOfUnit, trainOf, type UnitTrains } from '../../../pipeline/ephys/spikes/unit-trains.ts';
import type { MeasureName } from '../shared/measures.ts';
import type { MeasureColumns, TrainInput } from '../shared/metrics.ts';

const COLUMNS: readonly (readonly [MeasureName, string])[] = [
  ['presence', 'presence_ratio'],
  ['presenceAllen', 'presence_ratio_allen'],
  ['isi', 'isi_violations_ratio'],
  ['isiAllen', 'isi_violations_allen'],
  ['isiCount', 'isi_violations_count'],
  ['contamination', 'rp_contamination'],
];

export const trainJob = singleJob<TrainInput, MeasureColumns>(async (input, { signal, progress }) => {
  const { times, units, count, frames, rate, amplitudes, depths } = input;
  const kept = units.every((unit) => unit >= 0) ? null : Array.from(units.keys()).filter((i) => units[i]! >= 0);
  const ownTimes = kept ? Float64Array.from(kept, (i) => times[i]!) : times;
  const ownUnits = kept ? Int32Array.from(kept, (i) => units[i]!) : units;
  const trains = await drive(groupSpikes(ownTimes, ownUnits), { signal });
  const duration = frames || (ownTimes.at(-1) ?? 0) + 1;
  const table = await drive(trainMetrics({ trains, times: ownTimes, duration, rate }), { signal, onProgress: progress });
  const out: { [K in MeasureName]?: Float64Array<ArrayBuffer> } = {};
  const column = (value: (group: number) => number) =>
    Float64Array.from({ length: count }, (_, unit) => {
      const group = indexOfUnit(trains, unit);
      return group < 0 ? Number.NaN : value(group);
    });
  for (const [name, source] of COLUMNS) out[name] = column((group) => table[source]![group]!);
  const read = (group: number, values: Float32Array) => readSpikes(trains, group, values, kept);
  if (amplitudes) {
    out.amplitude = column((group) => amplitudeMedian(read(group, amplitudes).values));
    out.cutoff = column((group) => amplitudeCutoff(read(group, amplitudes).values));
    out.cutoffAllen = column((group) => amplitudeCutoffAllen(read(group, amplitudes).values));
  }
  if (depths) {
    out.drift = column((group) => {
      const { train, values } = read(group, depths);
      return positionDrift(train, values, duration, rate).ptp;
    });
  }
  return out;
});

/** The spikes of a group that were read: their times and values. */
function readSpikes(trains: UnitTrains, group: number, values: Float32Array, kept: readonly number[] | null) {
  const train = trainOf(trains, group);
  const own = Array.from(train, (_, i) => {
    const spike = trains.spikes[trains.start[group]! + i]!;
    return values[kept ? kept[spike]! : spike]!;
  });
  const there = own.map((value, i) => (Number.isFinite(value) ? i : -1)).filter((i) => i >= 0);
  return { train: Float64Array.from(there, (i) => train[i]!), values: Float64Array.from(there, (i) => own[i]!) };
}
