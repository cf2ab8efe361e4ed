// Edits of regions, growing one from a click, measures of regions, and where a trace has its transients: quick answers.
import { singleJob } from '../../../base/job.ts';
import { pixelCount, type Region } from '../../../base/region.ts';
import { growRegion } from '../../../pipeline/roi/edit/grow-region.ts';
import { differenceOf, unionOf } from '../../../pipeline/roi/edit/pixels.ts';
import { rasterisePolygon, strokePixels } from '../../../pipeline/roi/edit/polygon.ts';
import { splitByLine, splitInTwo } from '../../../pipeline/roi/edit/split.ts';
import { roundness } from '../../../pipeline/roi/roundness.ts';
import { signalToNoise } from '../../../pipeline/signal/delta-f.ts';
import { largestRise, skewness, strongestTransients } from '../../../pipeline/signal/transients.ts';
import type {
  EditInput,
  EditOutput,
  GrowInput,
  GrowOutput,
  MeasuresInput,
  MeasuresOutput,
  TransientsInput,
} from '../shared/edit.ts';

function applyEdit({ edit, height, width }: EditInput): readonly Region[] {
  switch (edit.kind) {
    case 'polygon':
      return [rasterisePolygon(edit.vertices, height, width)];
    case 'stroke':
      return [strokePixels(edit.vertices, edit.radius, height, width)];
    case 'merge':
      return [unionOf(edit.regions, height, width)];
    case 'paint':
      return [unionOf([edit.region, strokePixels(edit.vertices, edit.radius, height, width)], height, width)];
    case 'erase':
      return [differenceOf(edit.region, strokePixels(edit.vertices, edit.radius, height, width), height, width)];
    case 'cut':
      return splitByLine(edit.region, edit.line, height, width) ?? [];
    case 'split':
      return splitInTwo(edit.region, height, width) ?? [];
  }
}

export const editRegion = singleJob<EditInput, EditOutput>((input) =>
  applyEdit(input).filter((region) => pixelCount(region) > 0),
);

export const grow = singleJob<GrowInput, GrowOutput>((window) => growRegion(window));

export const measures = singleJob<MeasuresInput, MeasuresOutput>(({ regions, traces, bins }) => {
  const traceOf = (i: number) => traces.subarray(i * bins, (i + 1) * bins);
  const each = (measure: (i: number) => number) => Float64Array.from(regions, (_, i) => measure(i));
  return {
    snr: each((i) => signalToNoise(traceOf(i))),
    skewness: each((i) => skewness(traceOf(i))),
    rise: each((i) => largestRise(traceOf(i))),
    roundness: Float64Array.from(regions, roundness),
  };
});

/** Samples of the peaks, strongest first. */
export const transients = singleJob<TransientsInput, readonly number[]>(({ trace, rateHz, count }) =>
  strongestTransients(trace, rateHz, count),
);
