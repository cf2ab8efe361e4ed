// Sortings and an imposed motion that are dropped onto what is open: they join the data set on screen where they fit it, else another
// one that is open. A sorting is read once, to know; it is then the one to compare with. What fits nowhere is told with both values.
import { fromPlain, isSomascopeError } from '../../../base/errors.ts';
import { fingerprintOf } from '../../../base/fingerprint.ts';
import { type FileListing, folderOf, subListing } from '../../../base/listing.ts';
import { tracked } from '../../../state/jobs.ts';
import { notify, reportError } from '../../../state/log.ts';
import { session } from '../../../state/session.ts';
import { ask, openDataset } from '../../../workers/client.ts';
import type { LayerPlace } from '../../modality.ts';
import type { FoundEphysSet, FoundSorting } from '../shared/found.ts';
import type { EphysInfo } from '../shared/info.ts';
import { type Host, joinedSortings, motionMisfit, sortingMisfit } from '../shared/join.ts';
import type { GroupedSorting, SortingInput } from '../shared/unit-jobs.ts';
import { showHistory } from './curation.ts';
import { datasetById, type EphysDataset, joinFiles, renewJoined, siblingsOf } from './datasets.ts';
import { goOnWithJoined } from './keeper.ts';
import { bump } from './store.ts';
import { tellNotices } from './tell-notices.ts';
import { loadSorting, putSorting, sortingOf } from './units.ts';

/** A drop, with the first sorting of each of its files read: its other segments and its good units go where that goes. */
interface Dropped {
  readonly listing: FileListing;
  readonly info: EphysInfo;
  readonly sortings: ReadonlyMap<FoundSorting, GroupedSorting>;
}

/** `open` are the data sets that it may join. Throws what the readers of its files throw. */
export async function joinDrop(
  listing: FileListing,
  set: FoundEphysSet,
  open: readonly EphysDataset[],
  activeId: string | undefined,
): Promise<LayerPlace> {
  const fingerprint = fingerprintOf(listing, set.root);
  const hosts = inOrder(open, activeId);
  let dropped: Dropped | undefined;
  let refused: string | undefined;
  for (const dataset of hosts) {
    // Opened once more by itself, it gets its files again.
    if (dataset.fingerprint === fingerprint) return 'alone';
    if (await isThere(dataset, listing, set)) return undefined;
    dropped ??= await read(listing, set, dataset.id);
    const { sortings, motion, misfits } = fitting(dropped, await hostOf(dataset));
    // It may have been closed while the drop was read.
    if (datasetById(dataset.id) !== dataset) continue;
    if (sortings.length > 0 || motion) {
      join(dataset, dropped, sortings, motion);
      if (misfits.length > 0) notify('failure', `Not all of the drop joined ${dataset.name}`, `${misfits.join(' ')} ${TOGETHER}`);
      return { joined: dataset.id };
    }
    // Of several that are open the one on screen is meant.
    refused ??= misfits.join(' ');
  }
  if (refused === undefined) return 'alone';
  const isAlone = set.sortings.length > 0;
  const what = isAlone ? set.name : 'The imposed motion';
  const place = isAlone ? 'It is open by itself now. ' : '';
  notify('failure', `${what} does not belong to ${hosts[0]?.name}`, `${refused} ${place}${TOGETHER}`);
  return 'alone';
}

const TOGETHER = 'Check which recording it belongs to; if it is this one all the same, close it and drop all of them together.';

/** The one on screen, then what was dropped with it, then the others, the newest first. */
function inOrder(open: readonly EphysDataset[], activeId: string | undefined): EphysDataset[] {
  const active = open.find(({ id }) => id === activeId);
  return [...new Set([...(active ? [active, ...siblingsOf(active)] : []), ...[...open].reverse()])];
}

async function read(listing: FileListing, { root }: FoundEphysSet, dataset: string): Promise<Dropped> {
  const info = (await openDataset('ephys', listing, root)) as EphysInfo;
  const sortings = new Map<FoundSorting, GroupedSorting>();
  for (const found of info.sortings) {
    if (found.group || found.segment) continue;
    const input: SortingInput = { listing, found, recording: null };
    const grouped = await tracked({ label: `Reading ${found.name}`, dataset }, ({ signal }) =>
      ask<GroupedSorting>('ephys', 'sorting', input, { signal }),
    );
    sortings.set(found, grouped);
  }
  return { listing, info, sortings };
}

