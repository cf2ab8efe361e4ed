// The members of HDF5 groups: symbol tables (B-tree, nodes, local heap) and links in the object header.
// Source: HDF5 File Format Specification 3.0, III.A to III.D and IV.A.2.g.
import type { Reads } from '../tiff/reads.ts';
import { address, type Message, type Problem, readMessages, readView, textOf } from './objects.ts';

export interface Member {
  /** From the root: /volumes/raw. */
  readonly path: string;
  readonly messages: readonly Message[];
}

const LINK_INFO = 2;
const LINK = 6;
const SYMBOL_TABLE = 0x11;
const DATASPACE = 1;
const MAX_OBJECTS = 10_000;
const MAX_NODES = 20_000;
const MAX_HEAP_BYTES = 2 ** 24;
const ENTRY_BYTES = 40;

/** All datasets below the group at `root`; groups with too many members for their header are told to `onLeft`. */
export function* listDatasets(root: number, problem: Problem, onLeft: (what: string) => void): Reads<Member[]> {
  const found: Member[] = [];
  const visited = new Set<number>();
  const waiting = [{ path: '', offset: root }];
  while (waiting.length > 0 && visited.size < MAX_OBJECTS) {
    const { path, offset } = waiting.shift()!;
    if (visited.has(offset)) continue;
    visited.add(offset);
    const messages = yield* readMessages(offset, problem);
    if (messages.some(({ type }) => type === DATASPACE)) {
      found.push({ path, messages });
      continue;
    }
    for (const { name, offset: member } of yield* readMembers(messages, problem, () =>
      onLeft(`The group ${path || '/'} keeps its members in a way (dense links) that is not read here.`),
    ))
      waiting.push({ path: `${path}/${name}`, offset: member });
  }
  return found;
}

interface Link {
  readonly name: string;
  readonly offset: number;
}

function* readMembers(messages: readonly Message[], problem: Problem, onDense: () => void): Reads<Link[]> {
  const links = messages.flatMap(({ type, bytes }) => (type === LINK ? parseLink(bytes) : []));
  for (const { type, bytes } of messages) {
    if (type === LINK_INFO && bytes.byteLength >= 10 && address(bytes, 2 + (bytes.getUint8(1) & 1 ? 8 : 0)) !== undefined)
      onDense();
    if (type === SYMBOL_TABLE && bytes.byteLength >= 16)
      links.push(...(yield* readSymbolTable(address(bytes, 0), address(bytes, 8), problem)));
  }
  return links;
}

/** A hard link; soft and external ones are left out. */
function parseLink(bytes: DataView): Link[] {
  if (bytes.byteLength < 4) return [];
  const flags = bytes.getUint8(1);
  let at = 2;
  if (flags & 8 && bytes.getUint8(at++) !== 0) return [];
  at += (flags & 4 ? 8 : 0) + (flags & 16 ? 1 : 0);
  const width = 1 << (flags & 3);
  if (at + width > bytes.byteLength) return [];
  const length = width === 1 ? bytes.getUint8(at) : width === 2 ? bytes.getUint16(at, true) : bytes.getUint32(at, true);
  at += width;
  if (at + length + 8 > bytes.byteLength) return [];
  const offset = address(bytes, at + length);
  return offset === undefined ? [] : [{ name: textOf(bytes, at, length), offset }];
}

function* readSymbolTable(tree: number | undefined, heap: number | undefined, problem: Problem): Reads<Link[]> {
  if (tree === undefined || heap === undefined) return [];
  const head = yield* readView(heap, 32);
  const size = address(head, 8) ?? 0;
  if (textOf(head, 0, 4) !== 'HEAP') throw problem('Invalid', 'The names of a group of the HDF5 file are damaged.', heap);
  if (size > MAX_HEAP_BYTES) throw problem('Unsafe', `The names of a group of the HDF5 file take ${size} bytes.`, heap);
  const names = yield* readView(address(head, 24) ?? 0, size);
  const links: Link[] = [];
  const visited = new Set<number>();
  const waiting = [tree];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (visited.has(node) || visited.size > MAX_NODES)
      throw problem('Invalid', 'The members of a group of the HDF5 file run in a circle.', node);
    visited.add(node);
    const mark = yield* readView(node, 8);
    const count = mark.getUint16(6, true);
    if (textOf(mark, 0, 4) === 'SNOD') {
      const entries = yield* readView(node + 8, count * ENTRY_BYTES);
      for (let i = 0; i < count; i++) {
        const [name, offset] = [address(entries, i * ENTRY_BYTES), address(entries, i * ENTRY_BYTES + 8)];
        if (name !== undefined && offset !== undefined && name < size) links.push({ name: textUntilZero(names, name), offset });
      }
    } else if (textOf(mark, 0, 4) === 'TREE' && mark.getUint8(4) === 0) {
      const entries = yield* readView(node + 24, count * 16 + 8);
      for (let i = count - 1; i >= 0; i--) {
        const child = address(entries, 8 + 16 * i);
        if (child !== undefined) waiting.push(child);
      }
    } else throw problem('Invalid', 'The members of a group of the HDF5 file are damaged.', node);
  }
  return links;
}

function textUntilZero(view: DataView, at: number): string {
  let end = at;
  while (end < view.byteLength && view.getUint8(end) !== 0) end++;
  return new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset + at, end - at));
}
