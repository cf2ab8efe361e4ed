// Keeps the open data sets saved: edits at once, the rest a moment later, everything when the page is left. Where the browser refuses,
// one warning says so, the next change tries again, and nothing in the tab is lost.
import { createStore } from 'zustand/vanilla';
import { toPlain } from '../base/errors.ts';
import type { DatasetMark, Keeper } from '../base/kept.ts';
import { notify } from './log.ts';
import { claimSet, releaseSet } from './other-tabs.ts';
import { type Leaving, type Origin, type Origins, writeLeaving, writeOrigins, writeSaved } from './saved.ts';
import { SESSION_VERSION } from './session-file.ts';

export interface KeptSet extends DatasetMark {
  /** Of the open data set. */
  readonly id: string;
  /** Written with the first save: where nothing was done, nothing is remembered. */
  readonly origins: Origins;
  readonly keeper: Omit<Keeper, 'name' | 'facts' | 'watch'>;
}

interface Entry {
  set: KeptSet;
  /** A copy of a data set that is kept already: it would overwrite the other's edits. */
  readonly isCopy: boolean;
  timer: ReturnType<typeof setTimeout> | undefined;
  isDirty: boolean;
  written: unknown;
  hasOrigins: boolean;
  /** On its way to the database, which may not be reached any more when the page is left. */
  underWay: Leaving | undefined;
}

/** `savedAt`: milliseconds since 1970, null before the first save of this visit. */
export const saving = createStore<{ savedAt: number | null; isRefused: boolean }>(() => ({ savedAt: null, isRefused: false }));

const DELAY_MS = 250;
const entries = new Map<string, Entry>();
let isListening = false;

/** From now on `changed(id)` saves the data set. */
export function startKeeping(set: KeptSet): void {
  const isCopy = [...entries.values()].some((one) => one.set.fingerprint === set.fingerprint);
  entries.set(set.id, {
    set,
    isCopy,
    timer: undefined,
    isDirty: false,
    written: undefined,
    hasOrigins: false,
    underWay: undefined,
  });
  if (isCopy) notify('warning', `${set.name} is open twice`, 'Only the edits of the first are remembered between visits.');
  else claimSet(set.fingerprint, set.name);
  if (isListening) return;
  isListening = true;
  // Phones and closed tabs: the last moment that is certain to come.
  addEventListener('pagehide', flushAll);
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && flushAll());
}

/** Files that joined the data set later are opened again after it; none where its own are not known, or not theirs. */
export function addOrigins(id: string, joined: readonly Origin[]): void {
  const entry = entries.get(id);
  if (!entry || entry.set.origins.length === 0 || joined.length === 0) return;
  entry.set = { ...entry.set, origins: [...entry.set.origins, joined] };
  entry.hasOrigins = false;
  changed(id, false);
}

/** Writes what is not written yet, then lets go. */
export function stopKeeping(id: string): void {
  const entry = entries.get(id);
  if (entry) flush(entry);
  if (entry && !entry.isCopy) releaseSet(entry.set.fingerprint);
  entries.delete(id);
}

/** Those that are open, in the order they were opened. */
export function keptSets(): KeptSet[] {
  return [...entries.values()].map(({ set }) => set);
}

export function keptSet(id: string | undefined): KeptSet | undefined {
  return id === undefined ? undefined : entries.get(id)?.set;
}

/** `isEdit`: written at once, so that a crash loses at most the edit that is being made. */
export function changed(id: string, isEdit: boolean): void {
  const entry = entries.get(id);
  if (!entry || entry.isCopy) return;
  // Changes of one moment are one save.
  if (isEdit) queueMicrotask(() => flush(entry));
  entry.isDirty = true;
  entry.timer ??= setTimeout(() => flush(entry), DELAY_MS);
}

function flushAll(): void {
  const left = [...entries.values()].flatMap((entry) => flush(entry) ?? entry.underWay ?? []);
  if (left.length > 0) writeLeaving(left);
}

/** Writes what changed, and returns its small part. */
function flush(entry: Entry): Leaving | undefined {
  clearTimeout(entry.timer);
  entry.timer = undefined;
  if (!entry.isDirty) return undefined;
  entry.isDirty = false;
  const { fingerprint, modality, name, facts, keeper, origins } = entry.set;
  const { summary, edits, view } = keeper.take();
  const isNew = edits !== entry.written;
  entry.written = edits;
  const savedAt = Date.now();
  const card = { fingerprint, modality, name, facts, summary, savedAt, version: SESSION_VERSION };
  const written = writeSaved(card, view, isNew ? edits : undefined);
  const small = { card, view };
  entry.underWay = small;
  const arrived = () => {
    if (entry.underWay === small) entry.underWay = undefined;
  };
  const both = entry.hasOrigins || origins.length === 0 ? written : Promise.all([written, writeOrigins(fingerprint, origins)]);
  entry.hasOrigins = true;
  both.then(
    () => {
      arrived();
      saving.setState({ savedAt, isRefused: false });
    },
    (error) => {
      arrived();
      entry.written = undefined;
      entry.hasOrigins = false;
      tellRefused(error);
    },
  );
  return small;
}

/** Told once, until a save succeeds. */
export function tellRefused(error: unknown): void {
  if (saving.getState().isRefused) return;
  saving.setState({ isRefused: true });
  notify(
    'warning',
    'Your work is not remembered between visits',
    `${toPlain(error).message} Nothing is lost while this tab is open; Export, Session JSON saves the work as a file.`,
  );
}
