// What is remembered of data sets between visits, in IndexedDB: per fingerprint a card, the edits, the view, and where the files came
// from (file handles can be kept there and nowhere else). Every function rejects with a SomascopeError 'Storage'.
import { SomascopeError } from '../base/errors.ts';
import type { DatasetMark } from '../base/kept.ts';

export interface Card extends DatasetMark {
  /** "312 regions". */
  readonly summary: string;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
  /** Of the form that edits and view are written in. */
  readonly version: number;
}

export interface Saved {
  readonly card: Card;
  readonly edits: unknown;
  /** Plain JSON. */
  readonly view: unknown;
}

/** Where a file can be opened from again: a handle of it or of its folder, or the path of a sample beside the page. */
export type Origin = FileSystemHandle | string;

/** Those of a data set; what was dropped later and joined it stands in lists of its own, one a drop. */
export type Origins = readonly (Origin | readonly Origin[])[];

const NAME = 'somascope';
const STORES = ['cards', 'edits', 'views', 'origins'] as const;
type StoreName = (typeof STORES)[number];
/** Browsers have been known to never answer; the page goes on without. */
const PATIENCE_MS = 2000;

let opened: Promise<IDBDatabase> | undefined;

function refused(error: unknown): SomascopeError {
  const isFull = error instanceof DOMException && error.name === 'QuotaExceededError';
  const why = isFull ? 'The storage of the browser for this page is full' : 'The browser gives this page no storage';
  const said = error instanceof Error && error.message ? `: ${error.message.replace(/\.$/, '')}.` : '.';
  return new SomascopeError('Storage', why + said, {}, '', error);
}

function openDatabase(): Promise<IDBDatabase> {
  opened ??= new Promise<IDBDatabase>((resolve, reject) => {
    setTimeout(() => reject(new Error('it does not answer')), PATIENCE_MS);
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      for (const store of STORES) request.result.createObjectStore(store);
    };
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const database = request.result;
      database.onversionchange = () => database.close();
      database.onclose = () => {
        opened = undefined;
      };
      resolve(database);
    };
  }).catch((error) => {
    // The next save asks again: storage may have been given back.
    opened = undefined;
    throw refused(error);
  });
  return opened;
}

/** One transaction over all stores; resolves with what `task` asked for, once it is done. */
async function transact<T>(mode: IDBTransactionMode, task: (store: (name: StoreName) => IDBObjectStore) => IDBRequest<T> | null) {
  const database = await openDatabase();
  return new Promise<T | undefined>((resolve, reject) => {
    const fail = (error: unknown) => reject(refused(error));
    try {
      const transaction = database.transaction(STORES, mode);
      const request = task((name) => transaction.objectStore(name));
      transaction.oncomplete = () => resolve(request?.result);
      transaction.onabort = () => fail(transaction.error);
      // Not left to the browser, which may be closing the page.
      if (mode === 'readwrite') transaction.commit();
    } catch (error) {
      // A connection that the browser closed cannot be used again.
      opened = undefined;
      fail(error);
    }
  });
}

/** The newest first. */
export async function readCards(): Promise<Card[]> {
  const cards = await transact<Card[]>('readonly', (store) => store('cards').getAll());
  return (cards ?? []).sort((a, b) => b.savedAt - a.savedAt);
}

export async function readSaved(fingerprint: string): Promise<Saved | undefined> {
  const read = <T>(name: StoreName) => transact<T>('readonly', (store) => store(name).get(fingerprint));
  const [card, edits, view] = await Promise.all([read<Card>('cards'), read('edits'), read('views')]);
  const last = readLeaving().find((one) => one.card.fingerprint === fingerprint);
  if (card && last && last.card.savedAt > card.savedAt) return { ...last, edits };
  return card && { card, edits, view };
}

const LEAVING = 'somascope.leaving';
/** The small part of what is saved. */
export type Leaving = Pick<Saved, 'card' | 'view'>;

/** What is on screen when the page is left, written in place: nothing waits for the database then. Never throws. */
export function writeLeaving(sets: readonly Leaving[]): void {
  try {
    if (sets.length > 0) localStorage.setItem(LEAVING, JSON.stringify(sets));
    else localStorage.removeItem(LEAVING);
  } catch {
    // Denied or full: a quarter of a second of views is not remembered.
  }
}

function readLeaving(): Leaving[] {
  try {
    return JSON.parse(localStorage.getItem(LEAVING) ?? '[]') as Leaving[];
  } catch {
    // Denied, or not ours.
    return [];
  }
}

/** Edits that are left out stay as they were written last. */
export async function writeSaved(card: Card, view: unknown, edits?: unknown): Promise<void> {
  await transact('readwrite', (store) => {
    store('cards').put(card, card.fingerprint);
    store('views').put(view, card.fingerprint);
    if (edits !== undefined) store('edits').put(edits, card.fingerprint);
    return null;
  });
}

export async function readOrigins(fingerprint: string): Promise<Origins> {
  return (await transact<Origins>('readonly', (store) => store('origins').get(fingerprint))) ?? [];
}

export async function writeOrigins(fingerprint: string, origins: Origins): Promise<void> {
  await transact('readwrite', (store) => store('origins').put(origins, fingerprint));
}

/** Forgets one data set, or all. */
export async function forgetSaved(fingerprint?: string): Promise<void> {
  writeLeaving(readLeaving().filter(({ card }) => fingerprint !== undefined && card.fingerprint !== fingerprint));
  await transact('readwrite', (store) => {
    for (const name of STORES) {
      if (fingerprint === undefined) store(name).clear();
      else store(name).delete(fingerprint);
    }
    return null;
  });
}
