// Finds files that hold regions for an open data set among the paths of a listing, by name only: ImageJ selections, a suite2p
// folder, or (where there is nothing else) JSON.
import { baseName, type FileListing, folderOf, isClutter } from '../../../base/listing.ts';

export interface LayerSource {
  readonly kind: 'json' | 'rois' | 'suite2p';
  /** What people call it: `RoiSet.zip`, `stat.npy`, `regions.json`. */
  readonly name: string;
  /** Entries of the listing: all selections; stat.npy and, where it is there, iscell.npy. */
  readonly entries: readonly number[];
  /** Names of files that belong to it and are not read. */
  readonly ignored: readonly string[];
}

const ROI = /\.roi$/i;
const STAT = /^stat\.npy$/i;
const IS_CELL = /^iscell\.npy$/i;

/** All ImageJ selections as one layer, a layer for each stat.npy, else the JSON files where there is nothing but these: the JSON of
 *  a data set is its own. */
export function findLayers(listing: FileListing): LayerSource[] {
  const useful = listing.paths.map((path, index) => ({ path, index })).filter(({ path }) => !isClutter(path));
  const rois = useful.filter(({ path }) => ROI.test(path));
  const layers: LayerSource[] = [];
  if (rois.length > 0) {
    const name = rois.length === 1 ? baseName(rois[0]!.path) : `${rois.length} ROIs`;
    layers.push({ kind: 'rois', name: archiveOf(listing) ?? name, entries: rois.map(({ index }) => index), ignored: [] });
  }
  for (const { path, index } of useful.filter((file) => STAT.test(baseName(file.path)))) {
    const beside = useful.filter((file) => folderOf(file.path) === folderOf(path) && /\.npy$/i.test(file.path));
    const isCell = beside.find((file) => IS_CELL.test(baseName(file.path)));
    const others = beside.filter((file) => file.index !== index && file !== isCell);
    layers.push({
      kind: 'suite2p',
      name: baseName(path),
      entries: isCell ? [index, isCell.index] : [index],
      ignored: others.map((file) => baseName(file.path)),
    });
  }
  if (layers.length > 0 || !useful.every(({ path }) => /\.json$/i.test(path))) return layers;
  return useful.map(({ path, index }) => ({ kind: 'json', name: baseName(path), entries: [index], ignored: [] }));
}

/** The name of the zip that holds the entries, where there is one. */
function archiveOf({ files }: FileListing): string | undefined {
  const only = files.length === 1 ? files[0]!.name : undefined;
  return only && !ROI.test(only) ? only : undefined;
}
