// The region report of the labels on screen: asked for, kept in the store, saved as CSV.
import { SomascopeError } from '../../../base/errors.ts';
import { byteSize } from '../../../base/number-format.ts';
import { extentOf, shapeText } from '../../../base/volume.ts';
import { tracked } from '../../../state/jobs.ts';
import { notify, reportError } from '../../../state/log.ts';
import { resources } from '../../../state/resources.ts';
import { saveText } from '../../../ui/download.ts';
import { ask, runJob } from '../../../workers/client.ts';
import { conventionById } from '../shared/label-conventions.ts';
import type { FileReportInput, Report, ReportInput, ReportPayload, ReportRow } from '../shared/report-types.ts';
import type { LabelArray } from '../shared/types.ts';
import { isVast } from './bricks.ts';
import { bricksIn, imageOf, inputOf, labelsOf, seamsOf, type VolumeDataset, voxelsKey } from './datasets.ts';
import { csvText, stemOf } from './exports.ts';
import { fileLabels, fileLabelsIn, thicknessOf } from './file-labels.ts';
import { readImageBox } from './image-box.ts';
import { shownLayer } from './store.ts';

const ROLES = ['prediction', 'truth'] as const;

/** The labels a report is of: the prediction on screen, else the truth; only microstructure has cells and vessels. */
function reportedLabels(dataset: VolumeDataset) {
  return ROLES.flatMap((role) => {
    const found = labelsOf(dataset, role);
    return found?.layer.kind === 'microstructure' && found.data instanceof Uint8Array
      ? [{ data: found.data, layer: found.layer }]
      : [];
  })[0];
}

/** Region labels that are in memory, on screen or not. */
function regionVolume(dataset: VolumeDataset): Uint8Array<ArrayBuffer> | null {
  const layer = dataset.store.getState().layers.find(({ kind, status }) => kind === 'regions' && status === 'ready');
  const data = layer && resources.get<LabelArray>(voxelsKey(dataset, layer.id));
  return data instanceof Uint8Array ? data : null;
}

interface Reported {
  readonly input: Pick<ReportInput, 'shape' | 'regions' | 'seams' | 'spans'>;
  readonly payload: ReportPayload;
}

/** What the rows are of: the regions, or the parts of the stack. */
function partsOf(dataset: VolumeDataset, hasRegions: boolean): Reported['input'] {
  const { shape, info } = dataset;
  const all = [{ name: 'Whole volume', from: 0, to: shape[0] }];
  return {
    shape,
    regions: hasRegions ? conventionById('regions')!.classes.filter(({ id }) => id > 0) : [],
    seams: seamsOf(dataset),
    spans: info.cutouts.length > 0 ? info.cutouts : all,
  };
}

/** The whole volume, by its regions or its parts; null where there are no labels of it. */
function wholeOf(dataset: VolumeDataset): Reported | null {
  const labels = reportedLabels(dataset);
  if (!labels) return null;
  const regions = regionVolume(dataset);
  const image = imageOf(dataset)?.data;
  return {
    input: partsOf(dataset, regions !== null),
    payload: {
      image: image instanceof Uint8Array ? image.slice() : null,
      labels: labels.data.slice(),
      regions: regions?.slice() ?? null,
    },
  };
}

/** Of a volume larger than memory the box that was labelled. */
async function labelledPart(dataset: VolumeDataset): Promise<Reported | null> {
  const layer = shownLayer(dataset.store.getState(), 'prediction');
  const bricks = layer?.kind === 'microstructure' ? bricksIn(dataset, layer) : undefined;
  const box = bricks?.bounds();
  if (!bricks || !box) return null;
  const shape = extentOf(box.from, box.to);
  if (isVast(shape)) {
    const message = `What is labelled lies in ${shapeText(shape)} voxels, more than a report can hold.`;
    throw new SomascopeError('OutOfMemory', message, {}, 'Save the prediction, and report on parts of the volume.');
  }
  const image = await readImageBox(dataset, box);
  return {
    input: { shape, regions: [], seams: [], spans: [{ name: 'Labelled part', from: 0, to: shape[0] }] },
    payload: { image: image instanceof Uint8Array ? image : null, labels: bricks.box(box.from, box.to), regions: null },
  };
}

