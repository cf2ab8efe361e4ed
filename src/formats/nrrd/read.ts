// A NRRD file as a volume [z, y, x]: its first axis is the fastest, so nothing is transposed. Raw voxels are read in place, gzipped
// ones on the way, text is parsed at once. A list axis (colours, time points) shows its first value. Voxel sizes in micrometres.
import { SomascopeError } from '../../base/errors.ts';
import { makeArray } from '../../base/ndarray.ts';
import { byteSize, grouped } from '../../base/number-format.ts';
import { shapeText, type Triple } from '../../base/volume.ts';
import { unpackedSource } from '../gzip.ts';
import { type ByteSource, bytesSource } from '../source.ts';
import { piecesOf, unpackChunks } from '../unpack-stream.ts';
import { dtypeOfStored, STORED_BYTES, type StoredType, type VolumeReader } from '../volume.ts';
import { rawVolume } from '../volume-files/raw.ts';
import { MAX_HEADER_BYTES, type NrrdHeader, parseNrrdHeader } from './header.ts';

export interface NrrdOptions {
  /** The file that a detached header names, or undefined where it is not there. */
  readonly findFile?: ((name: string) => ByteSource | undefined) | undefined;
  readonly signal?: AbortSignal | undefined;
}

const MAX_TEXT_BYTES = 256 * 2 ** 20;
const SKIP_READ = 64 * 1024;
const FIRST_READ = 64 * 1024;

/** Reads the header, and all of the voxels only where they are text. Throws Invalid, CutOff, Unsupported, Unsafe. */
export async function openNrrd(source: ByteSource, { findFile, signal }: NrrdOptions = {}): Promise<VolumeReader> {
  const header = await readHeader(source, signal);
  const data = header.dataFile === undefined ? source : findData(header.dataFile, source.name, findFile);
  const start = await skipLines(data, header.dataFile === undefined ? header.headerEnd : 0, header.lineSkip, signal);
  const axes = placeAxes(header, source.name);
  const count = header.sizes.reduce((product, size) => product * size, 1);
  const bytes = count * STORED_BYTES[header.stored];
  if (!Number.isSafeInteger(bytes)) throw fail(source, 'Invalid', `The NRRD sizes ${header.sizes.join(' ')} are impossible.`);
  const { voxels, offset, littleEndian } = await locate(data, start, bytes, header, signal);
  if (offset + bytes > voxels.size) {
    const message = `The header promises ${shapeText(header.sizes)} values of ${header.stored}, ${grouped(bytes)} bytes; ${grouped(Math.max(0, voxels.size - offset))} are there.`;
    throw fail(source, 'CutOff', message, 'Was the download complete? Get the file again.');
  }
  const { shape, step, notices } = axes;
  const { voxelSize, notice } = voxelSizeOf(header, axes.places);
  if (step > 1)
    return strided(source.name, voxels, offset, header.stored, littleEndian, shape, step, {
      voxelSize,
      notices: [...notices, ...notice],
    });
  const layout = { source: voxels, offset, shape, stored: header.stored, littleEndian };
  return rawVolume(source.name, layout, { voxelSize, notices: [...notices, ...notice], isSequential: voxels.size === Infinity });
}

async function readHeader(source: ByteSource, signal: AbortSignal | undefined): Promise<NrrdHeader> {
  for (let length = FIRST_READ; ; length = MAX_HEADER_BYTES) {
    const head = await source.read(0, Math.min(length, source.size), signal);
    const isWhole = head.length === source.size;
    try {
      return parseNrrdHeader(head, source.name, isWhole);
    } catch (error) {
      if (isWhole || length === MAX_HEADER_BYTES || !(error instanceof SomascopeError) || error.tag !== 'CutOff') throw error;
    }
  }
}

function findData(name: string, file: string, findFile: NrrdOptions['findFile']): ByteSource {
  const fault = (tag: 'Unsupported' | 'Invalid', message: string, hint: string) =>
    new SomascopeError(tag, message, { file }, hint);
  if (name === 'LIST' || /^LIST\s/.test(name) || /%\d*d/.test(name))
    throw fault('Unsupported', 'The NRRD header spreads its voxels over several files.', 'Save the volume as one file.');
  const found = findFile?.(name);
  if (found) return found;
  const message = `The voxels of this NRRD header lie in ${name}, which is not here.`;
  throw fault('Invalid', message, `Drop ${file} and ${name} together.`);
}

