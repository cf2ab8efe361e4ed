// What the Export menu writes: predictions as voxels, scores and classes as tables, scribbles as JSON.

import { fingerprintOf } from '../../../base/fingerprint.ts';
import { byteSize, grouped } from '../../../base/number-format.ts';
import { makeProvenance, type Parameter } from '../../../base/provenance.ts';
import { VERSION } from '../../../base/version.ts';
import { shapeText } from '../../../base/volume.ts';
import { notify, reportError } from '../../../state/log.ts';
import { saveBytes } from '../../../ui/download.ts';
import { ask } from '../../../workers/client.ts';
import { PLANE_AXES, PLANE_TITLES } from '../shared/planes.ts';
import { labelsOf, scribblesOf, type VolumeDataset } from './datasets.ts';
import { classesOf } from './palette.ts';
import { scoredClasses } from './scored-classes.ts';
import { scribbleRuns } from './scribbles.ts';
import { countsOf } from './shown-palette.ts';
import { exactPlane } from './shown-plane.ts';
import { shownLayer } from './store.ts';

/** `xray-mini` of `xray-mini.zip`: what files made from it are called. */
export const stemOf = ({ name }: Pick<VolumeDataset, 'name'>) =>
  name.replace(/\.(zip|np[yz]|nii(\.gz)?|n(rrd|hdr)|tiff?|h5|hdf5|zarr)$/i, '').replace(/[^\w.-]+/g, '_') || 'volume';

/** Runs a save; says what was saved, or why not. */
async function saving(
  file: string,
  make: () => Promise<readonly [bytes: Uint8Array<ArrayBuffer>, facts: string]>,
): Promise<void> {
  try {
    const [bytes, facts] = await make();
    saveBytes(file, bytes);
    notify('success', `Saved ${file}`, `${byteSize(bytes.byteLength)}, ${facts}`);
  } catch (error) {
    reportError(error, `${file} could not be saved`);
  }
}

export type VoxelFile = 'npy' | 'npz' | 'nifti';
export const ENDINGS = { npy: 'npy', npz: 'npz', nifti: 'nii' } as const;

/** The prediction on screen as uint8 with BossDB's numbers (for regions, those of roi_labels). */
export function savePrediction(dataset: VolumeDataset, as: VoxelFile): Promise<void> {
  return saving(`${stemOf(dataset)}.prediction.${ENDINGS[as]}`, async () => {
    const found = labelsOf(dataset, 'prediction');
    if (!found) throw new Error('no prediction');
    const { voxelSize, voxelKnown } = dataset.store.getState();
    const { shape } = found.layer;
    const input = {
      as,
      shape,
      name: 'prediction',
      voxelSize: voxelKnown ? voxelSize : null,
      note: `Somascope ${VERSION}, ${found.layer.name}`.slice(0, 79),
    };
    return [await ask<Uint8Array<ArrayBuffer>>('volume', 'encode', input, { payload: found.data.slice() }), shapeText(shape)];
  });
}

/** The plane of the image on screen. */
export function saveSlice(dataset: VolumeDataset): Promise<void> {
  const { plane, position } = dataset.store.getState();
  const file = `${stemOf(dataset)}.${PLANE_TITLES[plane].toLowerCase()}${position[PLANE_AXES[plane].across]}.npy`;
  return saving(file, async () => {
    const shown = await exactPlane(dataset, plane);
    if (!shown) throw new Error('no image');
    const shape = [shown.height, shown.width];
    const input = { as: 'npy', shape, name: 'slice', voxelSize: null, note: '' };
    return [await ask<Uint8Array<ArrayBuffer>>('volume', 'encode', input, { payload: shown.data.slice() }), shapeText(shape)];
  });
}

const encode = (text: string) => new TextEncoder().encode(text);

function provenance(dataset: VolumeDataset, parameters: Readonly<Record<string, Parameter>>) {
  const source = [...dataset.sources.values()][0];
  return makeProvenance({ dataset: dataset.name, fingerprint: source ? fingerprintOf(source.listing, '') : '', parameters });
}

/** NaN is no JSON number: a score that does not exist is null. */
const json = (value: unknown) =>
  `${JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'number' && !Number.isFinite(inner) ? null : inner), 2)}\n`;

