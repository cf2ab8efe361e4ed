// Writes small zips for tests, honest or lying: stored or deflated, data descriptors, zip64, any order, bytes before and after.
// Written from APPNOTE.TXT without the reader's code. Runs in Node and in browsers; hand it a deflate function where speed matters.

export interface ZipItem {
  readonly name: string | Uint8Array;
  readonly data?: Uint8Array;
  /** 0 stored, 8 deflated (default); any other number is written as it is, with the data stored. */
  readonly method?: number;
  /** Sizes and CRC follow the data, as streaming writers do it. */
  readonly descriptor?: boolean;
  /** Sizes and offset in the zip64 extra field, whatever their values. */
  readonly zip64?: boolean;
  readonly flags?: number;
  /** Extra field of the local and of the central header. */
  readonly localExtra?: Uint8Array;
  readonly extra?: Uint8Array;
  readonly host?: number;
  /** Bytes to store instead of the compressed data. */
  readonly packed?: Uint8Array;
  /** What the central directory says instead of the truth. */
  readonly lie?: Partial<Record<'size' | 'storedSize' | 'crc' | 'offset' | 'method' | 'flags', number>>;
}

export type Deflate = (bytes: Uint8Array) => Uint8Array | Promise<Uint8Array>;

export interface ZipOptions {
  readonly deflate?: Deflate;
  /** Bytes before the archive, which its offsets do not count. */
  readonly prefix?: Uint8Array;
  readonly comment?: Uint8Array;
  /** Bytes after the comment. */
  readonly trailing?: Uint8Array;
  /** A zip64 end record and locator. */
  readonly zip64?: boolean;
  /** Order of the items in the directory; default as given. */
  readonly order?: readonly number[];
  /** Fields of the end record instead of the truth. */
  readonly lie?: Partial<Record<'disk' | 'count' | 'length' | 'offset', number>>;
}

/** The bytes of a zip with these items. */
export async function writeZip(items: readonly ZipItem[], options: ZipOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
  const { deflate = deflateStream, prefix = NONE, comment = NONE, trailing = NONE } = options;
  const parts: Uint8Array[] = [prefix];
  const centrals: Uint8Array[] = [];
  let offset = 0;
  for (const item of items) {
    const { local, central } = await writeItem(item, offset, deflate);
    parts.push(...local);
    offset += sum(local);
    centrals.push(central);
  }
  const ordered = options.order ? options.order.map((i) => centrals[i]!) : centrals;
  const length = sum(ordered);
  const count = ordered.length;
  const end64 = options.zip64 ? zip64End(count, length, offset) : [];
  const { disk = 0, ...lie } = options.lie ?? {};
  const says = {
    count,
    length,
    offset,
    ...(options.zip64 ? { count: 0xffff, length: 0xffffffff, offset: 0xffffffff } : {}),
    ...lie,
  };
  const end = fields(
    [4, 0x06054b50],
    [2, disk],
    [2, 0],
    [2, says.count],
    [2, says.count],
    [4, says.length],
    [4, says.offset],
    [2, comment.length],
  );
  return join([...parts, ...ordered, ...end64, end, comment, trailing]);
}

/** The same as a File. */
export async function zipFile(name: string, items: readonly ZipItem[], options: ZipOptions = {}): Promise<File> {
  return new File([await writeZip(items, options)], name);
}

async function writeItem(item: ZipItem, offset: number, deflate: Deflate): Promise<{ local: Uint8Array[]; central: Uint8Array }> {
  const { data = NONE, method = 8, lie = {}, localExtra = NONE, extra = NONE, host = 3 } = item;
  const name = typeof item.name === 'string' ? new TextEncoder().encode(item.name) : item.name;
  const packed = item.packed ?? (method === 8 ? await deflate(data) : data);
  const crc = crcOf(data);
  const flags = (item.flags ?? 0) | (typeof item.name === 'string' ? 0x800 : 0) | (item.descriptor ? 8 : 0);
  const [size, stored] = [data.length, packed.length];
  const wide = item.zip64 ? 0xffffffff : undefined;
  const local64 = item.zip64 ? fields([2, 1], [2, 16], [8, item.descriptor ? 0 : size], [8, item.descriptor ? 0 : stored]) : NONE;
  const late = item.descriptor ? [0, 0, 0] : [crc, wide ?? stored, wide ?? size];
  const header = fields(
    [4, 0x04034b50],
    [2, item.zip64 ? 45 : 20],
    [2, flags],
    [2, method],
    [4, 0],
    [4, late[0]!],
    [4, late[1]!],
    [4, late[2]!],
    [2, name.length],
    [2, local64.length + localExtra.length],
  );
  const width = item.zip64 ? 8 : 4;
  const descriptor = item.descriptor ? fields([4, 0x08074b50], [4, crc], [width, stored], [width, size]) : NONE;
  const says = { size, storedSize: stored, crc, offset, method, flags, ...lie };
  const central64 = item.zip64 ? fields([2, 1], [2, 24], [8, says.size], [8, says.storedSize], [8, says.offset]) : NONE;
  const central = fields(
    [4, 0x02014b50],
    [1, 45],
    [1, host],
    [2, item.zip64 ? 45 : 20],
    [2, says.flags],
    [2, says.method],
    [4, 0],
    [4, says.crc],
    [4, wide ?? says.storedSize],
    [4, wide ?? says.size],
    [2, name.length],
    [2, central64.length + extra.length],
    [2, 0],
    [2, 0],
    [2, 0],
    [4, 0],
    [4, wide ?? says.offset],
  );
  return { local: [header, name, local64, localExtra, packed, descriptor], central: join([central, name, central64, extra]) };
}

function zip64End(count: number, length: number, offset: number): Uint8Array[] {
  const record = fields(
    [4, 0x06064b50],
    [8, 44],
    [2, 45],
    [2, 45],
    [4, 0],
    [4, 0],
    [8, count],
    [8, count],
    [8, length],
    [8, offset],
  );
  return [record, fields([4, 0x07064b50], [4, 0], [8, offset + length], [4, 1])];
}

const NONE = new Uint8Array(0);

/** Little-endian numbers of the given widths in bytes. */
function fields(...list: readonly (readonly [width: number, value: number])[]): Uint8Array {
  const bytes: number[] = [];
  for (const [width, value] of list) for (let i = 0; i < width; i++) bytes.push(Math.floor(value / 2 ** (8 * i)) % 256);
  return Uint8Array.from(bytes);
}

function sum(parts: readonly Uint8Array[]): number {
  return parts.reduce((total, part) => total + part.length, 0);
}

function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(sum(parts));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

async function deflateStream(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([bytes.slice()]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** CRC-32, four bits a step. */
function crcOf(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    crc = (crc >>> 4) ^ NIBBLES[crc & 15]!;
    crc = (crc >>> 4) ^ NIBBLES[crc & 15]!;
  }
  return ~crc >>> 0;
}

const NIBBLES = [
  0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190, 0x6b6b51f4, 0x4db26158, 0x5005713c, 0xedb88320, 0xf00f9344,
  0xd6d6a3e8, 0xcb61b38c, 0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c,
];
