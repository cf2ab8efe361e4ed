// Measures of spike trains, amplitudes and depths, in the names that the view shows.
import { SomascopeError } from '../../../base/errors.ts';
import type { Job } from '../../../base/job.ts';
import { drive, type Steps, within } from '../../../base/steps.ts';
import { trainMetrics } from '../../../pipeline/ephys/metrics/table.ts';
import { groupSpikes } from '../../../pipeline/ephys/spikes/unit-trains.ts';
import type { MeasureName } from '../shared/measures.ts';
import type { MeasureColumns, TrainInput, TrainSpikes } from '../shared/metrics.ts';
import { columnsNamed, ofAllUnits } from './columns.ts';

const COLUMNS = {
  presence: 'presence_ratio',
  presenceAllen: 'presence_ratio_allen',
  isi: 'isi_violations_ratio',
  isiAllen: 'isi_violations_allen',
  isiCount: 'isi_violations_count',
  isiShare: 'isi_violations_share',
  contaminationAllen: 'isi_contamination_allen',
  contamination: 'rp_contamination',
  sliding: 'sliding_rp_violation',
  slidingPublished: 'sliding_rp_violation_published',
  range: 'firing_range',
  syncPair: 'sync_spike_2',
  syncFour: 'sync_spike_4',
  syncEight: 'sync_spike_8',
  amplitude: 'amplitude_median',
  amplitudePublished: 'amplitude_median_published',
  cutoff: 'amplitude_cutoff',
  cutoffAllen: 'amplitude_cutoff_allen',
  amplitudeCv: 'amplitude_cv_median',
  amplitudeCvPublished: 'amplitude_cv_median_published',
  amplitudeCvRange: 'amplitude_cv_range',
  noiseCutoff: 'noise_cutoff',
  noiseRatio: 'noise_ratio',
  depth: 'position_median',
  drift: 'drift_ptp',
  driftStd: 'drift_std',
  driftMad: 'drift_mad',
  driftAllen: 'max_drift_allen',
  driftSum: 'cumulative_drift_allen',
} as const satisfies { readonly [K in MeasureName]?: string };

export const trainJob: Job<TrainInput, null, MeasureColumns, never, MeasureColumns> = {
  split: () => [null],
  run: async (input, _part, { signal, progress }, payload) => {
    if (!payload) throw new SomascopeError('Bug', 'Spikes were to be measured, but none were handed over.');
    return drive(tableOf(input, payload as TrainSpikes), { signal, onProgress: progress });
  },
  merger: () => {
    let columns: MeasureColumns = {};
    return {
      add: (part) => {
        columns = part;
      },
      finish: () => columns,
    };
  },
};

function* tableOf({ count, rate, frames, gains }: TrainInput, spikes: TrainSpikes): Steps<MeasureColumns> {
  const { times, units, amplitudes, depths } = ownSpikes(spikes);
  const duration = frames || (times.at(-1) ?? 0) + 1;
  const trains = yield* within(groupSpikes(times, units), 0, 0.1);
  const own = gains && Float64Array.from(trains.unitIds, (unit) => gains[unit]!);
  const steps = trainMetrics({
    trains,
    times,
    duration,
    rate,
    amplitudes: amplitudes ?? undefined,
    depths: depths ?? undefined,
    gains: own ?? undefined,
  });
  const table = yield* within(steps, 0.1, 1);
  return columnsNamed(COLUMNS, ofAllUnits(table, trains.unitIds, count));
}

/** Without the spikes that belong to no unit. */
function ownSpikes(spikes: TrainSpikes): TrainSpikes {
  const { times, units, amplitudes, depths } = spikes;
  const isOwn = (_: number, i: number) => units[i]! >= 0;
  if (units.every((unit) => unit >= 0)) return spikes;
  return {
    times: times.filter(isOwn),
    units: units.filter((unit) => unit >= 0),
    amplitudes: amplitudes?.filter(isOwn) ?? null,
    depths: depths?.filter(isOwn) ?? null,
  };
}
