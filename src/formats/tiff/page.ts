// What one TIFF directory says about its picture, and the geometry that follows from it.
// A picture is cut into strips (whole rows) or tiles, "blocks" here; with planar 2 each sample has blocks of its own.
// Source: TIFF 6.0 (1992) sections 4, 8, 15, 19.
import { type PlainError, SomascopeError } from '../../base/errors.ts';
import type { DType } from '../../base/ndarray.ts';
import type { TiffField, TiffLayout } from './fields.ts';

export interface TiffLimits {
  readonly maxDirectories: number;
  /** Pixels along either side. */
  readonly maxSide: number;
  /** Decoded bytes of one page. */
  readonly maxPageBytes: number;
}

export const LIMITS: TiffLimits = { maxDirectories: 65_536, maxSide: 32_768, maxPageBytes: 2 ** 30 };

/** Element type as stored: what `DType` knows, and three more. */
export type TiffSample = DType | 'int64' | 'uint64' | 'float16';

/** Plain data: it can be posted to workers. */
export interface TiffPage {
  readonly layout: TiffLayout;
  /** Position in the file's chain of directories, from 0. */
  readonly index: number;
  /** Byte of the directory. */
  readonly offset: number;
  readonly width: number;
  readonly height: number;
  /** Bits of each sample. */
  readonly bits: number;
  /** 1 unsigned, 2 signed, 3 floating point. */
  readonly sampleFormat: number;
  readonly samples: number;
  readonly compression: number;
  readonly predictor: number;
  readonly photometric: number;
  /** 1: the samples of a pixel lie side by side; 2: each sample has its own plane. */
  readonly planar: number;
  /** 2: the bits of every byte are written lowest first. */
  readonly fillOrder: number;
  /** A smaller copy of another page, such as a thumbnail. */
  readonly reduced: boolean;
  readonly tiled: boolean;
  /** Pixels of a tile, or the width and the rows of a strip. */
  readonly blockWidth: number;
  readonly blockHeight: number;
  readonly blockOffsets: TiffField;
  readonly blockBytes?: TiffField;
  readonly description?: TiffField;
  /** Pixels a unit of length, which only the description may name. */
  readonly xResolution?: TiffField;
  readonly yResolution?: TiffField;
  /** Where the pixels lie when they lie uncompressed in one piece, one sample a pixel. */
  readonly plain?: { readonly offset: number; readonly bytes: number };
  /** Why this page cannot be decoded; the others can. */
  readonly fault?: PlainError;
}

const COMPRESSIONS: Readonly<Record<number, string>> = {
  2: 'CCITT run lengths',
  3: 'CCITT fax group 3',
  4: 'CCITT fax group 4',
  6: 'old-style JPEG',
  7: 'JPEG',
  34712: 'JPEG 2000',
  34887: 'LERC',
  34925: 'LZMA',
  50000: 'Zstandard',
  50001: 'WebP',
  50002: 'JPEG XL',
};

const READ_COMPRESSIONS = [1, 5, 8, 32946, 32773];

/** Why the samples of a page are refused although it is well formed; undefined when they are read. */
export function refusal(page: TiffPage): string | undefined {
  const { bits, sampleFormat, samples, compression, predictor, photometric, planar, fillOrder } = page;
  if (!READ_COMPRESSIONS.includes(compression)) {
    return `${COMPRESSIONS[compression] ?? `method ${compression}`} compression, which is not read exactly here`;
  }
  if (sampleOf(page) === undefined)
    return `${bits}-bit ${['', 'unsigned', 'signed', 'floating point'][sampleFormat] ?? 'complex'} samples`;
  if (photometric === 6) return 'YCbCr colours';
  if (bits % 8 !== 0 && samples > 1) return `${samples} samples of ${bits} bits a pixel`;
  if (predictor !== 1) {
    if (compression === 1 || compression === 32773) return `predictor ${predictor} without LZW or deflate compression`;
    const isWhole = [8, 16, 32, 64].includes(bits);
    if (predictor !== 2 && predictor !== 3) return `predictor ${predictor}`;
    if (!isWhole || (predictor === 3) !== (sampleFormat === 3))
      return `predictor ${predictor} on ${bits}-bit samples of format ${sampleFormat}`;
  }
  if (bits === 64 && sampleFormat !== 3 && needsAssembly(page)) return '64-bit integers in tiles or planes';
  if (planar !== 1 && planar !== 2) return `planar configuration ${planar}`;
  return fillOrder === 1 || fillOrder === 2 ? undefined : `fill order ${fillOrder}`;
}

/** True when the decoded strips, one after the other, are not yet the picture. */
export function needsAssembly({ tiled, planar, samples, bits }: TiffPage): boolean {
  return tiled || (planar === 2 && samples > 1) || bits % 8 !== 0;
}

/** Element type as stored; 1 to 7 bits count as uint8, 9 to 15 as uint16. */
export function sampleOf({ bits, sampleFormat }: Pick<TiffPage, 'bits' | 'sampleFormat'>): TiffSample | undefined {
  if (sampleFormat === 1)
    return bits <= 8 ? 'uint8' : bits <= 16 ? 'uint16' : bits === 32 ? 'uint32' : bits === 64 ? 'uint64' : undefined;
  const signed: Readonly<Record<number, TiffSample>> = { 8: 'int8', 16: 'int16', 32: 'int32', 64: 'int64' };
  const floats: Readonly<Record<number, TiffSample>> = { 16: 'float16', 32: 'float32', 64: 'float64' };
  return sampleFormat === 2 ? signed[bits] : sampleFormat === 3 ? floats[bits] : undefined;
}

/** Blocks across, blocks down, and planes of blocks; their offsets are listed in that order, across fastest. */
export function blockGrid(page: TiffPage): { across: number; down: number; planes: number; count: number } {
  const across = Math.ceil(page.width / page.blockWidth);
  const down = Math.ceil(page.height / page.blockHeight);
  const planes = page.planar === 2 ? page.samples : 1;
  return { across, down, planes, count: across * down * planes };
}

/** Bytes of one row of a block; rows begin on whole bytes. */
export function rowBytes({ blockWidth, samples, planar, bits }: TiffPage): number {
  return Math.ceil((blockWidth * (planar === 2 ? 1 : samples) * bits) / 8);
}

/** Rows of block `index`: the last strip may be shorter, tiles never are. */
export function blockRows(page: TiffPage, index: number): number {
  const { down } = blockGrid(page);
  const isLastStrip = !page.tiled && index % down === down - 1;
  return isLastStrip ? page.height - (down - 1) * page.blockHeight : page.blockHeight;
}

export function refuse(page: TiffPage, what: string): SomascopeError {
  const place = { file: page.layout.file, index: page.index, byte: page.offset };
  return new SomascopeError(
    'Unsupported',
    `The TIFF page has ${what}.`,
    place,
    'Save it uncompressed, or with LZW or deflate, as 8, 16 or 32-bit samples.',
  );
}
