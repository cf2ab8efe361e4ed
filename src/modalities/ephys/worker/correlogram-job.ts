// Correlograms and intervals of a few units: all of their spikes, nothing sampled.
import { singleJob } from '../../../base/job.ts';
import {
  allCorrelograms,
  type CorrelogramOptions,
  correlogramBins,
  intervalHistogram,
} from '../../../pipeline/ephys/correlogram/correlogram.ts';
import type { CorrelogramInput, Correlograms } from '../shared/unit-jobs.ts';

/** Intervals are shown up to half the window of the correlograms. */
const INTERVAL_SHARE = 0.5;

export const correlogramJob = singleJob<CorrelogramInput, Correlograms>(
  ({ trains, rate, windowMs, binMs, convention = 'spikeinterface' }) => {
    const options: CorrelogramOptions = { convention, windowMs, binMs, rate };
    const { count, edgesMs } = correlogramBins(options);
    return {
      counts: allCorrelograms(trains, options),
      units: trains.length,
      bins: count,
      edges: edgesMs,
      intervals: trains.map((train) => intervalHistogram(train, windowMs * INTERVAL_SHARE, binMs, rate)),
    };
  },
);
