// A gzip file as a source: its content, unpacked on the way. Lengths in bytes.
import type { ByteSource } from './source.ts';
import { type Packing, piecesOf, type StreamedOptions, streamedSource, unpackChunks } from './unpack-stream.ts';

/** True for the first bytes of a gzip file. */
export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

/** What `source` unpacks to from byte `offset` on; of unknown size (Infinity). Reads throw `Invalid` or `CutOff` for damage. */
export function unpackedSource(
  source: ByteSource,
  packing: Packing = 'gzip',
  offset = 0,
  options: StreamedOptions = {},
): ByteSource {
  const open = () => unpackChunks(piecesOf(source, offset, source.size - offset), packing, source.name);
  return streamedSource(source.name, Infinity, open, options);
}