async function hostOf(dataset: EphysDataset): Promise<Host> {
  const { name, recording, store } = dataset;
  if (recording) return { name, frames: recording.frames, rate: recording.samplingRate };
  try {
    await loadSorting(dataset, store.getState().sorting);
  } catch (error) {
    // Whoever opened it has told.
    if (!isSomascopeError(error)) throw error;
  }
  return { name, frames: null, rate: sortingOf(dataset)?.samplingRate ?? Number.NaN };
}

/** What of the drop may be of the host, and why the rest is not. */
function fitting({ info, sortings }: Dropped, host: Host) {
  const misfits: string[] = [];
  const roots = new Set<string>();
  for (const [{ root, name }, { sorting }] of sortings) {
    const misfit = sortingMisfit({ ...sorting, name }, host);
    if (misfit) misfits.push(misfit);
    else roots.add(root);
  }
  const motionFault = info.motion && motionMisfit(info.motion, host);
  if (motionFault) misfits.push(motionFault);
  return {
    sortings: info.sortings.filter(({ root }) => roots.has(root)),
    motion: motionFault ? null : info.motion,
    misfits,
  };
}

function join(
  dataset: EphysDataset,
  { listing, info, sortings: read }: Dropped,
  sortings: readonly FoundSorting[],
  motion: EphysInfo['motion'],
): void {
  const { store, source, recording } = dataset;
  const there = dataset.info.sortings;
  const added = joinedSortings(there, sortings, source.listing.paths.length);
  joinFiles(dataset, listing, { sortings: [...there, ...added], ...(motion && { motion }) });
  sortings.forEach((found, i) => {
    const made = read.get(found);
    if (!made) return;
    const { sorting } = made;
    const samplingRate = Number.isNaN(sorting.samplingRate) ? (recording?.samplingRate ?? Number.NaN) : sorting.samplingRate;
    putSorting(dataset, there.length + i, { ...made, sorting: { ...sorting, samplingRate } });
  });
  for (const fault of info.faults)
    reportError(fromPlain(fault), `${dataset.name} is open without one of the files that were dropped`);
  tellNotices(dataset, [...info.notices, ...[...read.values()].flatMap(({ sorting }) => sorting.notices)]);
  if (session.getState().activeId !== dataset.id) session.setState({ activeId: dataset.id });
  if (motion) bump(store, 'drift');
  if (added.length === 0) store.setState({ tab: 'drift' });
  else if (there.length === 0) showHistory(dataset);
  else compareWith(dataset, there.length);
  goOnWithJoined(dataset);
  tellJoined(dataset, added, motion !== null);
}

function compareWith({ store }: EphysDataset, index: number): void {
  store.setState({ other: index, tab: 'agreement' });
}

function tellJoined(dataset: EphysDataset, added: readonly FoundSorting[], hasMotion: boolean): void {
  const sortings = added.filter(({ group, segment }) => !group && !segment).map(({ name }) => name);
  const parts = [...sortings, ...(hasMotion ? ['the imposed motion'] : [])];
  notify('success', `${dataset.name} is open with ${parts.join(' and ')}`, added.length > 0 ? hintOf(dataset) : '');
}

function hintOf({ info, store }: EphysDataset): string {
  const { sorting, other } = store.getState();
  const [first, second] = [info.sortings[sorting], other === null ? undefined : info.sortings[other]];
  return first && second ? `Agreement compares ${first.name} with ${second.name}.` : '';
}

/** A sorting's own files, by content, whatever folder they lie in. */
function contentOf(listing: FileListing, { entries, group, segment }: FoundSorting): string {
  const folder = folderOf(listing.paths[entries[0]!]!);
  return `${fingerprintOf(subListing(listing, entries), folder)} ${group ?? ''} ${segment ?? 0}`;
}

/** Whether all that was dropped is there already: it is compared with, and read from the files that were dropped now. */
async function isThere(dataset: EphysDataset, listing: FileListing, { sortings, motions }: FoundEphysSet): Promise<boolean> {
  const { source, info, store } = dataset;
  const places = new Map(info.sortings.map((found, index) => [contentOf(source.listing, found), index]));
  const found = sortings.map((one) => places.get(contentOf(listing, one)));
  const [index] = found;
  if (index === undefined || found.includes(undefined) || (motions.length > 0 && !info.motion)) return false;
  renewJoined(dataset, listing);
  await loadSorting(dataset, index);
  if (index !== store.getState().sorting) compareWith(dataset, index);
  if (session.getState().activeId !== dataset.id) session.setState({ activeId: dataset.id });
  notify('success', `${info.sortings[index]!.name} was open already`, hintOf(dataset));
  return true;
}
