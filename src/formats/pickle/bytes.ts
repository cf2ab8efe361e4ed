// A cursor over the bytes of a pickle: little-endian numbers, texts and lines; past the end `fail` says what is thrown.

/** Integers of more bytes are not read: no count or label needs them. */
const LONGEST_INTEGER = 64;
const LONGEST_LINE = 1000;

export class Bytes {
  at = 0;
  private readonly bytes: Uint8Array<ArrayBuffer>;
  private readonly view: DataView;
  private readonly fail: (message: string) => Error;

  constructor(bytes: Uint8Array<ArrayBuffer>, fail: (message: string) => Error) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.fail = fail;
  }

  get length(): number {
    return this.bytes.length;
  }

  /** Steps over `length` bytes; their first. */
  skip(length: number): number {
    if (!(length <= this.bytes.length - this.at)) {
      throw this.fail(`The pickle ends inside ${length} bytes; ${this.bytes.length - this.at} are left.`);
    }
    const start = this.at;
    this.at += length;
    return start;
  }

  uint8(): number {
    return this.view.getUint8(this.skip(1));
  }

  uint16(): number {
    return this.view.getUint16(this.skip(2), true);
  }

  uint32(): number {
    return this.view.getUint32(this.skip(4), true);
  }

  int32(): number {
    return this.view.getInt32(this.skip(4), true);
  }

  /** A length: above 2^53 it is longer than any file, so its digits do not matter. */
  uint64(): number {
    return Number(this.view.getBigUint64(this.skip(8), true));
  }

  /** Big-endian, the only number that is. */
  float64(): number {
    return this.view.getFloat64(this.skip(8));
  }

  take(length: number): Uint8Array<ArrayBuffer> {
    const start = this.skip(length);
    return this.bytes.subarray(start, start + length);
  }

  text(length: number): string {
    return new TextDecoder().decode(this.take(length));
  }

  /** Two's complement of `length` bytes, little-endian; a bigint where a number would lose digits. */
  integer(length: number): number | bigint {
    if (length > LONGEST_INTEGER) throw this.fail(`An integer of ${length} bytes is not read here.`);
    const bytes = this.take(length);
    let value = 0n;
    for (let i = length - 1; i >= 0; i--) value = value * 256n + BigInt(bytes[i]!);
    const signed = length === 0 ? 0n : BigInt.asIntN(8 * length, value);
    const number = Number(signed);
    return Number.isSafeInteger(number) ? number : signed;
  }

  /** Up to the next line feed, which is stepped over. */
  line(): string {
    const end = this.bytes.indexOf(0x0a, this.at);
    if (end < 0 || end - this.at > LONGEST_LINE) throw this.fail('The pickle ends inside a name.');
    const text = new TextDecoder('latin1').decode(this.bytes.subarray(this.at, end));
    this.at = end + 1;
    return text;
  }
}
