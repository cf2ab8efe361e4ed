// Between opening a data set and showing it: what is remembered of it is put back, and from now on it is remembered.
import type { DatasetMark, Keeper, Kept } from '../base/kept.ts';
import type { OpenDataset } from '../modalities/modality.ts';
import { changed, keptSets, startKeeping, stopKeeping, tellRefused } from '../state/keeping.ts';
import { notify, reportError } from '../state/log.ts';
import { preferences, setPreferences } from '../state/preferences.ts';
import { type Origins, readSaved, type Saved } from '../state/saved.ts';
import { session } from '../state/session.ts';
import { checkVersion } from '../state/session-file.ts';
import { claimLink, claimSession, wanted } from '../state/wanted.ts';
import { clockTime } from './clock-time.ts';
import { showInAddress } from './link.ts';

const LAYOUT = ['leftWidth', 'rightWidth', 'timeHeight'] as const;
type Layout = { readonly [K in (typeof LAYOUT)[number]]?: number };

/** The modality's part, with the layout of the panels beside it. */
interface KeptView {
  readonly layout: Layout;
  readonly values: unknown;
}

export interface Recalled {
  readonly fingerprint: string;
  readonly saved: Saved | undefined;
  readonly origins: Origins;
}

const watches = new Map<string, () => void>();

/** Reads what is remembered; undefined where there is nothing, or where the browser refuses, which is told once. */
export async function recall(fingerprint: string): Promise<Saved | undefined> {
  try {
    return await readSaved(fingerprint);
  } catch (error) {
    tellRefused(error);
    return undefined;
  }
}

/** Puts back the last visit, then a session file and a link that wait for this data set, and keeps it from now on. */
export function keepDataset({ id, modality }: OpenDataset, keeper: Keeper, { fingerprint, saved, origins }: Recalled): void {
  const { name, facts } = keeper;
  const mark: DatasetMark = { fingerprint, modality, name, facts };
  const kept = withLayout(keeper);
  if (saved) bringBack(kept, saved, name);
  startKeeping({ ...mark, id, origins, keeper: kept });
  watches.set(
    id,
    keeper.watch((isEdit) => {
      changed(id, isEdit);
      showInAddress();
    }),
  );
  const imported = claimSession(mark);
  if (imported) restoreSession(id, kept, imported, name);
  const { isOwn } = wanted.getState();
  const link = claimLink(mark);
  if (link && !(isOwn && saved)) keeper.follow(link.values);
  showInAddress();
}

function bringBack(keeper: Pick<Keeper, 'restore'>, { card, edits, view }: Saved, name: string): void {
  const when = clockTime(card.savedAt);
  try {
    checkVersion(card.version, name);
    keeper.restore({ edits, view }, `Restored from ${when}`);
    notify('success', `${name} is as you left it`, `${card.summary}, edited ${when}`);
  } catch (error) {
    reportError(error, `${name} is open without what was saved of it`);
  }
}

function restoreSession(id: string, keeper: Pick<Keeper, 'restore'>, kept: Kept, name: string): void {
  try {
    keeper.restore(kept, 'Import session');
    changed(id, true);
    notify('success', `${name}: session restored`, kept.summary);
  } catch (error) {
    reportError(error, `${name} is open without its session`);
  }
}

/** Lets go of a data set that is about to be closed, with all written. */
export function letGo(id: string): void {
  stopKeeping(id);
  watches.get(id)?.();
  watches.delete(id);
  showInAddress();
}

/** The open data set that the same files were opened as. */
export function twinOf(fingerprint: string): string | undefined {
  return keptSets().find((one) => one.fingerprint === fingerprint)?.id;
}

function withLayout(keeper: Keeper): Keeper {
  return {
    ...keeper,
    take: () => {
      const kept = keeper.take();
      const now = preferences.getState();
      const layout = Object.fromEntries(LAYOUT.map((key) => [key, now[key]]));
      return { ...kept, view: { layout, values: kept.view } satisfies KeptView };
    },
    restore: ({ edits, view }, step) => {
      const { layout, values } = (view ?? {}) as Partial<KeptView>;
      keeper.restore({ edits, view: values }, step);
      for (const key of LAYOUT) {
        const size: unknown = layout?.[key];
        if (typeof size === 'number' && size >= 0 && size < 4000) setPreferences({ [key]: size });
      }
    },
  };
}

/** Panels that were moved belong to the data set on screen. */
export function keepLayout(): () => void {
  return preferences.subscribe((now, before) => {
    const { activeId } = session.getState();
    if (activeId !== undefined && LAYOUT.some((key) => now[key] !== before[key])) changed(activeId, false);
  });
}
