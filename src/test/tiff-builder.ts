// TIFF files for tests from any fields and blocks: classic or BigTIFF, either byte order. Each page is written as directory,
// long values, blocks (strips or tiles); offsets are filled in. Browser-safe.

/** BYTE or ASCII 1 | 2, SHORT 3, LONG 4, LONG8 16. */
export interface TiffEntry {
  readonly tag: number;
  readonly type: 1 | 2 | 3 | 4 | 16;
  readonly values: readonly number[];
}

export interface TiffPageParts {
  /** Without the offsets and sizes of the blocks. */
  readonly entries: readonly TiffEntry[];
  readonly blocks: readonly Uint8Array[];
  readonly tiled?: boolean;
  /** Bytes left unused after each block. */
  readonly gap?: number;
}

export interface TiffForm {
  readonly littleEndian?: boolean;
  readonly big?: boolean;
}

const TYPE_BYTES: Readonly<Record<number, number>> = { 1: 1, 2: 1, 3: 2, 4: 4, 16: 8 };

export function buildTiff(
  pages: readonly TiffPageParts[],
  { littleEndian = true, big = false }: TiffForm = {},
): Uint8Array<ArrayBuffer> {
  const form = { littleEndian, big };
  const headerBytes = big ? 16 : 8;
  const sizes = pages.map((page) => pageBytes(page, big));
  const file = new DataView(new ArrayBuffer(sizes.reduce((sum, size) => sum + size, headerBytes)));
  file.setUint16(0, littleEndian ? 0x4949 : 0x4d4d, false);
  file.setUint16(2, big ? 43 : 42, littleEndian);
  if (big) file.setUint16(4, 8, littleEndian);
  setValue(file, big ? 8 : 4, big ? 16 : 4, headerBytes, littleEndian);
  let at = headerBytes;
  for (const [i, page] of pages.entries()) {
    writePage(file, at, page, i === pages.length - 1 ? 0 : at + sizes[i]!, form);
    at += sizes[i]!;
  }
  return new Uint8Array(file.buffer);
}

function allEntries({ entries, blocks, tiled }: TiffPageParts): TiffEntry[] {
  const sizes = blocks.map((block) => block.length);
  const places: TiffEntry[] = [
    { tag: tiled ? 324 : 273, type: 4, values: sizes },
    { tag: tiled ? 325 : 279, type: 4, values: sizes },
  ];
  return [...entries, ...places].sort((a, b) => a.tag - b.tag);
}

function directoryBytes(entries: readonly TiffEntry[], big: boolean): number {
  return big ? 8 + 20 * entries.length + 8 : 2 + 12 * entries.length + 4;
}

/** Bytes of values that do not fit into their entry, rounded up to an even number. */
function outsideBytes({ type, values }: TiffEntry, big: boolean): number {
  const bytes = values.length * TYPE_BYTES[type]!;
  return bytes > (big ? 8 : 4) ? bytes + (bytes % 2) : 0;
}

function headBytes(page: TiffPageParts, big: boolean): number {
  const entries = allEntries(page);
  return entries.reduce((sum, entry) => sum + outsideBytes(entry, big), directoryBytes(entries, big));
}

function pageBytes(page: TiffPageParts, big: boolean): number {
  const bytes = page.blocks.reduce((sum, block) => sum + block.length + (page.gap ?? 0), headBytes(page, big));
  return bytes + (bytes % 2);
}

function writePage(
  file: DataView,
  start: number,
  page: TiffPageParts,
  next: number,
  { littleEndian, big }: Required<TiffForm>,
): void {
  const entries = allEntries(page);
  const offsets: number[] = [];
  let at = start + headBytes(page, big);
  for (const block of page.blocks) {
    offsets.push(at);
    new Uint8Array(file.buffer).set(block, at);
    at += block.length + (page.gap ?? 0);
  }
  setValue(file, start, big ? 16 : 3, entries.length, littleEndian);
  let valuesAt = start + directoryBytes(entries, big);
  for (const [i, entry] of entries.entries()) {
    const { tag, type } = entry;
    const values = tag === 273 || tag === 324 ? offsets : entry.values;
    const entryAt = start + (big ? 8 + 20 * i : 2 + 12 * i);
    const valueAt = entryAt + (big ? 12 : 8);
    const isOutside = outsideBytes(entry, big) > 0;
    file.setUint16(entryAt, tag, littleEndian);
    file.setUint16(entryAt + 2, type, littleEndian);
    setValue(file, entryAt + 4, big ? 16 : 4, values.length, littleEndian);
    if (isOutside) setValue(file, valueAt, big ? 16 : 4, valuesAt, littleEndian);
    const firstAt = isOutside ? valuesAt : valueAt;
    for (const [k, value] of values.entries()) setValue(file, firstAt + k * TYPE_BYTES[type]!, type, value, littleEndian);
    valuesAt += outsideBytes(entry, big);
  }
  const nextAt = start + directoryBytes(entries, big) - (big ? 8 : 4);
  setValue(file, nextAt, big ? 16 : 4, next, littleEndian);
}

function setValue(file: DataView, at: number, type: TiffEntry['type'], value: number, littleEndian: boolean): void {
  if (type === 16) file.setBigUint64(at, BigInt(value), littleEndian);
  else if (type === 4) file.setUint32(at, value, littleEndian);
  else if (type === 3) file.setUint16(at, value, littleEndian);
  else file.setUint8(at, value);
}
