// A plain zip (no zip64), deflated, every date the same so that the same entries give the same bytes. Written piece by piece,
// because a movie of 3,024 frames is 1 GB.
import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipSink {
  write(bytes: Uint8Array): void;
}

/** Bytes ready to be put into a zip, once or many times. */
export interface PackedEntry {
  readonly stored: Uint8Array;
  readonly size: number;
  readonly crc: number;
  readonly method: number;
}

const STORED = 0;
const DEFLATED = 8;
/** 1 January 2020, 00:00:00 as MS-DOS writes it: time in the low half. */
const DATE = (((2020 - 1980) << 9) | (1 << 5) | 1) << 16;

/** Deflates; an empty entry (a folder) is stored. */
export function packEntry(bytes: Uint8Array, level = 9): PackedEntry {
  const empty = bytes.length === 0;
  const stored = empty ? bytes : deflateRawSync(bytes, { level, memLevel: 9 });
  return { stored, size: bytes.length, crc: crc32(bytes), method: empty ? STORED : DEFLATED };
}

export class ZipWriter {
  private readonly sink: ZipSink;
  private readonly directory: Uint8Array[] = [];
  private position = 0;

  constructor(sink: ZipSink) {
    this.sink = sink;
  }

  /** `path` of a folder ends with '/'. */
  add(path: string, entry: PackedEntry): void {
    const name = new TextEncoder().encode(path);
    const { stored, size, crc, method } = entry;
    const fields = (view: DataView, at: number) => {
      view.setUint16(at, 20, true);
      view.setUint16(at + 4, method, true);
      view.setUint32(at + 6, DATE, true);
      view.setUint32(at + 10, crc, true);
      view.setUint32(at + 14, stored.length, true);
      view.setUint32(at + 18, size, true);
      view.setUint16(at + 22, name.length, true);
    };
    const central = new Uint8Array(46 + name.length);
    const centralView = new DataView(central.buffer);
    centralView.setUint32(0, 0x02014b50, true);
    centralView.setUint16(4, 0x0314, true); // made on Unix, version 2.0
    fields(centralView, 6);
    centralView.setUint32(38, (path.endsWith('/') ? 0o040755 : 0o100644) * 65536, true);
    centralView.setUint32(42, this.position, true);
    central.set(name, 46);
    this.directory.push(central);

    const local = new Uint8Array(30 + name.length);
    const localView = new DataView(local.buffer);
    localView.setUint32(0, 0x04034b50, true);
    fields(localView, 4);
    local.set(name, 30);
    this.write(local);
    this.write(stored);
  }

  /** Writes the directory; nothing can be added after it. */
  finish(): void {
    const start = this.position;
    for (const central of this.directory) this.write(central);
    const end = new DataView(new ArrayBuffer(22));
    end.setUint32(0, 0x06054b50, true);
    end.setUint16(8, this.directory.length, true);
    end.setUint16(10, this.directory.length, true);
    end.setUint32(12, this.position - start, true);
    end.setUint32(16, start, true);
    this.write(new Uint8Array(end.buffer));
  }

  private write(bytes: Uint8Array): void {
    this.sink.write(bytes);
    this.position += bytes.length;
  }
}
