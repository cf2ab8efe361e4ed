// What is saved: NPY images, regions as JSON, ImageJ selections and label masks, submissions, traces as CSV. Text leaves in pieces of
// bytes, never as one string.
import { type Job, singleJob } from '../../../base/job.ts';
import type { NumericArray } from '../../../base/ndarray.ts';
import type { Region } from '../../../base/region.ts';
import { writeRoi } from '../../../formats/imagej-roi/index.ts';
import { checkSubmission } from '../../../formats/neurofinder/check-submission.ts';
import { writeRegions, writeSubmission } from '../../../formats/neurofinder/submission.ts';
import { writeNpy } from '../../../formats/npy/index.ts';
import { addPngText } from '../../../formats/png/text.ts';
import { writeTiff } from '../../../formats/tiff/index.ts';
import { writeZip } from '../../../formats/zip/write.ts';
import { labelImage } from '../../../pipeline/roi/label-image.ts';
import { edgePaths } from '../../../pipeline/roi/outline.ts';
import type { LabelMaskInput, RoiSetInput, Spelling, SubmissionCheck, SubmissionSet } from '../shared/regions.ts';
import type { TracesCsvInput } from '../shared/traces.ts';
import { processTrace } from './trace-jobs.ts';

type Bytes = Uint8Array<ArrayBuffer>;

export const npy = singleJob<{ data: NumericArray; shape: readonly number[] }, Bytes>((array) => writeNpy(array));

function encoded(pieces: Iterable<string>): Bytes[] {
  const encoder = new TextEncoder();
  return Array.from(pieces, (piece) => encoder.encode(piece));
}

export const regionsJson = singleJob<{ regions: readonly Region[]; ids: readonly (number | string)[] }, Bytes[]>(
  ({ regions, ids }) => encoded(writeRegions(regions, ids)),
);

export const submissionJson = singleJob<{ sets: readonly SubmissionSet[]; spelling: Spelling }, Bytes[]>(({ sets, spelling }) =>
  encoded(writeSubmission(sets, spelling)),
);

export const submissionCheck = singleJob<{ sets: readonly SubmissionSet[] }, SubmissionCheck>(({ sets }) =>
  checkSubmission(sets),
);

/** A zip of ImageJ selections, one a region, along the edges of its pixels. */
export const roiSet = singleJob<RoiSetInput, Bytes[]>(({ regions, names, height, width, comment }) => {
  const files = regions.map((region, i) => ({ name: `${names[i]}.roi`, bytes: writeRoi(edgePaths(region, height, width)) }));
  return writeZip(files, comment);
});

/** [row, column], uint16, 0 where there is no region. */
export const labelMask = singleJob<LabelMaskInput, Bytes>(({ regions, labels, height, width, format, ...notes }) => {
  const data = labelImage(regions, labels, height, width);
  return format === 'npy' ? writeNpy({ data, shape: [height, width] }) : writeTiff(data, height, width, notes);
});

export const pngText = singleJob<{ png: Bytes; text: string }, Bytes>(({ png, text }) => addPngText(png, 'Comment', text));

const CSV_REGIONS = 16;

/** Rows `region,frame,seconds,raw,neuropil,corrected,deltaf_over_f,event`; a part makes the rows of a few regions. */
export const tracesCsv: Job<TracesCsvInput, number, Bytes, never, Bytes[]> = {
  split: ({ traces }) => Array.from({ length: Math.ceil(traces.regions / CSV_REGIONS) }, (_, i) => i * CSV_REGIONS),

  async run({ traces, labels, rateHz, rateKnown }, first, { progress }) {
    const { frames, regions, raw, neuropil } = traces;
    const lines: string[] = [];
    const last = Math.min(regions, first + CSV_REGIONS);
    for (let region = first; region < last; region++) {
      const own = [region * frames, (region + 1) * frames] as const;
      const trace = { raw: raw.slice(...own), neuropil: neuropil.slice(...own) };
      const { corrected, deltaFOverF, events } = processTrace({ ...trace, rateHz });
      for (let t = 0; t < frames; t++) {
        const values = [trace.raw[t]!, trace.neuropil[t]!, corrected[t]!, deltaFOverF[t]!, events[t]!].map(cell);
        lines.push(`${labels[region]},${t},${rateKnown ? (t / rateHz).toFixed(4) : ''},${values.join(',')}\n`);
      }
      progress((region + 1 - first) / (last - first));
    }
    return new TextEncoder().encode(lines.join(''));
  },

  merger() {
    const parts: Bytes[] = [new TextEncoder().encode('region,frame,seconds,raw,neuropil,corrected,deltaf_over_f,event\n')];
    return { add: (part) => parts.push(part), finish: () => parts };
  },
};

/** A missing value is an empty cell, never a zero. */
function cell(value: number): string {
  return Number.isNaN(value) ? '' : String(Math.round(value * 1e5) / 1e5);
}