type Streamed = Omit<FileReportInput, 'voxelSize'>;

/** The whole of labels that are read from their files; null where there are none on screen. */
function wholeInFiles(dataset: VolumeDataset): Streamed | null {
  const { layers } = dataset.store.getState();
  const found = ROLES.map((role) => fileLabels(dataset, role)).find((one) => one?.layer.kind === 'microstructure');
  if (!found) return null;
  const areas = layers.flatMap((one) =>
    one.kind === 'regions' && one.status !== 'failed' ? [fileLabelsIn(dataset, one)] : [],
  )[0];
  const image = layers.find(({ role, visible }) => role === 'image' && visible);
  const isBytes = image && dataset.sources.get(image.id)?.item.stored === 'uint8';
  const used = [found.layer, ...(image ? [image] : []), ...(areas ? [areas.layer] : [])];
  return {
    ...partsOf(dataset, areas !== undefined),
    thickness: thicknessOf(dataset, used),
    labels: found.input,
    image: (isBytes && inputOf(dataset, image)) || null,
    areas: areas?.input ?? null,
  };
}

async function reportOn(dataset: VolumeDataset): Promise<Report | null> {
  const { voxelSize: size, voxelKnown } = dataset.store.getState();
  const voxelSize = voxelKnown ? size : null;
  const label = { label: 'Region report', dataset: dataset.id };
  const held = wholeOf(dataset) ?? (await labelledPart(dataset));
  if (held) {
    const input: ReportInput = { ...held.input, voxelSize };
    return tracked(label, ({ signal }) => ask<Report>('volume', 'report', input, { signal, payload: held.payload }));
  }
  const streamed = wholeInFiles(dataset);
  if (!streamed) return null;
  const input: FileReportInput = { ...streamed, voxelSize };
  return tracked({ ...label, unit: 'planes', total: dataset.shape[0] }, (options) =>
    runJob<Report>('volume', 'reportFiles', input, options),
  );
}

export async function makeReport(dataset: VolumeDataset): Promise<void> {
  try {
    const report = await reportOn(dataset);
    if (report) dataset.store.setState({ report });
  } catch (error) {
    reportError(error, 'The region report could not be made');
  }
}

const COLUMNS: readonly (readonly [head: string, key: keyof ReportRow])[] = [
  ['region', 'name'],
  ['voxels', 'voxels'],
  ['mm3', 'mm3'],
  ['vessel_share', 'vessel'],
  ['cell_share', 'cell'],
  ['axon_share', 'axon'],
  ['cells', 'cells'],
  ['cells_per_mm2', 'cellsPerMm2'],
  ['cells_per_mm3', 'cellsPerMm3'],
  ['nearest_cell_um', 'spacing'],
  ['tissue_to_vessel_um', 'vesselDistance'],
  ['vessel_mm_per_mm3', 'vesselLength'],
  ['orientation_coherence', 'coherence'],
  ['grey_mean', 'greyMean'],
  ['grey_sd', 'greyDeviation'],
];

/** What stands before the names of what is missing. */
export const UNMEASURED = 'Not measured: it needs the whole volume in memory';

export function saveReport(dataset: VolumeDataset): void {
  const { report } = dataset.store.getState();
  if (!report) return;
  const file = `${stemOf(dataset)}.regions.csv`;
  const names = report.rows.map(({ name }) => name);
  const matrix = (title: string, values: readonly (readonly number[])[]) => [
    [],
    [title, ...names],
    ...values.map((row, i) => [names[i]!, ...row]),
  ];
  const rows = [
    COLUMNS.map(([head]) => head),
    ...report.rows.map((row) => COLUMNS.map(([, key]) => row[key])),
    ...(report.unmeasured.length > 0 ? [[], [UNMEASURED, ...report.unmeasured]] : []),
    ...matrix('KL divergence of grey values (rows P, columns Q)', report.kl),
    ...matrix('1 - cosine of composition', report.cosine),
  ];
  const text = csvText(rows);
  saveText(file, text, 'text/csv');
  notify('success', `Saved ${file}`, `${byteSize(text.length)}, ${names.length} regions`);
}
