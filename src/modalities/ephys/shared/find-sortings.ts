// The sortings and imposed motions of a listing.
import { type Entry, type Head, isSortingHead } from './find-files.ts';
import type { Context } from './find-recordings.ts';
import type { FoundMotion, FoundSorting } from './found.ts';

export async function findSortings({ files, json, head }: Context): Promise<FoundSorting[]> {
  const sortings: FoundSorting[] = [];
  for (const entry of files.entries) {
    const { base, folder, path, index } = entry;
    if (TIMES.test(base)) {
      const beside = files.inFolder(folder);
      const labels = beside.find((one) => LABELS.test(one.base));
      if (base === 'spike_times.npy' && beside.some((one) => /^spike_(clusters|templates)\.npy$/.test(one.base))) {
        const entries = beside.filter(isSorterFile).map((one) => one.index);
        const found: FoundSorting = { kind: 'phy', root: folder, name: folder.split('/').at(-1) || 'phy', entries };
        sortings.push(found);
        if (await hasGood(beside, head)) sortings.push({ ...found, name: `${found.name}, good units`, group: 'good' });
      } else if (labels) sortings.push({ kind: 'npy', root: path, name: base, entries: [index, labels.index] });
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

/** Two lists without a folder of phy around them: curated_unit_times.npy and curated_unit_IDs.npy of the Allen Institute, and the like. */
const TIMES = /^(curated_unit_times|spike_times|unit_times|times)\.npy$/i;
const LABELS = /^(curated_unit_ids|spike_labels|unit_ids|labels)\.npy$/i;

/** Whether somebody labelled units good; the label may stand further down than the first bytes of a long table. */
async function hasGood(beside: readonly Entry[], head: Head): Promise<boolean> {
  const table = beside.find(({ base }) => /^cluster_groups?\.(tsv|csv)$/i.test(base));
  return table !== undefined && /\tgood\b/.test(new TextDecoder('latin1').decode(await head(table.index)));
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
