// The end of a zip: where its central directory lies. End of central directory record (22 bytes + comment), and before it,
// in large archives, the zip64 locator (20 bytes) and record (56 bytes). APPNOTE.TXT 6.3.10 §4.3.14 to §4.3.16. Little-endian.
import { SomascopeError } from '../../base/errors.ts';
import { byteSize, grouped } from '../../base/number-format.ts';
import type { ByteSource } from '../source.ts';

export interface DirectoryPlace {
  /** Byte where the directory starts in the source. */
  readonly start: number;
  /** Its length in bytes. */
  readonly length: number;
  readonly count: number;
  /** The count is a 64-bit one; else it may have wrapped at 65,536. */
  readonly zip64: boolean;
  /** What to add to each offset of a local header: the bytes put before the archive. */
  readonly shift: number;
}

interface EndRecord {
  readonly count: number;
  readonly length: number;
  readonly offset: number;
  /** Byte where the directory should end. */
  readonly limit: number;
  readonly zip64: boolean;
  readonly isSplit: boolean;
}

const END = 0x06054b50;
const END64 = 0x06064b50;
const LOCATOR64 = 0x07064b50;
const CENTRAL = 0x02014b50;
const FULL = 0xffffffff;
const LOCAL = 0x04034b50;
const SPLIT_MARKS = [0x08074b50, 0x30304b50];

/** A comment of 64 KiB, and as much again appended after it. */
const TAIL = 2 * 65_536 + 98;
const CANDIDATES = 32;

/** Finds the directory. Throws `CutOff` where the end is missing, `Unsupported` for split archives, `Invalid` for all else. */
export async function findDirectory(source: ByteSource, signal?: AbortSignal): Promise<DirectoryPlace> {
  const from = Math.max(0, source.size - TAIL);
  const tail = await source.read(from, source.size - from, signal);
  const view = new DataView(tail.buffer);
  const peek = async (offset: number, length: number): Promise<DataView | undefined> => {
    if (offset < 0 || offset + length > source.size) return undefined;
    if (offset >= from) return new DataView(tail.buffer, offset - from, length);
    return new DataView((await source.read(offset, length, signal)).buffer);
  };
  let first: unknown;
  for (const at of endCandidates(view)) {
    try {
      const record = await readEnd(source.name, new DataView(tail.buffer, at, 22), from + at, peek);
      return await locate(source, record, from + at, peek);
    } catch (error) {
      first ??= error;
    }
  }
  throw first ?? (await noEnd(source, peek));
}

type Peek = (offset: number, length: number) => Promise<DataView | undefined>;

/** Positions of end records in the tail: first those whose comment ends with the file, each kind from the last to the first. */
function endCandidates(tail: DataView): number[] {
  const exact: number[] = [];
  const loose: number[] = [];
  for (let at = tail.byteLength - 22; at >= 0 && exact.length + loose.length < CANDIDATES; at--) {
    if (tail.getUint32(at, true) !== END) continue;
    const fits = at + 22 + tail.getUint16(at + 20, true) === tail.byteLength;
    (fits ? exact : loose).push(at);
  }
  return [...exact, ...loose];
}

async function readEnd(file: string, end: DataView, at: number, peek: Peek): Promise<EndRecord> {
  const disks = [end.getUint16(4, true), end.getUint16(6, true)];
  const [countHere, count] = [end.getUint16(8, true), end.getUint16(10, true)];
  const [length, offset] = [end.getUint32(12, true), end.getUint32(16, true)];
  const isSplit = disks.some((disk) => disk !== 0) || countHere !== count;
  const small = { count, length, offset, limit: at, zip64: false, isSplit };
  const demanded = disks.includes(0xffff) || countHere === 0xffff || count === 0xffff || length === FULL || offset === FULL;
  const large = await readEnd64(at, peek);
  // Without a field that points there, the locator may be the end of a file name: then it must repeat the record.
  const agrees = large && (demanded || (large.count === count && large.length === length && large.offset === offset));
  const record = agrees ? large : small;
  if (record === small && demanded && offset + length > at) {
    const message = `${file} says that it is a zip64 archive, but its zip64 record is missing.`;
    throw new SomascopeError('Invalid', message, { file, byte: at }, GET_AGAIN);
  }
  if (record.isSplit) throw splitArchive(file, at);
  return record;
}

