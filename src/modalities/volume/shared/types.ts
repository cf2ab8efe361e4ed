// What the volume worker and its view say to each other. Shapes, boxes and positions are [z, y, x] in voxels, sizes in micrometres.
import type { PlainError } from '../../../base/errors.ts';
import type { FileListing } from '../../../base/listing.ts';
import type { NumericArray } from '../../../base/ndarray.ts';
import type { RemoteAddress } from '../../../base/remote.ts';
import type { Triple, VolumeRole } from '../../../base/volume.ts';
import type { FoundVolume } from './find-files.ts';
import type { LabelKind } from './label-conventions.ts';

/** Which axis of the file is z, y and x: 'zyx' as it is; 'xyz' the reverse. */
export const AXIS_ORDERS = ['zyx', 'zxy', 'yzx', 'yxz', 'xzy', 'xyz'] as const;
export type AxisOrder = (typeof AXIS_ORDERS)[number];

/** One volume among the files: metadata only. */
export interface VolumeItem {
  /** Number among the volumes of the data set. */
  readonly index: number;
  /** The file it is in, and its place among the volumes of that file. */
  readonly file: FoundVolume | RemoteAddress;
  readonly member: number;
  readonly name: string;
  readonly role: VolumeRole;
  readonly shape: Triple;
  /** Element type in the file. */
  readonly stored: string;
  /** Bytes once it is in memory, as an image. */
  readonly bytes: number;
  readonly voxelSize: Triple | null;
  /** The box that is cheapest to read. */
  readonly brick: Triple;
  readonly isSequential: boolean;
  /** Shapes of the coarser levels. */
  readonly levels: readonly Triple[];
  readonly notices: readonly string[];
  /** What the labels mark, and by whose numbers, where the name says so. */
  readonly labels: LabelKind | null;
  readonly convention: string | null;
}

/** A part of the stack that is a place of its own: MTNeuro puts four areas one after another. */
export interface Cutout {
  readonly name: string;
  /** Planes, half-open. */
  readonly from: number;
  readonly to: number;
}

export interface VolumeInfo {
  readonly items: readonly VolumeItem[];
  readonly cutouts: readonly Cutout[];
  /** Of the benchmark's own files: which part. */
  readonly mode: 'train' | 'val' | 'test' | null;
  /** What lies beside the volumes and cannot be read. */
  readonly faults: readonly PlainError[];
}

/** What every job on files needs. */
export interface ItemInput {
  readonly listing: FileListing;
  readonly file: FoundVolume | RemoteAddress;
  readonly member: number;
  readonly order: AxisOrder;
}

export interface LoadInput extends ItemInput {
  readonly as: 'image' | 'labels';
}

/** How the numbers of a file are read as labels. */
export interface AsLabels {
  /** Planes that there should be: what the file lacks of them is background. */
  readonly depth: number;
  /** 256 labels for those of the file; null: they stay as they are. */
  readonly table: Uint8Array | null;
}

/** A volume in files whose numbers are labels. */
export interface LabelsInput extends ItemInput {
  readonly labels: AsLabels;
}

/** What names a volume in a worker that was given its listing before: thousands of files are not sent for every box of them. */
export interface KnownInput extends Omit<ItemInput, 'listing'> {
  readonly key: string;
  /** null: the worker may have it; it answers null where it has not. */
  readonly listing: FileListing | null;
  /** null: its numbers are those of an image. */
  readonly labels: AsLabels | null;
}

export interface BoxInput extends KnownInput {
  /** 0 is the volume itself, 1 its first coarser level. */
  readonly level: number;
  readonly from: Triple;
  readonly to: Triple;
}

/** The volume made so small that it can be held whole, by its own coarser level or by leaving voxels out. */
export type CoarseInput = ItemInput & Pick<KnownInput, 'labels'>;

/** Labels of volumes larger than memory that are gone through together, a few planes after the other. */
export interface StreamInput {
  readonly shape: Triple;
  /** Planes that are gone through in one go: whole bricks of all volumes. */
  readonly thickness: number;
  /** The planes that are gone through, half-open; all of them without it. */
  readonly planes?: { readonly from: number; readonly to: number };
}

export interface CountInput extends StreamInput {
  readonly layer: LabelsInput;
}

/** Labels and how many voxels have them, in rising order. */
export type LabelCounts = readonly (readonly [label: number, voxels: number])[];

/** A file of labels that is written as they come. */
export interface StreamedFile {
  readonly as: 'npy' | 'npz' | 'nifti';
  readonly shape: Triple;
  readonly dtype: 'uint8' | 'uint16' | 'uint32';
  /** Name of the array in an .npz. */
  readonly name: string;
  /** Micrometres; null where it is unknown. */
  readonly voxelSize: Triple | null;
  readonly note: string;
}

export interface StreamedStart {
  readonly pieces: readonly Uint8Array<ArrayBuffer>[];
  /** CRC-32 of what of it belongs to the array's file. */
  readonly crc: number;
}

export interface StreamedEnd {
  readonly first: Uint8Array<ArrayBuffer>;
  readonly last: Uint8Array<ArrayBuffer>;
}

export type LabelArray = Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;

export interface LoadedImage {
  readonly data: NumericArray;
  readonly shape: Triple;
}

export interface LoadedLabels {
  readonly data: LabelArray;
  readonly shape: Triple;
  readonly notices: readonly string[];
}

export interface ObliqueInput {
  readonly shape: Triple;
  readonly centre: Triple;
  /** Degrees about the horizontal and the vertical axis of the picture. */
  readonly tilt: { readonly across: number; readonly down: number };
}

/** A tilted plane of a volume in files; `shape` is that of the volume itself. */
export type TiltedInput = KnownInput & ObliqueInput;

/** Planes [y, x] as large as an XY plane, `step` voxels a pixel. */
export interface ObliqueOutput {
  readonly height: number;
  readonly width: number;
  readonly step: number;
  readonly image: NumericArray;
  readonly labels: readonly (Uint8Array<ArrayBuffer> | null)[];
}

export interface ContrastOutput {
  readonly counts: Uint32Array<ArrayBuffer>;
  readonly min: number;
  readonly max: number;
  readonly low: number;
  readonly high: number;
}
