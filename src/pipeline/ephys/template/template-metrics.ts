// Metrics of average waveforms, columns for the table of units.
import type { MetricTable } from '../metrics/table.ts';
import { channelsWithin, LOCATION_RADIUS, monopole, templateCentre } from './location.ts';
import { channelOf, mainPeak, type PeakSign, peakToPeak, signalToNoise, waveformShape } from './shape.ts';
import type { Template } from './waveforms.ts';

export const TEMPLATE_METRICS = [
  'peak_channel',
  'snr',
  'peak_amplitude',
  'peak_to_peak',
  'x_um',
  'y_um',
  'x_monopolar_um',
  'y_monopolar_um',
  'peak_to_trough_ms',
  'peak_trough_ratio',
  'half_width_ms',
  'repolarisation_slope',
  'recovery_slope',
  'spread_um',
] as const;

/** Channels that are at least this large beside the main one count for the spread. */
const SPREAD_SHARE = 0.12;

/** Columns in the order of `templates`; null or without spikes: NaN. `noise` in the unit of the templates, positions [channel][x, y]. */
export function templateMetrics(
  templates: readonly (Template | null)[],
  noise: ArrayLike<number>,
  positions: ArrayLike<number>,
  rate: number,
  sign: PeakSign = 'neg',
): MetricTable {
  const columns = Object.fromEntries(
    TEMPLATE_METRICS.map((name) => [name, new Float64Array(templates.length).fill(Number.NaN)]),
  ) as Record<(typeof TEMPLATE_METRICS)[number], Float64Array<ArrayBuffer>>;
  templates.forEach((template, u) => {
    if (!template || template.count === 0) return;
    const peak = mainPeak(template, sign);
    const sizes = peakToPeak(template.mean, template.channels, 0, template.samples);
    const shape = waveformShape(channelOf(template, peak.channel), rate);
    const [x, y] = templateCentre(template, positions, peak.channel);
    const point = monopole(sizes, positions, channelsWithin(positions, peak.channel, LOCATION_RADIUS));
    columns.peak_channel[u] = peak.channel;
    columns.snr[u] = signalToNoise(template, noise, sign);
    columns.peak_amplitude[u] = peak.value;
    columns.peak_to_peak[u] = sizes[peak.channel]!;
    columns.x_um[u] = x;
    columns.y_um[u] = y;
    columns.x_monopolar_um[u] = point.x;
    columns.y_monopolar_um[u] = point.y;
    columns.peak_to_trough_ms[u] = shape.peakToTroughDuration * 1000;
    columns.peak_trough_ratio[u] = shape.peakToTroughRatio;
    columns.half_width_ms[u] = shape.halfWidth * 1000;
    columns.repolarisation_slope[u] = shape.repolarisationSlope;
    columns.recovery_slope[u] = shape.recoverySlope;
    columns.spread_um[u] = spreadOf(sizes, positions, SPREAD_SHARE * sizes[peak.channel]!);
  });
  return columns;
}

/** Extent along the probe of the channels at least `least` large. */
function spreadOf(sizes: Float64Array, positions: ArrayLike<number>, least: number): number {
  let low = Infinity;
  let high = -Infinity;
  sizes.forEach((size, c) => {
    if (size < least) return;
    low = Math.min(low, positions[2 * c + 1]!);
    high = Math.max(high, positions[2 * c + 1]!);
  });
  return high - low;
}
