// Object headers of an HDF5 file, versions 1 and 2: the messages that describe a group or a dataset. Bytes from the start of the file.
// Parsers are generators that ask for ranges, so that a file of any size is read where it lies.
// Source: HDF5 File Format Specification 3.0, II.A (superblock) and IV.A.1 (object headers).
import { SomascopeError } from '../../base/errors.ts';
import type { Reads } from '../tiff/reads.ts';

export interface Message {
  readonly type: number;
  /** Byte of the message's content in the file. */
  readonly offset: number;
  readonly bytes: DataView;
}

export type Problem = (tag: 'Invalid' | 'Unsupported' | 'Unsafe', message: string, byte: number) => SomascopeError;

const SIGNATURE = 'HDF\r\n\x1a\n';
const MAX_BLOCKS = 4096;
const MAX_BLOCK_BYTES = 2 ** 24;
const MAX_MESSAGES = 100_000;
const CONTINUATION = 0x10;
const UNDEFINED = 2n ** 64n - 1n;

export const problemIn =
  (file: string): Problem =>
  (tag, message, byte) =>
    new SomascopeError(tag, message, { file, byte }, 'Get the file again, or save the volume alone (numpy.save).');

export function* readView(offset: number, length: number): Reads<DataView> {
  const bytes = yield { offset, length };
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** An address or length of 8 bytes; undefined for "none". Those beyond 2^53 lie outside any file and fail where they are read. */
export function address(view: DataView, at: number): number | undefined {
  const value = view.getBigUint64(at, true);
  return value === UNDEFINED ? undefined : Number(value);
}

export function textOf(view: DataView, at: number, length: number): string {
  return String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset + at, length));
}

/** Address of the root group's object header. */
export function* readSuperblock(problem: Problem): Reads<number> {
  const start = yield* readView(0, 16);
  if (textOf(start, 1, 7) !== SIGNATURE || start.getUint8(0) !== 0x89) throw problem('Invalid', 'This is not an HDF5 file.', 0);
  const version = start.getUint8(8);
  if (version > 3) throw problem('Unsupported', `HDF5 superblocks of version ${version} are not read here (0 to 3 are).`, 8);
  const sizes = version < 2 ? [start.getUint8(13), start.getUint8(14)] : [start.getUint8(9), start.getUint8(10)];
  if (sizes.some((size) => size !== 8)) throw problem('Unsupported', 'The HDF5 file has addresses of other than 8 bytes.', 9);
  const base = version === 0 ? 24 : version === 1 ? 28 : 12;
  const view = yield* readView(base, 48);
  if (address(view, 0) !== 0) throw problem('Unsupported', 'The HDF5 file begins with a block of its user.', base);
  const root = address(view, version < 2 ? 40 : 24);
  if (root === undefined) throw problem('Invalid', 'The HDF5 file has no root group.', base);
  return root;
}

/** The messages of the object header at `offset`, those of its continuations included. */
export function* readMessages(offset: number, problem: Problem): Reads<Message[]> {
  const mark = yield* readView(offset, 4);
  const isNew = textOf(mark, 0, 4) === 'OHDR';
  const first = isNew ? yield* startOfNew(offset, problem) : yield* startOfOld(offset, problem);
  const messages: Message[] = [];
  const waiting = [first];
  for (let blocks = 0; waiting.length > 0; blocks++) {
    if (blocks > MAX_BLOCKS) throw problem('Invalid', 'An object header of the HDF5 file runs in a circle.', offset);
    const { from, length, gap } = waiting.shift()!;
    if (length > MAX_BLOCK_BYTES) throw problem('Unsafe', `An object header of the HDF5 file claims ${length} bytes.`, from);
    const block = yield* readView(from, length);
    const head = isNew ? 4 + gap : 8;
    for (let at = 0; at + head <= length; ) {
      const type = isNew ? block.getUint8(at) : block.getUint16(at, true);
      const size = block.getUint16(at + (isNew ? 1 : 2), true);
      const body = at + head;
      if (body + size > length) break;
      const bytes = new DataView(block.buffer, block.byteOffset + body, size);
      if (type === CONTINUATION && size >= 16) {
        const [next, nextLength] = [address(bytes, 0) ?? Number.NaN, address(bytes, 8) ?? Number.NaN];
        // New continuations begin with a signature and end with a checksum.
        waiting.push(isNew ? { from: next + 4, length: nextLength - 8, gap } : { from: next, length: nextLength, gap });
      } else messages.push({ type, offset: from + body, bytes });
      if (messages.length > MAX_MESSAGES)
        throw problem('Unsafe', 'An object header of the HDF5 file has too many messages.', offset);
      at = body + size;
    }
  }
  return messages;
}

interface Block {
  readonly from: number;
  readonly length: number;
  /** Bytes of the creation order in front of every message. */
  readonly gap: number;
}

function* startOfOld(offset: number, problem: Problem): Reads<Block> {
  const head = yield* readView(offset, 16);
  if (head.getUint8(0) !== 1) throw problem('Invalid', 'An object header of the HDF5 file is damaged.', offset);
  return { from: offset + 16, length: head.getUint32(8, true), gap: 0 };
}

function* startOfNew(offset: number, problem: Problem): Reads<Block> {
  const head = yield* readView(offset, 6);
  if (head.getUint8(4) !== 2)
    throw problem('Unsupported', `Object headers of version ${head.getUint8(4)} are not read here.`, offset);
  const flags = head.getUint8(5);
  const at = offset + 6 + (flags & 0x20 ? 16 : 0) + (flags & 0x10 ? 4 : 0);
  const width = 1 << (flags & 3);
  const size = yield* readView(at, width);
  const length =
    width === 1
      ? size.getUint8(0)
      : width === 2
        ? size.getUint16(0, true)
        : width === 4
          ? size.getUint32(0, true)
          : (address(size, 0) ?? Number.NaN);
  return { from: at + width, length, gap: flags & 4 ? 2 : 0 };
}
