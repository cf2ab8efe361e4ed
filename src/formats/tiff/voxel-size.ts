// The voxel size that a TIFF stack states, in micrometres: OME-XML (PhysicalSizeX …) or ImageJ (unit, spacing and the resolution tags).
// Plain resolution tags alone are dots an inch and say nothing of the specimen. Sources: OME schema 2016-06; ImageJ's FileInfo.
import type { Triple } from '../../base/volume.ts';
import type { ByteSource } from '../source.ts';
import { readText, type TiffField } from './fields.ts';
import type { TiffPage } from './page.ts';
import { type Reads, readThrough } from './reads.ts';

const DESCRIPTION_BYTES = 64 * 1024;
const MICRONS: Readonly<Record<string, number>> = {
  nm: 1e-3,
  um: 1,
  µm: 1,
  μm: 1,
  '\\u00B5m': 1,
  micron: 1,
  microns: 1,
  mm: 1000,
  cm: 1e4,
};

/** z, y, x in micrometres, or undefined where the page does not say. Throws what the source throws. */
export function readVoxelSize(source: ByteSource, page: TiffPage, signal?: AbortSignal): Promise<Triple | undefined> {
  return readThrough(source, voxelSize(page), signal);
}

function* voxelSize(page: TiffPage): Reads<Triple | undefined> {
  const { description, layout } = page;
  if (description?.type !== 2) return undefined;
  const text = yield* readText(description, layout, DESCRIPTION_BYTES);
  if (text.includes('<OME')) return fromOme(text);
  if (!text.startsWith('ImageJ=')) return undefined;
  const factor = MICRONS[/^unit=(.+?)\s*$/m.exec(text)?.[1] ?? ''];
  const x = yield* readRatio(page.xResolution, page);
  const y = yield* readRatio(page.yResolution, page);
  if (factor === undefined || !(x > 0) || !(y > 0)) return undefined;
  const spacing = Number(/^spacing=(.+?)\s*$/m.exec(text)?.[1] ?? Number.NaN);
  const size = [spacing > 0 ? spacing : 1 / x, 1 / y, 1 / x].map((length) => Number((length * factor).toPrecision(6)));
  return size as unknown as Triple;
}

function fromOme(xml: string): Triple | undefined {
  const size = ['Z', 'Y', 'X'].map((axis) => {
    const length = Number(new RegExp(`PhysicalSize${axis}="([^"]+)"`).exec(xml)?.[1] ?? Number.NaN);
    const unit = new RegExp(`PhysicalSize${axis}Unit="([^"]+)"`).exec(xml)?.[1] ?? 'µm';
    // The bytes of the description were read one by one: UTF-8's µ is two of them.
    return length * (MICRONS[unit.replace('Âµ', 'µ').replace('Î¼', 'μ')] ?? Number.NaN);
  });
  const [z, y, x] = size as [number, number, number];
  return x > 0 && y > 0 ? [z > 0 ? z : x, y, x] : undefined;
}

/** A RATIONAL as numerator / denominator; NaN where it is missing. */
function* readRatio(field: TiffField | undefined, { layout }: TiffPage): Reads<number> {
  if (field?.type !== 5 || field.count < 1 || field.offset + 8 > layout.size) return Number.NaN;
  const bytes = yield { offset: field.offset, length: 8 };
  const view = new DataView(bytes.buffer, bytes.byteOffset, 8);
  return view.getUint32(0, layout.littleEndian) / view.getUint32(4, layout.littleEndian);
}