export function saveMetricsJson(dataset: VolumeDataset): Promise<void> {
  return saving(`${stemOf(dataset)}.metrics.json`, async () => {
    const { scores, cells, taskOne, taskThree } = dataset.store.getState();
    const made = provenance(dataset, {
      truth: scores?.truth ?? null,
      prediction: scores?.prediction ?? null,
      task: scores?.task ?? null,
      images: scores?.blocks ?? null,
    });
    const content = {
      provenance: made,
      ...(scores && {
        classes: scoredClasses(dataset, scores).map(({ name }) => name),
        confusion: scores.confusion,
        corrected: scores.corrected,
        published: { images: scores.images, old: scores.old, new: scores.new },
        slices: { meanIou: scores.curves[0] },
        outside: scores.strays,
      }),
      ...(cells && { cells }),
      ...(taskOne && { task1: taskOne }),
      ...(taskThree && { task3: taskThree }),
    };
    return [encode(json(content)), 'scores as published and corrected'];
  });
}

/** RFC 4180: cells are quoted where they must be. */
export function csvText(rows: readonly (readonly (string | number)[])[]): string {
  const cell = (value: string | number) => {
    const text = typeof value === 'number' ? (Number.isFinite(value) ? String(value) : '') : value;
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

export function saveMetricsCsv(dataset: VolumeDataset): Promise<void> {
  return saving(`${stemOf(dataset)}.metrics.csv`, async () => {
    const { scores } = dataset.store.getState();
    if (!scores) throw new Error('no scores');
    const { corrected, old } = scores;
    const head = [
      'class',
      'precision',
      'recall',
      'f1',
      'iou',
      'old_f1',
      'old_iou',
      'old_accuracy',
      'new_f1',
      'new_iou',
      'new_accuracy',
    ];
    const rows = scoredClasses(dataset, scores).map(({ name }, i) => {
      const { precision, recall, f1, iou } = corrected.classes[i]!;
      return [
        name,
        precision,
        recall,
        f1,
        iou,
        old.f1[i]!,
        old.iou[i]!,
        old.accuracy[i]!,
        scores.new.f1[i]!,
        scores.new.iou[i]!,
        scores.new.accuracy[i]!,
      ];
    });
    const mean = [
      'mean',
      '',
      '',
      corrected.meanF1,
      corrected.meanIou,
      old.meanF1,
      old.meanIou,
      '',
      scores.new.meanF1,
      scores.new.meanIou,
      '',
    ];
    return [encode(csvText([head, ...rows, mean])), `${rows.length} classes`];
  });
}

export function saveClasses(dataset: VolumeDataset): Promise<void> {
  return saving(`${stemOf(dataset)}.classes.csv`, async () => {
    const state = dataset.store.getState();
    const layer = shownLayer(state, 'prediction') ?? shownLayer(state, 'truth');
    const counted = layer && countsOf(dataset, layer.id);
    if (!layer || !counted) throw new Error('no labels');
    const mm3 = state.voxelKnown ? state.voxelSize.reduce((product, edge) => product * edge, 1) * 1e-9 : Number.NaN;
    const rows = classesOf(layer, [...counted.counts.keys()]).map(({ id, name }) => {
      const voxels = counted.counts.get(id) ?? 0;
      return [id, name, voxels, voxels * mm3, voxels / counted.total];
    });
    return [encode(csvText([['label', 'class', 'voxels', 'mm3', 'share'], ...rows])), layer.name];
  });
}

export function saveScribbles(dataset: VolumeDataset): Promise<void> {
  return saving(`${stemOf(dataset)}.scribbles.json`, async () => {
    const runs = scribbleRuns(scribblesOf(dataset));
    const classes = classesOf({ kind: 'microstructure' }, []).map(({ id, name }) => ({ id, name }));
    const content = {
      provenance: provenance(dataset, {}),
      shape: dataset.shape,
      classes,
      columns: ['z', 'y', 'x', 'voxels', 'class'],
      runs,
    };
    return [encode(`${JSON.stringify(content)}\n`), `${grouped(runs.reduce((sum, [, , , voxels]) => sum + voxels, 0))} voxels`];
  });
}
