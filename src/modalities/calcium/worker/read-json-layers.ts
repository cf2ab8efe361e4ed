// Layers in JSON: regions.json, a submission or another tool's results, or CaImAn's contours, which are filled.
import { SomascopeError } from '../../../base/errors.ts';
import { entryAt } from '../../../base/listing.ts';
import { findContours, readContours } from '../../../formats/caiman/contours.ts';
import { entryBytes } from '../../../formats/listing.ts';
import { parseJson } from '../../../formats/neurofinder/json.ts';
import { readResults } from '../../../formats/neurofinder/results.ts';
import type { ReadLayer, ReadRegionsInput } from '../shared/regions.ts';
import { type FilledShape, fillShapes } from './fill-shapes.ts';
import { refuseMisfit } from './layer-fit.ts';

export async function readJsonLayers(
  { listing, source, oneBased, frames, active }: ReadRegionsInput,
  signal: AbortSignal,
): Promise<ReadLayer[]> {
  const file = entryAt(listing, source.entries[0]!);
  const place = { file: file.file.name, ...(file.path === file.file.name ? {} : { entry: file.path }) };
  const value = parseJson(await entryBytes(file, { signal }), place);
  const frameOf = (dataset: string | null) => frames.find(({ name }) => name === (dataset ?? active));
  const contours = findContours(value);
  if (contours) {
    const frame = frameOf(null);
    if (!frame) throw new SomascopeError('Bug', 'There is no data set for these contours.');
    const { cells, ids, bad, rowFirst } = readContours(contours, place, { oneBased });
    const shapes = cells.map((paths, i): FilledShape => ({ index: i, shape: { kind: 'paths', paths } }));
    const filled = fillShapes(shapes, frame, place);
    const order = rowFirst ? ', rows before columns as the centres in it say' : '';
    return [
      {
        dataset: null,
        regions: filled.regions,
        ids: filled.kept.map((i) => ids[i]!),
        bad: [...bad, ...filled.bad],
        warnings: [`Contours of CaImAn, filled${order}.`, ...filled.warnings],
      },
    ];
  }
  const { sets, warnings } = readResults(value, place, { oneBased, frameOf });
  return sets.map(({ dataset, regions, ids, bad, warnings: own, outside, reach, looksExchanged, looksOneBased }, i) => {
    const frame = frameOf(dataset);
    if (frame && !looksExchanged && !looksOneBased) refuseMisfit(outside, regions.length + outside, reach, frame, place);
    return {
      dataset,
      regions,
      ids: ids.map((id, index) => id ?? index),
      bad,
      warnings: i === 0 ? [...warnings, ...own] : own,
    };
  });
}
