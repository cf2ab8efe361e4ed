// A NRRD file as a volume [z, y, x]: its first axis is the fastest, so nothing is transposed. Raw voxels are read in place, gzipped
// ones on the way, text is parsed at once. A list axis (colours, time points) shows its first value. Voxel sizes in micrometres.
import { SomascopeError } from '../../base/errors.ts';
import { makeArray } from '../../base/ndarray.ts';
import { grouped } from '../../base/number-format.ts';
import { shapeText, type Triple } from '../../base/volume.ts';
import type { ByteSource } from '../source.ts';
import { STORED_BYTES, type StoredType, type VolumeReader } from '../volume.ts';
import { rawVolume } from '../volume-files/raw.ts';
import { placeAxes, voxelSizeOf } from './axes.ts';
import { MAX_HEADER_BYTES, type NrrdHeader, parseNrrdHeader } from './header.ts';
import { fail, locate, skipLines } from './voxels.ts';

export interface NrrdOptions {
  /** The file that a detached header names, or undefined where it is not there. */
  readonly findFile?: ((name: string) => ByteSource | undefined) | undefined;
  readonly signal?: AbortSignal | undefined;
}

const FIRST_READ = 64 * 1024;

/** Reads the header, and all of the voxels only where they are text. Throws Invalid, CutOff, Unsupported, Unsafe. */
export async function openNrrd(source: ByteSource, { findFile, signal }: NrrdOptions = {}): Promise<VolumeReader> {
  const header = await readHeader(source, signal);
  refuseNifti(header, source);
  refuseSkip(header, source);
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

/** The header of a NIfTI file is no voxels; with −1 the last bytes are taken, which are. */
function refuseNifti({ dataFile, byteSkip }: NrrdHeader, source: ByteSource): void {
  if (!dataFile || byteSkip !== 0 || !/\.nii(\.gz)?$/i.test(dataFile)) return;
  const message = `The voxels of this NRRD header lie in ${dataFile}, a NIfTI file, whose own header it does not skip.`;
  throw fail(source, 'Invalid', message, 'Write “byte skip: -1” into the header, or open the NIfTI file itself.');
}

/** The fault is the header's, wherever the voxels are. */
function refuseSkip({ byteSkip }: NrrdHeader, source: ByteSource): void {
  if (byteSkip >= -1) return;
  const message = `The NRRD field “byte skip” is ${byteSkip}; only −1 and what is above it have a meaning.`;
  throw fail(source, 'Invalid', message, 'Write “byte skip: -1” into the header where the voxels are the end of their file.');
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
