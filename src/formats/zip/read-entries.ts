// Many entries of one zip: the hot path of the movie player. Entries that lie next to each other are read with one slice, two are
// unpacked at a time, and the next slice is read meanwhile. A damaged entry is reported and the others go on.
import { isSomascopeError, type SomascopeError } from '../../base/errors.ts';
import type { ListingEntry } from '../../base/listing.ts';
import { throwIfAborted } from '../../base/steps.ts';
import { sourceOf } from '../source.ts';
import type { InflateOptions } from './inflate.ts';
import { dataStart, placeOf, reach, readZipEntry, refuseUnreadable, unpackEntry } from './read-entry.ts';

/** `index` is the position in the list that was asked for. */
export type EntryResult =
  | { readonly index: number; readonly bytes: Uint8Array<ArrayBuffer>; readonly error?: undefined }
  | { readonly index: number; readonly error: SomascopeError; readonly bytes?: undefined };

/** Called once an entry, in no certain order; what it returns is awaited before more is unpacked in its stead. */
export type OnEntry = (result: EntryResult) => void | Promise<void>;

export interface ReadEntriesOptions extends InflateOptions {
  /** Entries unpacked at a time. */
  readonly inFlight?: number;
  /** Most entries a slice. */
  readonly runLength?: number;
}

const RUN_BYTES = 32 * 2 ** 20;
// Reading over a small gap is cheaper than a second slice.
const GAP = 64 * 1024;

interface Run {
  readonly file: File;
  readonly start: number;
  end: number;
  readonly members: { index: number; entry: ListingEntry }[];
  bytes?: Promise<Uint8Array<ArrayBuffer>>;
}

/**
 * Reads zip entries and hands over each as it is ready, as `{index, bytes}` or `{index, error}`. Rejects only for what concerns all:
 * `Aborted`, `FileChanged`, `OutOfMemory`, or what `onEntry` throws.
 */
export async function readZipEntries(
  entries: readonly ListingEntry[],
  onEntry: OnEntry,
  options: ReadEntriesOptions = {},
): Promise<void> {
  const { signal, inFlight = 2, runLength = 16 } = options;
  throwIfAborted(signal);
  const { runs, refused } = planRuns(entries, runLength);
  for (const result of refused) await onEntry(result);
  const queue = runs.flatMap((run, r) =>
    run.members.map((member, m) => ({ run, member, next: m * 2 >= run.members.length - 1 ? runs[r + 1] : undefined })),
  );
  let taken = 0;
  let isStopped = false;
  const lane = async () => {
    while (!isStopped && taken < queue.length) {
      const { run, member, next } = queue[taken++]!;
      const bytes = startReading(run, signal);
      if (next) startReading(next, signal);
      const result = await settle(member.index, unpackMember(run, await bytes, member.entry, options));
      if (member === run.members.at(-1)) delete run.bytes;
      throwIfAborted(signal);
      await onEntry(result);
    }
  };
  const lanes = Array.from({ length: inFlight }, () =>
    lane().catch((error: unknown) => {
      isStopped = true;
      throw error;
    }),
  );
  const ends = await Promise.allSettled(lanes);
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}

function startReading(run: Run, signal: AbortSignal | undefined): Promise<Uint8Array<ArrayBuffer>> {
  if (!run.bytes) {
    run.bytes = sourceOf(run.file).read(run.start, run.end - run.start, signal);
    // It may fail before anybody waits for it; whoever does still sees the error.
    run.bytes.catch(() => undefined);
  }
  return run.bytes;
}

async function unpackMember(
  run: Run,
  bytes: Uint8Array<ArrayBuffer>,
  entry: ListingEntry,
  options: InflateOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const source = sourceOf(run.file);
  const place = placeOf(source, entry);
  const from = entry.offset - run.start;
  const start = from + dataStart(bytes.subarray(from), source, entry, place);
  // A long extra field may push the end of the last entry out of the slice.
  if (start + entry.storedSize > bytes.length) return readZipEntry(entry, options);
  return unpackEntry(bytes.subarray(start, start + entry.storedSize), entry, place, options);
}

async function settle(index: number, work: Promise<Uint8Array<ArrayBuffer>>): Promise<EntryResult> {
  try {
    return { index, bytes: await work };
  } catch (error) {
    if (!isSomascopeError(error) || error.tag === 'Aborted' || error.tag === 'FileChanged' || error.tag === 'OutOfMemory')
      throw error;
    return { index, error };
  }
}

/** Groups entries by file and offset; those that the directory alone condemns come back at once. */
function planRuns(entries: readonly ListingEntry[], runLength: number): { runs: Run[]; refused: EntryResult[] } {
  const refused: EntryResult[] = [];
  const members: { index: number; entry: ListingEntry }[] = [];
  entries.forEach((entry, index) => {
    try {
      const source = sourceOf(entry.file);
      refuseUnreadable(source, entry, placeOf(source, entry));
      members.push({ index, entry });
    } catch (error) {
      if (!isSomascopeError(error)) throw error;
      refused.push({ index, error });
    }
  });
  const files = [...new Set(members.map(({ entry }) => entry.file))];
  const rank = new Map(files.map((file, i) => [file, i]));
  members.sort((a, b) => rank.get(a.entry.file)! - rank.get(b.entry.file)! || a.entry.offset - b.entry.offset);
  const runs: Run[] = [];
  for (const member of members) {
    const { file, offset } = member.entry;
    const end = Math.min(offset + reach(member.entry), file.size);
    const run = runs.at(-1);
    const joins =
      run && run.file === file && run.members.length < runLength && offset - run.end <= GAP && end - run.start <= RUN_BYTES;
    if (joins) {
      run.members.push(member);
      run.end = Math.max(run.end, end);
    } else {
      runs.push({ file, start: offset, end, members: [member] });
    }
  }
  return { runs, refused };
}
