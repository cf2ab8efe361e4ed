// Saves regions for other programs: ImageJ's selections, label masks, traces as an array, scores as JSON.
import { provenanceText } from '../../../base/provenance.ts';
import { saveBytes, saveChunks } from '../../../ui/download.ts';
import { ask } from '../../../workers/client.ts';
import type { LabelMaskInput, RoiSetInput } from '../shared/regions.ts';
import { allDatasets, type CalciumDataset } from './datasets.ts';
import { exportName, SCORES_JSON_FILE } from './export-names.ts';
import { exportedTraces } from './export-traces.ts';
import { type ExportedRegions, exportedRegions } from './exported-regions.ts';
import { provenanceOf } from './provenance.ts';
import { regionLines, regionsCsv } from './regions-csv.ts';
import { attempt, countOf, saveEncoded, sizeOf, tell } from './saving.ts';
import { scoresJson } from './scores-json.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** What the notice says of them: `predictions, 23 regions`. */
const factsOf = ({ layer, regions }: ExportedRegions) => `${layer}, ${countOf(regions.length, 'region', 'regions')}`;

/** Selections along the edges of the pixels, so that ImageJ and this page read the same pixels again. */
export function saveRoiSet(dataset: CalciumDataset): Promise<void> {
  const file = exportName(dataset.info.shortName, 'rois.zip');
  return attempt(file, async () => {
    const exported = exportedRegions(dataset);
    const { height, width } = dataset.files.movie;
    const comment = provenanceText(provenanceOf(dataset, { regions: exported.layer }));
    const input: RoiSetInput = { regions: exported.regions, names: exported.names, height, width, comment };
    const chunks = await ask<Bytes[]>('calcium', 'roi-set', input);
    await saveChunks(file, chunks, { type: 'application/zip' });
    tell(file, sizeOf(chunks), `ImageJ selections of ${factsOf(exported)}`);
  });
}

/** [row, column], uint16: the number of the table Regions, 0 where there is none; where regions overlap, the first in the list. */
export function saveLabelMask(dataset: CalciumDataset, format: 'npy' | 'tiff'): Promise<void> {
  const file = exportName(dataset.info.shortName, format === 'npy' ? 'labels.npy' : 'labels.tif');
  return attempt(file, async () => {
    const exported = exportedRegions(dataset);
    const { height, width } = dataset.files.movie;
    const { pixelsPerMicron } = dataset.info.facts;
    const lines = [`somascope=${provenanceText(provenanceOf(dataset, { regions: exported.layer }))}`];
    const { regions, numbers: labels } = exported;
    const input: LabelMaskInput = { regions, labels, height, width, format, pixelsPerMicron, lines };
    const bytes = await ask<Bytes>('calcium', 'label-mask', input);
    saveBytes(file, bytes, format === 'npy' ? 'application/octet-stream' : 'image/tiff');
    tell(file, bytes.byteLength, `${height} × ${width}, uint16, ${factsOf(exported)}`);
  });
}

/** Raw traces [region, frame], float32, in grey values, NaN where a frame is damaged; rows as in Traces CSV. */
export function saveTracesNpy(dataset: CalciumDataset): Promise<void> {
  const file = exportName(dataset.info.shortName, 'traces.npy');
  return attempt(file, async () => {
    const found = await exportedTraces(dataset);
    if (!found) return;
    const { frames, regions, raw } = found.traces;
    const bytes = await ask<Bytes>('calcium', 'npy', { data: raw, shape: [regions, frames] });
    saveBytes(file, bytes);
    tell(file, bytes.byteLength, `${found.layer}, ${regions} × ${frames}, float32, [region, frame]`);
  });
}

/** The table Regions as it is listed. */
export function saveRegionsCsv(dataset: CalciumDataset): Promise<void> {
  const file = exportName(dataset.info.shortName, 'regions.csv');
  return attempt(file, () => {
    const lines = regionLines(dataset);
    tell(file, saveEncoded(file, regionsCsv(lines), 'text/csv'), `${countOf(lines.length, 'region', 'regions')}, as listed`);
  });
}

export function saveScoresJson(): Promise<void> {
  return attempt(SCORES_JSON_FILE, () => {
    const time = new Date();
    const sets = allDatasets().map((dataset) => {
      const { score, threshold } = dataset.store.getState();
      return { provenance: provenanceOf(dataset, { time }), score, threshold };
    });
    const bytes = saveEncoded(SCORES_JSON_FILE, scoresJson(sets), 'application/json');
    tell(SCORES_JSON_FILE, bytes, countOf(sets.length, 'data set', 'data sets'));
  });
}
