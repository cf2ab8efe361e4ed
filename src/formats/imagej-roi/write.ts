// Closed paths of whole pixel edges as an ImageJ .roi record: one path as a traced selection, several (parts, holes) as a composite.
import { SomascopeError } from '../../base/errors.ts';
import { AT, HEADER_BYTES, SEGMENT, TYPE } from './layout.ts';

const VERSION = 228;
/** What both the 16-bit box and ImageJ's reading of it can hold. */
const FURTHEST = 32_767;
const MOST_CORNERS = 65_535;

/** The record of `paths` (row, column, row, column … each, whole numbers from 0). Throws Unsupported beyond 32,767 pixels. */
export function writeRoi(paths: readonly Float64Array[]): Uint8Array<ArrayBuffer> {
  const only = paths.length === 1 && paths[0]!.length <= 2 * MOST_CORNERS ? paths[0]! : undefined;
  const floats = only ? 0 : paths.reduce((sum, path) => sum + (path.length / 2) * 3 + 1, 0);
  const bytes = new Uint8Array(HEADER_BYTES + (only ? 2 * only.length : 4 * floats));
  const view = new DataView(bytes.buffer);
  const box = boxOf(paths);
  bytes.set([0x49, 0x6f, 0x75, 0x74]);
  view.setUint16(AT.version, VERSION);
  view.setUint8(AT.type, only ? TYPE.traced : TYPE.rectangle);
  for (const side of ['top', 'left', 'bottom', 'right'] as const) view.setUint16(AT[side], box[side]);
  if (only) writePolygon(view, only, box);
  else writeComposite(view, paths, floats);
  return bytes;
}

function writePolygon(view: DataView, path: Float64Array, { top, left }: { top: number; left: number }): void {
  const count = path.length / 2;
  view.setUint16(AT.count, count);
  for (let i = 0; i < count; i++) {
    view.setUint16(HEADER_BYTES + 2 * i, path[2 * i + 1]! - left);
    view.setUint16(HEADER_BYTES + 2 * (count + i), path[2 * i]! - top);
  }
}

function writeComposite(view: DataView, paths: readonly Float64Array[], floats: number): void {
  view.setInt32(AT.compositeFloats, floats);
  let at = HEADER_BYTES;
  const put = (...values: number[]) => {
    for (const value of values) {
      view.setFloat32(at, value);
      at += 4;
    }
  };
  for (const path of paths) {
    for (let i = 0; i < path.length; i += 2) put(i === 0 ? SEGMENT.move : SEGMENT.line, path[i + 1]!, path[i]!);
    put(SEGMENT.close);
  }
}

function boxOf(paths: readonly Float64Array[]): Record<'top' | 'left' | 'bottom' | 'right', number> {
  let [top, left, bottom, right] = [Infinity, Infinity, 0, 0];
  for (const path of paths) {
    for (let i = 0; i < path.length; i += 2) {
      top = Math.min(top, path[i]!);
      bottom = Math.max(bottom, path[i]!);
      left = Math.min(left, path[i + 1]!);
      right = Math.max(right, path[i + 1]!);
    }
  }
  if (!(top >= 0 && left >= 0 && bottom <= FURTHEST && right <= FURTHEST)) {
    const message = `An ImageJ ROI reaches to row and column ${FURTHEST}; this one goes to ${bottom}, ${right}.`;
    throw new SomascopeError('Unsupported', message, {}, 'Save the regions as JSON instead.');
  }
  return { top, left, bottom, right };
}
