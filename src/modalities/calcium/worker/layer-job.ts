// Layers from dropped files: regions.json, submissions and CaImAn contours, ImageJ selections, suite2p cells. Those of open sets are
// checked against their frames.
import { SomascopeError } from '../../../base/errors.ts';
import { type JobContext, singleJob } from '../../../base/job.ts';
import { entryAt, type FileListing } from '../../../base/listing.ts';
import { entryBytes } from '../../../formats/listing.ts';
import { readIsCell, readStat } from '../../../formats/suite2p/stat.ts';
import type { ReadLayer, ReadRegionsInput } from '../shared/regions.ts';
import { type Frame, requireFit } from './layer-fit.ts';
import { readJsonLayers } from './read-json-layers.ts';
import { readRoiLayer } from './read-roi-layer.ts';

export const readLayers = singleJob<ReadRegionsInput, readonly ReadLayer[]>(async (input, { signal }) => {
  if (input.source.kind === 'json') return readJsonLayers(input, signal);
  const frame = input.frames.find(({ name }) => name === input.active);
  if (!frame) throw new SomascopeError('Bug', 'There is no data set for these regions.');
  return [await (input.source.kind === 'rois' ? readRoiLayer(input, frame, signal) : readSuite2p(input, frame, signal))];
});

const placeOf = (listing: FileListing, entry: number) => {
  const { file, path } = entryAt(listing, entry);
  return { file: file.name, ...(path === file.name ? {} : { entry: path }) };
};

/** The cells of stat.npy; where iscell.npy lies beside it, those that it calls cells, with their probabilities. */
async function readSuite2p(
  { listing, source }: ReadRegionsInput,
  frame: Frame,
  signal: JobContext['signal'],
): Promise<ReadLayer> {
  const [stat, beside] = source.entries as [number, number | undefined];
  const place = placeOf(listing, stat);
  const { regions, numbers, bad, count } = readStat(await entryBytes(entryAt(listing, stat), { signal }), place);
  const fit = requireFit(regions, frame, place);
  const known =
    beside === undefined
      ? undefined
      : readIsCell(await entryBytes(entryAt(listing, beside), { signal }), count, placeOf(listing, beside));
  const kept = regions.flatMap((_, i) => (fit.isInside[i] && (known?.isCell[numbers[i]!] ?? true) ? [i] : []));
  const warnings: string[] = [];
  const others = known ? known.isCell.filter((isCell) => !isCell).length : 0;
  if (others > 0) warnings.push(`${others} of ${count} are not cells in iscell.npy and were left out.`);
  if (source.ignored.length > 0) warnings.push(`Not read: ${source.ignored.join(', ')}.`);
  return {
    dataset: null,
    regions: kept.map((i) => regions[i]!),
    ids: kept.map((i) => numbers[i]!),
    bad: [...bad, ...fit.bad.map(({ index, reason }) => ({ index: numbers[index]!, reason }))],
    warnings,
    ...(known && { confidence: kept.map((i) => asConfidence(known.probability[numbers[i]!]!)) }),
  };
}

const asConfidence = (probability: number) => (Number.isNaN(probability) ? 1 : Math.min(1, Math.max(0, probability)));
