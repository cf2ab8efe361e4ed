// SHA-1 (FIPS 180-4) of files of any size, a piece at a time: the data set addresses its files as sha1://<40 digits>/<name>.
// crypto.subtle wants all bytes at once, which 80 GB do not allow. It recognises files here; it protects nothing.
import { breathe, throwIfAborted } from '../base/steps.ts';
import type { ByteSource } from './source.ts';

export interface Sha1 {
  update(bytes: Uint8Array): void;
  /** 40 hexadecimal digits; the hash takes no more bytes afterwards. */
  digest(): string;
}

export function makeSha1(): Sha1 {
  const state = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0);
  const words = new Int32Array(80);
  const block = new Uint8Array(64);
  let held = 0;
  let length = 0;
  const update = (bytes: Uint8Array) => {
    length += bytes.length;
    let at = 0;
    if (held > 0) {
      at = Math.min(64 - held, bytes.length);
      block.set(bytes.subarray(0, at), held);
      held += at;
      if (held < 64) return;
      mix(state, words, block, 0);
      held = 0;
    }
    for (; at + 64 <= bytes.length; at += 64) mix(state, words, bytes, at);
    held = bytes.length - at;
    block.set(bytes.subarray(at));
  };
  const digest = () => {
    update(sha1Padding(length));
    return Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
  };
  return { update, digest };
}

/** What follows `length` bytes: a one bit, zeros, and the number of bits in 64 bits; files may have more than 2^32 of them. */
export function sha1Padding(length: number): Uint8Array<ArrayBuffer> {
  const padding = new Uint8Array(((119 - (length % 64)) % 64) + 9);
  padding[0] = 0x80;
  const end = new DataView(padding.buffer, padding.length - 8);
  end.setUint32(0, Math.floor(length / 2 ** 29));
  end.setUint32(4, (length * 8) % 2 ** 32);
  return padding;
}

/** One block of 64 bytes at `at`, big-endian words. */
function mix(state: Int32Array, w: Int32Array, bytes: Uint8Array, at: number): void {
  for (let i = 0, p = at; i < 16; i++, p += 4) {
    w[i] = (bytes[p]! << 24) | (bytes[p + 1]! << 16) | (bytes[p + 2]! << 8) | bytes[p + 3]!;
  }
  for (let i = 16; i < 80; i++) {
    const x = w[i - 3]! ^ w[i - 8]! ^ w[i - 14]! ^ w[i - 16]!;
    w[i] = (x << 1) | (x >>> 31);
  }
  let a = state[0]!;
  let b = state[1]!;
  let c = state[2]!;
  let d = state[3]!;
  let e = state[4]!;
  for (let i = 0; i < 80; i++) {
    const f =
      i < 20
        ? (d ^ (b & (c ^ d))) + 0x5a827999
        : i < 40
          ? (b ^ c ^ d) + 0x6ed9eba1
          : i < 60
            ? ((b & c) | (d & (b | c))) + 0x8f1bbcdc
            : (b ^ c ^ d) + 0xca62c1d6;
    const next = (((a << 5) | (a >>> 27)) + (f | 0) + e + w[i]!) | 0;
    e = d;
    d = c;
    c = (b << 30) | (b >>> 2);
    b = a;
    a = next;
  }
  state[0]! += a;
  state[1]! += b;
  state[2]! += c;
  state[3]! += d;
  state[4]! += e;
}

export interface Sha1Options {
  readonly signal?: AbortSignal | undefined;
  /** Told the share of bytes read, 0 … 1. */
  readonly onProgress?: ((share: number) => void) | undefined;
}

const PIECE = 4 * 2 ** 20;

/** The SHA-1 of a whole source; the next piece is read while one is mixed. Throws as `ByteSource.read`, and Aborted. */
export async function sha1Of(source: ByteSource, { signal, onProgress }: Sha1Options = {}): Promise<string> {
  const hash = makeSha1();
  const pieceAt = (at: number) => (at < source.size ? source.read(at, Math.min(PIECE, source.size - at), signal) : undefined);
  let next = pieceAt(0);
  for (let at = 0; next; at += PIECE) {
    const bytes = await next;
    next = pieceAt(at + PIECE);
    // A read that fails later is thrown when it is awaited.
    next?.catch(() => undefined);
    hash.update(bytes);
    onProgress?.(Math.min(1, (at + PIECE) / source.size));
    await breathe();
    throwIfAborted(signal);
  }
  return hash.digest();
}

/** The digits and the file name of a sha1:// address; undefined for any other text. */
export function parseSha1Address(text: string): { readonly sha1: string; readonly name: string } | undefined {
  const match = /^sha1:\/\/([0-9a-f]{40})(?:\/([^?#]*))?/i.exec(text);
  return match ? { sha1: match[1]!.toLowerCase(), name: match[2] ?? '' } : undefined;
}
