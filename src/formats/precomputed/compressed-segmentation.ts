// Neuroglancer's compressed_segmentation: per channel a grid of blocks, each with a table of values and 0 to 32 bits a voxel that
// choose from it. All in 32-bit words, little-endian; x fastest. Source: google/neuroglancer src/sliceview/compressed_segmentation.
import { SomascopeError } from '../../base/errors.ts';
import { extentOf, type Triple, voxelsOf } from '../../base/volume.ts';

/**
 * The first channel as bytes of uint32 or (with `wordsPerValue` 2) uint64, [z, y, x]. Throws CutOff or Invalid. `shape` and `block`
 * are z, y, x; a block that sticks out keeps its stride.
 */
export function decodeCompressedSegmentation(
  bytes: Uint8Array<ArrayBuffer>,
  shape: Triple,
  block: Triple,
  wordsPerValue: 1 | 2,
  file: string,
  channel = 0,
): Uint8Array<ArrayBuffer> {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  const words = new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.length >> 2);
  const fail = (tag: 'CutOff' | 'Invalid', message: string) => new SomascopeError(tag, message, { file }, 'Get the file again.');
  const base = words[channel];
  if (base === undefined) throw fail('CutOff', 'The compressed segmentation is empty.');
  const out = new Uint32Array(voxelsOf(shape) * wordsPerValue);
  const grid = shape.map((extent, axis) => Math.ceil(extent / block[axis]!)) as unknown as Triple;
  let header = base;
  for (let gz = 0; gz < grid[0]; gz++) {
    for (let gy = 0; gy < grid[1]; gy++) {
      for (let gx = 0; gx < grid[2]; gx++, header += 2) {
        const [low, high] = [words[header], words[header + 1]];
        if (low === undefined || high === undefined)
          throw fail('CutOff', 'The compressed segmentation ends within its list of blocks.');
        const bits = low >>> 24;
        if (bits > 32 || (bits & (bits - 1)) !== 0)
          throw fail('Invalid', `A block of the compressed segmentation has ${bits} bits a voxel.`);
        const from: Triple = [gz * block[0], gy * block[1], gx * block[2]];
        const to: Triple = [
          Math.min(from[0] + block[0], shape[0]),
          Math.min(from[1] + block[1], shape[1]),
          Math.min(from[2] + block[2], shape[2]),
        ];
        const places = { table: base + (low & 0xffffff), values: base + high, bits };
        if (!fillBlock(words, places, out, shape, from, to, block, wordsPerValue))
          throw fail('CutOff', 'The compressed segmentation ends within a block.');
      }
    }
  }
  return new Uint8Array(out.buffer);
}

interface Places {
  readonly table: number;
  readonly values: number;
  readonly bits: number;
}

/** False where the words do not suffice. */
function fillBlock(
  words: Uint32Array,
  { table, values, bits }: Places,
  out: Uint32Array,
  shape: Triple,
  from: Triple,
  to: Triple,
  block: Triple,
  per: 1 | 2,
): boolean {
  const extent = extentOf(from, to);
  const mask = bits === 32 ? 0xffffffff : (1 << bits) - 1;
  const last = ((extent[0] - 1) * block[1] + extent[1] - 1) * block[2] + extent[2] - 1;
  if (bits > 0 && values + Math.floor((last * bits) / 32) >= words.length) return false;
  let largest = 0;
  for (let z = 0; z < extent[0]; z++) {
    for (let y = 0; y < extent[1]; y++) {
      let at = (z * block[1] + y) * block[2];
      let to = (((from[0] + z) * shape[1] + from[1] + y) * shape[2] + from[2]) * per;
      for (let x = 0; x < extent[2]; x++, at++, to += per) {
        const bit = at * bits;
        const index = bits === 0 ? 0 : ((words[values + Math.floor(bit / 32)]! >>> (bit & 31)) & mask) >>> 0;
        if (index > largest) largest = index;
        const entry = table + index * per;
        out[to] = words[entry]!;
        if (per === 2) out[to + 1] = words[entry + 1]!;
      }
    }
  }
  return table + largest * per + per <= words.length;
}