/** Byte after `lines` line breaks. */
async function skipLines(source: ByteSource, from: number, lines: number, signal: AbortSignal | undefined): Promise<number> {
  let at = from;
  let left = lines;
  while (left > 0) {
    if (at >= source.size)
      throw fail(source, 'CutOff', `The NRRD file has fewer lines than the ${grouped(lines)} to be skipped.`);
    const bytes = await source.read(at, Math.min(SKIP_READ, source.size - at), signal);
    let next = 0;
    while (left > 0 && next < bytes.length) {
      const stop = bytes.indexOf(10, next);
      if (stop < 0) next = bytes.length;
      else {
        next = stop + 1;
        left--;
      }
    }
    at += next;
  }
  return at;
}

interface Located {
  readonly voxels: ByteSource;
  readonly offset: number;
  readonly littleEndian: boolean;
}

async function locate(
  data: ByteSource,
  start: number,
  bytes: number,
  header: NrrdHeader,
  signal: AbortSignal | undefined,
): Promise<Located> {
  const { encoding, byteSkip, littleEndian } = header;
  if (byteSkip < -1)
    throw fail(data, 'Invalid', `The NRRD field “byte skip” is ${byteSkip}; only −1 and what is above it have a meaning.`);
  if (encoding === 'raw') {
    const offset = byteSkip === -1 ? data.size - bytes : start + byteSkip;
    if (offset < start)
      throw fail(
        data,
        'CutOff',
        `The NRRD file holds ${grouped(data.size - start)} bytes of voxels where ${grouped(bytes)} are needed.`,
      );
    return { voxels: data, offset, littleEndian };
  }
  if (encoding === 'gzip') {
    const offset = byteSkip === -1 ? (await unpackedSize(data, start, signal)) - bytes : byteSkip;
    if (offset < 0)
      throw fail(data, 'CutOff', `The NRRD file unpacks to fewer than the ${grouped(bytes)} bytes that its voxels need.`);
    return { voxels: unpackedSource(data, 'gzip', start), offset, littleEndian };
  }
  const from = start + Math.max(0, byteSkip);
  if (data.size - from > MAX_TEXT_BYTES)
    throw fail(
      data,
      'Unsafe',
      `The NRRD voxels are ${byteSize(data.size - from)} of text; at most ${byteSize(MAX_TEXT_BYTES)} are read.`,
      'Save it with encoding raw.',
    );
  const text = await data.read(from, Math.max(0, data.size - from), signal);
  const plain = encoding === 'hex' ? fromHex(text, bytes, data) : fromText(text, bytes, header.stored, data);
  return { voxels: bytesSource(data.name, plain), offset: 0, littleEndian: encoding === 'hex' ? littleEndian : true };
}

async function unpackedSize(source: ByteSource, start: number, signal: AbortSignal | undefined): Promise<number> {
  let size = 0;
  for await (const chunk of unpackChunks(piecesOf(source, start, source.size - start, signal), 'gzip', source.name))
    size += chunk.length;
  return size;
}

function fromHex(text: Uint8Array, bytes: number, source: ByteSource): Uint8Array {
  // Two digits a byte: nothing longer is allocated than the text can fill.
  const out = new Uint8Array(Math.min(bytes, text.length >> 1));
  let digits = 0;
  for (const code of text) {
    if (code <= 32) continue;
    const digit = code >= 48 && code <= 57 ? code - 48 : (code | 32) >= 97 && (code | 32) <= 102 ? (code | 32) - 87 : -1;
    if (digit < 0) throw fail(source, 'Invalid', `The NRRD voxels hold “${String.fromCharCode(code)}”, no hexadecimal digit.`);
    if (digits >> 1 < out.length) out[digits >> 1] = (out[digits >> 1]! << 4) | digit;
    digits++;
  }
  return out.subarray(0, Math.min(out.length, digits >> 1));
}

