// The region report: by region labels where there are any, else by the planes of each part.
import type { Job, JobContext } from '../../../base/job.ts';
import type { NumericArray } from '../../../base/ndarray.ts';
import { drive } from '../../../base/steps.ts';
import { voxelsOf } from '../../../base/volume.ts';
import { STORED_BYTES, type VolumeReader } from '../../../formats/volume.ts';
import {
  type RegionReport,
  type ReportOptions,
  reportRegions,
  reportTally,
} from '../../../pipeline/volume/report/region-report.ts';
import { addToTally, joinTally, makeTally, type RegionTally } from '../../../pipeline/volume/report/region-tally.ts';
import { type FileReportInput, type Report, type ReportInput, type ReportPayload, SPATIAL } from '../shared/report-types.ts';
import type { ScorePart } from '../shared/score-types.ts';
import { readerOf } from './readers.ts';
import { slabsIn } from './stream.ts';

/** No region. */
const NONE = 255;
const [VESSEL, CELL, AXON] = [1, 2, 3];

export async function makeReport(input: ReportInput, payload: ReportPayload, { signal, progress }: JobContext): Promise<Report> {
  const { shape } = input;
  const names = namesOf(input, payload.regions !== null);
  const area = shape[1] * shape[2];
  const regions = { data: payload.regions ?? regionsOf(input, { from: 0, to: shape[0] }, area), shape };
  const image = { data: payload.image ?? new Uint8Array(payload.labels.length), shape };
  const report = await drive(reportRegions(image, { data: payload.labels, shape }, regions, optionsOf(input, names)), {
    signal,
    onProgress: progress,
  });
  return shownReport(report, names, payload.image !== null, []);
}

/** Most bytes of the planes of one volume that are held at a time. */
const MOST_BYTES = 48 * 2 ** 20;

/** The same of volumes that are read from their files: what can be added up plane by plane. */
export const reportFiles: Job<FileReportInput, ScorePart, RegionTally, never, Report> = {
  split: slabsIn,
  run: async (input, { from, to }, { signal, progress }) => {
    const [, height, width] = input.shape;
    const area = height * width;
    const tally = emptyTally(input);
    const [labels, image, areas] = await Promise.all(
      [input.labels, input.image, input.areas].map((one) => one && readerOf(one, signal)),
    );
    const item = Math.max(...[labels, image, areas].map((reader) => (reader ? STORED_BYTES[reader.stored] : 1)));
    const step = Math.max(1, Math.floor(MOST_BYTES / (area * item)));
    for (let z = from; z < to; z += step) {
      const end = Math.min(to, z + step);
      const shape = [end - z, height, width] as const;
      const read = (reader: VolumeReader) => reader.readBox([z, 0, 0], [end, height, width], signal);
      const data = {
        image: image ? await read(image) : new Uint8Array(voxelsOf(shape)),
        labels: bytesIn(await read(labels!)),
        regions: areas ? bytesIn(await read(areas)) : regionsOf(input, { from: z, to: end }, area),
      };
      const slab = <T>(one: T) => ({ data: one, shape });
      await drive(addToTally(tally, slab(data.image), slab(data.labels), slab(data.regions), CELL), { signal });
      progress((end - from) / (to - from));
    }
    return tally;
  },
  merger: (input) => {
    const tally = emptyTally(input);
    const names = namesOf(input, input.areas !== null);
    return {
      add: (part) => joinTally(tally, part),
      finish: () => shownReport(reportTally(tally, optionsOf(input, names)), names, input.image !== null, SPATIAL),
    };
  },
};

const emptyTally = (input: FileReportInput) =>
  makeTally({ regions: namesOf(input, input.areas !== null).length, classes: AXON + 1 });

/** What no byte holds is no class and no region. */
const bytesIn = (labels: NumericArray): Uint8Array<ArrayBuffer> =>
  labels instanceof Uint8Array ? (labels as Uint8Array<ArrayBuffer>) : Uint8Array.from(labels, (label) => Math.min(label, NONE));

function optionsOf({ seams, voxelSize }: ReportInput, names: readonly string[]): ReportOptions {
  return {
    regions: names.length,
    classes: AXON + 1,
    vessel: VESSEL,
    cell: CELL,
    composition: [AXON, VESSEL, CELL],
    seams,
    voxel: voxelSize ?? ([Number.NaN, Number.NaN, Number.NaN] as const),
  };
}

function shownReport(report: RegionReport, names: readonly string[], hasImage: boolean, unmeasured: readonly string[]): Report {
  const there = report.rows.filter(({ region, voxels }) => voxels > 0 && names[region] !== '');
  const grey = (value: number) => (hasImage ? value : Number.NaN);
  const pick = (matrix: readonly (readonly number[])[]) =>
    there.map(({ region }) => there.map((other) => matrix[region]![other.region]!));
  return {
    unmeasured,
    rows: there.map((row) => ({
      name: names[row.region]!,
      voxels: row.voxels,
      mm3: row.volume,
      vessel: row.shares[VESSEL]!,
      cell: row.shares[CELL]!,
      axon: row.shares[AXON]!,
      cells: row.cells,
      cellsPerMm2: row.profilesPerMm2,
      cellsPerMm3: row.cellsPerMm3,
      spacing: row.cellSpacing,
      vesselDistance: row.vesselDistance,
      vesselLength: row.vesselLengthPerMm3,
      coherence: grey(row.coherence),
      greyMean: grey(row.grey.mean),
      greyDeviation: grey(row.grey.sd),
    })),
    kl: hasImage ? pick(report.kl) : there.map(() => there.map(() => Number.NaN)),
    cosine: pick(report.cosine),
  };
}

/** The name of each region number; '' for a number that is no region. */
function namesOf({ regions, spans }: ReportInput, hasVolume: boolean): string[] {
  if (!hasVolume) return spans.map(({ name }) => name);
  const most = regions.reduce((top, { id }) => Math.max(top, id), 0);
  return Array.from({ length: most + 1 }, (_, id) => regions.find((one) => one.id === id)?.name ?? '');
}

/** Region numbers of some planes where there is no region volume: those of the spans. */
function regionsOf({ spans }: ReportInput, { from, to }: ScorePart, area: number): Uint8Array<ArrayBuffer> {
  const data = new Uint8Array((to - from) * area).fill(NONE);
  for (const [i, span] of spans.entries())
    data.fill(i, Math.max(0, span.from - from) * area, Math.max(0, Math.min(to, span.to) - from) * area);
  return data;
}
