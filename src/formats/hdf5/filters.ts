// The filters of HDF5 chunks, undone in reverse: deflate, shuffle, Fletcher-32, LZF, Blosc, Zstandard; others are refused by name.
// Source: HDF5 File Format Specification 3.0, IV.A.2.l; "Registered Filter Plugins" of The HDF Group.
import { SomascopeError } from '../../base/errors.ts';
import { decodeBlosc, unpackExactly } from '../blosc/index.ts';
import { unpackLzf } from '../blosc/lz.ts';
import { unshuffle } from '../blosc/shuffle.ts';
import { unpackZstd } from '../zstd.ts';
import type { StoredChunk } from './layout.ts';

const NAMES: Readonly<Record<number, string>> = {
  4: 'SZIP',
  5: 'N-bit',
  6: 'scale-offset',
  307: 'bzip2',
  32004: 'LZ4',
  32008: 'bitshuffle',
  32013: 'ZFP',
};
const READ = [1, 2, 3, 32000, 32001, 32015];
/** Bytes of the checksum that Fletcher-32 puts behind a chunk. */
const CHECKSUM = 4;

/** Throws `Unsupported` with the name of the first filter that is not read here. */
export function refuseFilters(filters: readonly number[], file: string): void {
  const unknown = filters.find((id) => !READ.includes(id));
  if (unknown === undefined) return;
  const message = `The dataset is packed with ${NAMES[unknown] ?? `filter ${unknown}`}, which is not read here.`;
  throw new SomascopeError('Unsupported', message, { file }, 'Save it with gzip (h5repack -f GZIP=4).');
}

/** The `size` bytes of a chunk. Throws Invalid, CutOff, Checksum. */
export async function undoFilters(
  packed: Uint8Array<ArrayBuffer>,
  filters: readonly number[],
  { skipped }: StoredChunk,
  size: number,
  itemBytes: number,
  file: string,
): Promise<Uint8Array<ArrayBuffer>> {
  let bytes = packed;
  for (let i = filters.length - 1; i >= 0; i--) {
    if ((skipped >> i) & 1) continue;
    // A checksum that was put on before the packing is still there after the unpacking.
    const wanted = size + (filters.slice(0, i).includes(3) ? CHECKSUM : 0);
    const id = filters[i];
    if (id === 1) bytes = await unpackExactly(bytes, 'deflate', wanted, file);
    else if (id === 2) bytes = unshuffle(bytes, itemBytes);
    else if (id === 3) bytes = checkFletcher(bytes, file);
    else if (id === 32000) bytes = undoLzf(bytes, wanted, file);
    else if (id === 32015) bytes = await unpackZstd(bytes, wanted, file);
    else bytes = await decodeBlosc(bytes, file, wanted);
  }
  if (bytes.length >= size) return bytes.length === size ? bytes : bytes.slice(0, size);
  throw new SomascopeError(
    'CutOff',
    `A chunk has ${bytes.length} bytes where ${size} are needed.`,
    { file },
    'Get the file again.',
  );
}

function undoLzf(packed: Uint8Array, size: number, file: string): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(size);
  try {
    unpackLzf(packed, out);
  } catch (error) {
    const message = `An LZF chunk is damaged: it ${error instanceof Error ? error.message : String(error)}.`;
    throw new SomascopeError('Invalid', message, { file }, 'Get the file again.', error);
  }
  return out;
}

/** Sums of big-endian words, as H5_checksum_fletcher32 makes them. */
function checkFletcher(bytes: Uint8Array<ArrayBuffer>, file: string): Uint8Array<ArrayBuffer> {
  const end = bytes.length - CHECKSUM;
  let [first, second] = [0, 0];
  for (let i = 0; i < end; i += 2) {
    first = (first + ((bytes[i]! << 8) | (i + 1 < end ? bytes[i + 1]! : 0))) % 65_535;
    second = (second + first) % 65_535;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (end >= 0 && view.getUint16(end, true) % 65_535 === first && view.getUint16(end + 2, true) % 65_535 === second)
    return bytes.subarray(0, end);
  throw new SomascopeError(
    'Checksum',
    'A chunk of the dataset does not match its checksum (Fletcher-32).',
    { file },
    'Get the file again.',
  );
}
