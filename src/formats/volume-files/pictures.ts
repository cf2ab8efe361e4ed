// Pictures as a volume: a stack of PNG or JPEG files, one slice each in the order given, or one picture whose slices lie one below
// the other (BossDB's JPEG cut-outs). Grey values and palette numbers are kept as stored; of colours the first value is shown.
import { SomascopeError } from '../../base/errors.ts';
import type { NumericArray } from '../../base/ndarray.ts';
import { byteSize } from '../../base/number-format.ts';
import { type DecodePicture, isJpeg, redOf } from '../picture.ts';
import { decodePng, isPng, type PngImage } from '../png/decode.ts';
import type { StackFile } from '../tiff/volume.ts';
import type { VolumeReader } from '../volume.ts';
import { sliceVolume } from './slices.ts';

export interface PictureOptions {
  readonly decode: DecodePicture;
  /** Slices that lie one below the other in a single picture. */
  readonly slices?: number;
  readonly signal?: AbortSignal | undefined;
}

interface Slice {
  readonly data: NumericArray;
  readonly width: number;
  readonly height: number;
  readonly isPalette: boolean;
  readonly samples: number;
}

const MAX_FILE_BYTES = 256 * 2 ** 20;

/**
 * Decodes the first picture. Throws what the decoders throw, `Invalid` where the height is no multiple of `slices`; a slice that
 * differs in size or type from the first throws `Invalid` when it is read.
 */
export async function openPictureVolume(
  name: string,
  files: readonly StackFile[],
  options: PictureOptions,
): Promise<VolumeReader> {
  const { decode, slices = 1, signal } = options;
  const first = await readPicture(files[0]!, decode, signal);
  const stored = first.data instanceof Uint16Array ? 'uint16' : 'uint8';
  if (files.length === 1 && first.height % slices !== 0) {
    const message = `The picture has ${first.height} rows, which are not ${slices} slices of equal height.`;
    throw new SomascopeError('Invalid', message, { file: name }, 'Choose another number of slices.');
  }
  const height = files.length === 1 ? first.height / slices : first.height;
  const depth = files.length === 1 ? slices : files.length;
  const readSlice = async (z: number, within?: AbortSignal) => {
    if (files.length === 1) return first.data.subarray(z * height * first.width, (z + 1) * height * first.width);
    const slice = await readPicture(files[z]!, decode, within);
    const isAlike =
      slice.width === first.width &&
      slice.height === first.height &&
      slice.data.BYTES_PER_ELEMENT === first.data.BYTES_PER_ELEMENT;
    if (isAlike) return slice.data;
    const message = `The slice is ${slice.height} × ${slice.width}, the first of the stack ${first.height} × ${first.width}.`;
    throw new SomascopeError('Invalid', message, { file: files[z]!.name }, 'Drop slices of one size and type.');
  };
  const notices = first.samples > 1 ? [`Each pixel has ${first.samples} values; the first is shown.`] : [];
  const kindHint = first.isPalette ? 'labels' : undefined;
  return sliceVolume(name, [depth, height, first.width], stored, readSlice, { notices, kindHint });
}

async function readPicture(file: StackFile, decode: DecodePicture, signal: AbortSignal | undefined): Promise<Slice> {
  const source = file.open();
  if (source.size > MAX_FILE_BYTES) {
    const message = `The picture has ${byteSize(source.size)}; at most ${byteSize(MAX_FILE_BYTES)} are read.`;
    throw new SomascopeError('Unsafe', message, { file: file.name }, 'Save it as a TIFF stack.');
  }
  const bytes = await source.read(0, source.size, signal);
  if (isPng(bytes)) return fromPng(await decodePng(bytes, file.name));
  if (isJpeg(bytes)) {
    const picture = await decode(bytes, 'image/jpeg', file.name);
    return { data: redOf(picture), width: picture.width, height: picture.height, isPalette: false, samples: 1 };
  }
  throw new SomascopeError(
    'Invalid',
    'This is neither a PNG nor a JPEG file.',
    { file: file.name, byte: 0 },
    'Save the picture again.',
  );
}

/** A palette of greys only is a picture, any other numbers labels. */
function fromPng({ data, width, height, samples, palette }: PngImage): Slice {
  const isGrey = palette?.every((value, i) => value === palette[i - (i % 3)]);
  const grey = palette && isGrey ? data.map((index) => palette[3 * index] ?? 0) : data;
  const out = grey.slice(0, width * height);
  if (samples > 1) for (let i = 0; i < out.length; i++) out[i] = data[i * samples]!;
  return { data: out, width, height, isPalette: palette !== undefined && !isGrey, samples };
}
