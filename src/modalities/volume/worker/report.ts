// The region report: by region labels where there are any, else by the planes of each part.
import type { JobContext } from '../../../base/job.ts';
import { drive } from '../../../base/steps.ts';
import { reportRegions } from '../../../pipeline/volume/report/region-report.ts';
import type { LabelVolume } from '../../../pipeline/volume/volume.ts';
import type { Report, ReportInput, ReportPayload } from '../shared/report-types.ts';

/** No region. */
const NONE = 255;
const [VESSEL, CELL, AXON] = [1, 2, 3];

export async function makeReport(input: ReportInput, payload: ReportPayload, { signal, progress }: JobContext): Promise<Report> {
  const { shape, voxelSize } = input;
  const { regions, names } = regionsOf(input, payload);
  const image = { data: payload.image ?? new Uint8Array(payload.labels.length), shape };
  const options = {
    regions: names.length,
    classes: AXON + 1,
    vessel: VESSEL,
    cell: CELL,
    composition: [AXON, VESSEL, CELL],
    seams: input.seams,
    voxel: voxelSize ?? ([Number.NaN, Number.NaN, Number.NaN] as const),
  };
  const report = await drive(reportRegions(image, { data: payload.labels, shape }, regions, options), {
    signal,
    onProgress: progress,
  });
  const there = report.rows.filter(({ region, voxels }) => voxels > 0 && names[region] !== '');
  const grey = (value: number) => (payload.image ? value : Number.NaN);
  const pick = (matrix: readonly (readonly number[])[]) =>
    there.map(({ region }) => there.map((other) => matrix[region]![other.region]!));
  return {
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
    kl: payload.image ? pick(report.kl) : there.map(() => there.map(() => Number.NaN)),
    cosine: pick(report.cosine),
  };
}

/** Region numbers of all voxels, and the name of each; '' for a number that is no region. */
function regionsOf({ shape, regions, spans }: ReportInput, payload: ReportPayload): { regions: LabelVolume; names: string[] } {
  if (payload.regions) {
    const most = regions.reduce((top, { id }) => Math.max(top, id), 0);
    const names = Array.from({ length: most + 1 }, (_, id) => regions.find((one) => one.id === id)?.name ?? '');
    return { regions: { data: payload.regions, shape }, names };
  }
  const data = new Uint8Array(payload.labels.length).fill(NONE);
  const area = shape[1] * shape[2];
  for (const [i, { from, to }] of spans.entries()) data.fill(i, from * area, to * area);
  return { regions: { data, shape }, names: spans.map(({ name }) => name) };
}
