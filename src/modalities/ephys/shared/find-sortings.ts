// The sortings and imposed motions of a listing.
import { type Entry, isSortingHead } from './find-files.ts';
import type { Context } from './find-recordings.ts';
import type { FoundMotion, FoundSorting } from './found.ts';

export async function findSortings({ files, json, head }: Context): Promise<FoundSorting[]> {
  const sortings: FoundSorting[] = [];
  for (const entry of files.entries) {
    const { base, folder, path, index } = entry;
    if (base === 'spike_times.npy') {
      const beside = files.inFolder(folder);
      if (!beside.some((one) => one.base === 'spike_clusters.npy' || one.base === 'spike_templates.npy')) continue;
      const entries = beside.filter(isSorterFile).map((one) => one.index);
      sortings.push({ kind: 'phy', root: folder, name: folder.split('/').at(-1) || 'phy', entries });
    } else if (/\.npz$/i.test(base) && (await isSortingHead(index, head))) {
      sortings.push({ kind: 'npz', root: path, name: base, entries: [index] });
    } else if (/firings.*\.mda$/i.test(base)) {
      const parameters = files.inFolder(folder).find((one) => json.get(one.index) === 'parameters');
      sortings.push({
        kind: 'mda',
        root: path,
        name: base,
        entries: [index],
        ...(parameters && { parameters: parameters.index }),
      });
    } else if (/^(objects|sortings)$/.test(json.get(index) ?? '')) {
      sortings.push({ kind: 'object', root: path, name: base, entries: [index] });
    }
  }
  return sortings;
}

/** Files that a phy folder is read from: not the recording, which may lie beside them. */
function isSorterFile({ base }: Entry): boolean {
  return /\.(npy|tsv)$/i.test(base) || /^cluster_\w+\.csv$/i.test(base) || base === 'params.py';
}

export function findMotions({ files }: Context): FoundMotion[] {
  return files.entries.flatMap((entry) => {
    if (!/^manip\.timestamps.*\.npy$/i.test(entry.base)) return [];
    const positions = files.inFolder(entry.folder).find(({ base }) => /^manip\.positions.*\.npy$/i.test(base));
    return positions ? [{ name: entry.path, times: entry.index, positions: positions.index }] : [];
  });
}
