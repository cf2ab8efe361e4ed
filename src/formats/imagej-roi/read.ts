// One ImageJ .roi record as a shape. Coordinates become [row, column] in pixel edges: pixel (r, c) covers [r, r+1) × [c, c+1), as in
// ImageJ. Lines, points, texts and images enclose no pixels and are refused by the name of their shape.
import { SomascopeError } from '../../base/errors.ts';
import { readComposite } from './composite.ts';
import { AT, HEADER_BYTES, OPTION, SINCE, SUBTYPE, TYPE } from './layout.ts';
import { invalid, RoiRecord } from './record.ts';

export type RoiShape =
  /** Closed paths, row, column, row, column …; holes by the even-odd rule. */
  | { readonly kind: 'paths'; readonly paths: readonly Float64Array<ArrayBuffer>[] }
  | { readonly kind: 'oval'; readonly top: number; readonly left: number; readonly height: number; readonly width: number };

export interface ImagejRoi {
  readonly shape: RoiShape;
  /** What was left out of the shape: '' or "is fitted with a spline, which was read as straight lines". */
  readonly note: string;
}

/** Throws Invalid or CutOff with the byte, Unsupported naming a shape that has no pixels. `name` is that of the file or entry. */
export function readRoi(bytes: Uint8Array, name: string): ImagejRoi {
  const magic = String.fromCharCode(...bytes.subarray(0, 4));
  if (!'Iout'.startsWith(magic)) throw invalid('It does not begin with Iout, so it is no ImageJ ROI', name, 0);
  const record = new RoiRecord(bytes, name);
  const type = record.byte(AT.type);
  const subtype = record.version >= SINCE.subtype ? record.short(AT.subtype) : 0;
  const refused = nameOfRefused(type, subtype);
  if (refused) {
    const hint = 'Draw it as a polygon, freehand, rectangle or oval selection.';
    throw new SomascopeError('Unsupported', `It is ${refused}, which encloses no pixels.`, { entry: name, byte: AT.type }, hint);
  }
  const floats = record.int(AT.compositeFloats);
  if (floats > 0) return { shape: { kind: 'paths', paths: readComposite(record, floats) }, note: '' };
  if (type === TYPE.rectangle || type === TYPE.oval) return { shape: boxShape(record, type), note: '' };
  const isCurve = (record.options & OPTION.spline) !== 0;
  const note = isCurve ? 'is fitted with a spline, which was read as straight lines' : '';
  return { shape: { kind: 'paths', paths: [polygon(record)] }, note };
}

const LINES: Readonly<Record<number, string>> = {
  [TYPE.line]: 'a straight line',
  [TYPE.freeline]: 'a freehand line',
  [TYPE.polyline]: 'a segmented line',
  [TYPE.none]: 'an empty selection',
  [TYPE.angle]: 'an angle',
  [TYPE.points]: 'a point selection',
};

function nameOfRefused(type: number, subtype: number): string | undefined {
  if (subtype === SUBTYPE.arrow) return 'an arrow';
  if (type === TYPE.rectangle && subtype === SUBTYPE.text) return 'a text';
  if (type === TYPE.rectangle && subtype === SUBTYPE.image) return 'an image';
  return LINES[type] ?? (type > TYPE.points ? `of the unknown type ${type}` : undefined);
}

function boxShape(record: RoiRecord, type: number): RoiShape {
  const { top, left } = record;
  const isFine = record.version >= SINCE.fineBox && (record.options & OPTION.subPixel) !== 0;
  const box = isFine
    ? {
        left: record.float(AT.fineBox),
        top: record.float(AT.fineBox + 4),
        width: record.float(AT.fineBox + 8),
        height: record.float(AT.fineBox + 12),
      }
    : { top, left, height: record.short(AT.bottom) - top, width: record.short(AT.right) - left };
  if (!(box.height > 0 && box.width > 0)) throw invalid('It has a box of no size', record.name, AT.top);
  if (type === TYPE.oval) return { kind: 'oval', ...box };
  const arc = record.version >= SINCE.subtype ? record.short(AT.arcSize) : 0;
  return { kind: 'paths', paths: [rectanglePath(box, Math.max(0, arc))] };
}

const ARC_STEPS = 16;

/** A rectangle whose corners are quarter ellipses of at most `arc` across; `arc` 0 gives its four corners. */
function rectanglePath(
  { top, left, height, width }: { top: number; left: number; height: number; width: number },
  arc: number,
): Float64Array<ArrayBuffer> {
  const down = Math.min(arc, height) / 2;
  const along = Math.min(arc, width) / 2;
  const points: number[] = [];
  for (const [corner, row, col] of [
    [0, top + down, left + along],
    [1, top + down, left + width - along],
    [2, top + height - down, left + width - along],
    [3, top + height - down, left + along],
  ] as const) {
    if (arc === 0) points.push(row, col);
    for (let step = 0; arc > 0 && step <= ARC_STEPS; step++) {
      const angle = (corner + step / ARC_STEPS) * (Math.PI / 2);
      points.push(row - down * Math.sin(angle), col - along * Math.cos(angle));
    }
  }
  return Float64Array.from(points);
}

function polygon(record: RoiRecord): Float64Array<ArrayBuffer> {
  const count = record.unsigned(AT.count) || record.int(AT.largeCount);
  if (!(count >= 3)) throw invalid(`It has ${count} corners, and a polygon has at least 3`, record.name, AT.count);
  const isFine = record.version >= SINCE.subPixel && (record.options & OPTION.subPixel) !== 0;
  const fineAt = HEADER_BYTES + 4 * count;
  record.need(isFine ? fineAt + 8 * count : fineAt);
  const points = new Float64Array(2 * count);
  for (let i = 0; i < count; i++) {
    // Sub-pixel corners are absolute, whole ones relative to the box.
    points[2 * i] = isFine ? record.float(fineAt + 4 * (count + i)) : record.top + record.short(HEADER_BYTES + 2 * (count + i));
    points[2 * i + 1] = isFine ? record.float(fineAt + 4 * i) : record.left + record.short(HEADER_BYTES + 2 * i);
  }
  return points;
}