function fromText(text: Uint8Array, bytes: number, stored: StoredType, source: ByteSource): Uint8Array {
  if (stored === 'int64' || stored === 'uint64')
    throw fail(source, 'Unsupported', 'The NRRD voxels are 64-bit integers as text.', 'Save it with encoding raw or gzip.');
  const words = new TextDecoder('latin1').decode(text).match(/[^\s,]+/g) ?? [];
  const values = makeArray(dtypeOfStored(stored), Math.min(words.length, bytes / STORED_BYTES[stored]));
  for (let i = 0; i < values.length; i++) {
    const value = Number(words[i]);
    if (Number.isNaN(value) && words[i]!.toLowerCase() !== 'nan')
      throw fail(source, 'Invalid', `The NRRD voxels hold “${words[i]!.slice(0, 40)}”, no number.`);
    values[i] = value;
  }
  return new Uint8Array(values.buffer);
}

interface PlaceAxes {
  readonly shape: Triple;
  /** Axes of the file that are z, y, x; undefined where the file has fewer. */
  readonly places: readonly (number | undefined)[];
  /** Values a voxel where the fastest axes are lists, else 1. */
  readonly step: number;
  readonly notices: readonly string[];
}

/** Which axes are x, y and z: lists are left out at either end, of further axes the first place is taken. */
function placeAxes({ sizes, isList }: NrrdHeader, file: string): PlaceAxes {
  const axes = [...sizes.keys()];
  let step = 1;
  while (axes.length > 1 && isList[axes[0]!]) step *= sizes[axes.shift()!]!;
  const [x, y, z] = axes;
  if ([y, z].some((axis) => axis !== undefined && isList[axis])) {
    const message = `The axes of the NRRD file (${sizes.join(' × ')}) hold a list between the places.`;
    throw new SomascopeError('Unsupported', message, { file }, 'Save one channel of it.');
  }
  const shape: Triple = [z === undefined ? 1 : sizes[z]!, y === undefined ? 1 : sizes[y]!, sizes[x!]!];
  const further = axes.slice(3).reduce((product, axis) => product * sizes[axis]!, 1);
  const notices: string[] = [];
  if (step > 1) notices.push(`Each voxel has ${grouped(step)} values; the first is shown.`);
  if (further > 1) notices.push(`The file holds ${grouped(further)} volumes; the first is shown.`);
  return { shape, places: [z, y, x], step, notices };
}

/** A volume whose voxels are every `step`-th value: the list becomes a third axis of planes × rows, and its first value is taken. */
function strided(
  name: string,
  source: ByteSource,
  offset: number,
  stored: StoredType,
  littleEndian: boolean,
  shape: Triple,
  step: number,
  facts: Pick<VolumeReader, 'voxelSize' | 'notices'>,
): VolumeReader {
  const [depth, height, width] = shape;
  const flat = rawVolume(name, { source, offset, shape: [depth * height, width, step], stored, littleEndian });
  const isSequential = source.size === Infinity;
  return {
    ...flat,
    ...facts,
    shape,
    isSequential,
    brick: [1, height, width],
    readBox: async (from, to, signal) => {
      const [planes, rows, columns] = [to[0] - from[0], to[1] - from[1], to[2] - from[2]];
      const out = makeArray(flat.dtype, planes * rows * columns);
      for (let z = 0; z < planes; z++) {
        const row = (from[0] + z) * height + from[1];
        out.set(await flat.readBox([row, from[2], 0], [row + rows, to[2], 1], signal), z * rows * columns);
      }
      return out;
    },
  };
}

function voxelSizeOf(
  header: NrrdHeader,
  places: readonly (number | undefined)[],
): { voxelSize: Triple | undefined; notice: string[] } {
  const steps = places.map((axis) => (axis === undefined ? Number.NaN : header.spacings[axis]!));
  const known = steps.filter((step) => Number.isFinite(step) && step > 0);
  const isNothing = known.length < 2 || (header.micronsPerUnit === undefined && known.every((step) => step === 1));
  if (isNothing) return { voxelSize: undefined, notice: [] };
  const notice = header.micronsPerUnit === undefined ? ['The NRRD file names no unit of length; millimetres are assumed.'] : [];
  const factor = header.micronsPerUnit ?? 1000;
  const voxelSize = steps.map((step) => Number(((step > 0 ? step : known.at(-1)!) * factor).toPrecision(12)));
  return { voxelSize: voxelSize as unknown as Triple, notice };
}

function fail(
  source: ByteSource,
  tag: 'Invalid' | 'CutOff' | 'Unsafe' | 'Unsupported',
  message: string,
  hint = 'Save the volume again.',
): SomascopeError {
  return new SomascopeError(tag, message, { file: source.name }, hint);
}