/** The zip64 record, where a locator and a record of the right size lie before the end record at `at`. */
async function readEnd64(at: number, peek: Peek): Promise<EndRecord | undefined> {
  const locatorAt = at - 20;
  const locator = await peek(locatorAt, 20);
  if (!locator || locator.getUint32(0, true) !== LOCATOR64) return undefined;
  // In an archive with bytes before it the stated place is wrong, and the record lies right before its locator.
  for (const recordAt of [readUint64(locator, 8), locatorAt - 56]) {
    const record = recordAt + 56 <= locatorAt ? await peek(recordAt, 56) : undefined;
    if (!record || record.getUint32(0, true) !== END64 || readUint64(record, 4) + 12 !== locatorAt - recordAt) continue;
    const count = readUint64(record, 32);
    const isSplit =
      locator.getUint32(16, true) > 1 ||
      record.getUint32(16, true) !== 0 ||
      record.getUint32(20, true) !== 0 ||
      readUint64(record, 24) !== count;
    return { count, length: readUint64(record, 40), offset: readUint64(record, 48), limit: recordAt, zip64: true, isSplit };
  }
  return undefined;
}

/** The directory ends where the end record starts, whatever was put before the archive; else it lies where the record says. */
async function locate(source: ByteSource, record: EndRecord, at: number, peek: Peek): Promise<DirectoryPlace> {
  const { count, length, offset, limit, zip64 } = record;
  if (count === 0 && length === 0) return { start: limit, length, count, zip64, shift: 0 };
  for (const start of [limit - length, offset]) {
    const view = start >= 0 && start + length <= limit ? await peek(start, 4) : undefined;
    if (view?.getUint32(0, true) === CENTRAL) return { start, length, count, zip64, shift: start - offset };
  }
  const missing = offset + length - limit;
  const why =
    missing > 0
      ? `its directory should lie at bytes ${grouped(offset)} to ${grouped(offset + length)}, but the end record is at byte ${grouped(limit)}`
      : `there is no directory at byte ${grouped(offset)}`;
  throw new SomascopeError('Invalid', `${source.name} is not a whole zip: ${why}.`, { file: source.name, byte: at }, GET_AGAIN);
}

const GET_AGAIN = 'Was the download complete? Get the file again.';

async function noEnd(source: ByteSource, peek: Peek): Promise<SomascopeError> {
  const { name, size } = source;
  const first = await peek(0, 4);
  const mark = first?.getUint32(0, true);
  if (mark !== undefined && (mark === LOCAL || SPLIT_MARKS.includes(mark))) {
    const message = `${name} is cut off: it begins like a zip, but its end (the directory) is missing after ${byteSize(size)}.`;
    return new SomascopeError('CutOff', message, { file: name, byte: size }, GET_AGAIN);
  }
  return new SomascopeError('Invalid', `${name} is not a zip.`, { file: name, byte: 0 }, 'Open a zip, or the unzipped folder.');
}

function splitArchive(file: string, byte: number): SomascopeError {
  const message = `${file} is one part of a split zip, which is not read here.`;
  return new SomascopeError(
    'Unsupported',
    message,
    { file, byte },
    'Join the parts (zip -s 0), or unzip them and open the folder.',
  );
}

/** Exact up to 2^53; anything above lies beyond every file. */
export function readUint64(view: DataView, at: number): number {
  return view.getUint32(at, true) + view.getUint32(at + 4, true) * 2 ** 32;
}
