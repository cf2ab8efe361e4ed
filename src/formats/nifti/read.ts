// A NIfTI file as a volume [z, y, x]: the file's x is the fastest axis, so nothing is transposed. Gzipped files are unpacked on
// the way. Of more than three axes one volume is shown. Voxel sizes in micrometres.
import { SomascopeError } from '../../base/errors.ts';
import { grouped } from '../../base/number-format.ts';
import { shapeText, type Triple, voxelsOf } from '../../base/volume.ts';
import { isGzip, unpackedSource } from '../gzip.ts';
import type { ByteSource } from '../source.ts';
import { STORED_BYTES, type VolumeReader } from '../volume.ts';
import { rawVolume } from '../volume-files/raw.ts';
import { HEADER_BYTES, niftiVersion, parseNiftiHeader } from './header.ts';

export interface NiftiOptions {
  /** Which of several volumes (time points, channels), from 0. */
  readonly volume?: number;
  /** The .img file of a pair. */
  readonly image?: ByteSource | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Reads the header only. Throws Invalid, CutOff, Unsupported. */
export async function openNifti(source: ByteSource, { volume = 0, image, signal }: NiftiOptions = {}): Promise<VolumeReader> {
  const plain = await plainSource(source, signal);
  const start = await plain.read(0, Math.min(4, plain.size), signal);
  const length = HEADER_BYTES[niftiVersion(start)?.version ?? 1];
  const header = parseNiftiHeader(await plain.read(0, Math.min(length, plain.size), signal), source.name);
  const { extents, stored, littleEndian, dataOffset, isDetached, voxelSize, scaling, isLabels, notices } = header;
  if (isDetached && !image) {
    const message = 'The voxels of this NIfTI header lie in an .img file, which is not here.';
    throw new SomascopeError('Invalid', message, { file: source.name }, 'Drop the .hdr and the .img file together.');
  }
  const data = isDetached && image ? await plainSource(image, signal) : plain;
  const shape: Triple = [extents[2] ?? 1, extents[1] ?? 1, extents[0]!];
  const bytes = voxelsOf(shape) * STORED_BYTES[stored];
  const volumes = extents.slice(3).reduce((product, extent) => product * extent, 1);
  if (volume >= volumes) throw new RangeError(`no volume ${volume} of ${volumes}`);
  const end = dataOffset + bytes * volumes;
  if (!Number.isSafeInteger(end) || end > data.size) {
    const message = `The header promises ${shapeText([...extents].reverse())} voxels of ${stored}, ${grouped(end)} bytes in all; the file has ${grouped(data.size)}.`;
    throw new SomascopeError(
      'CutOff',
      message,
      { file: source.name, byte: data.size },
      'Was the download complete? Get the file again.',
    );
  }
  const several = volumes > 1 ? [`The file holds ${grouped(volumes)} volumes; number ${volume + 1} is shown.`] : [];
  const layout = { source: data, offset: dataOffset + volume * bytes, shape, stored, littleEndian };
  return rawVolume(source.name, layout, {
    voxelSize: voxelSize && [voxelSize[2], voxelSize[1], voxelSize[0]],
    kindHint: isLabels ? 'labels' : undefined,
    notices: [...notices, ...several],
    ...(scaling && { scaling }),
    isSequential: data.size === Infinity,
  });
}

async function plainSource(source: ByteSource, signal: AbortSignal | undefined): Promise<ByteSource> {
  const head = await source.read(0, Math.min(2, source.size), signal);
  return isGzip(head) ? unpackedSource(source) : source;
}
