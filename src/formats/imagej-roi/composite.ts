// A composite ROI: floats that say move, line, curve or close, each with its points, absolute x before y. Curves become 16 lines.
import { HEADER_BYTES, SEGMENT, SEGMENT_FLOATS } from './layout.ts';
import { invalid, type RoiRecord } from './record.ts';

const CURVE_STEPS = 16;

/** The closed paths (row, column …) of the `count` floats after the header. Throws Invalid with the byte, CutOff. */
export function readComposite(record: RoiRecord, count: number): Float64Array<ArrayBuffer>[] {
  record.need(HEADER_BYTES + 4 * count);
  const paths: number[][] = [];
  let path: number[] = [];
  for (let at = 0; at < count; ) {
    const byte = HEADER_BYTES + 4 * at;
    const kind = record.float(byte);
    const floats = SEGMENT_FLOATS[kind];
    if (floats === undefined || at + 1 + floats > count)
      throw invalid(`It is a composite with an unknown segment ${kind}`, record.name, byte);
    const values = Array.from({ length: floats }, (_, i) => record.float(byte + 4 * (i + 1)));
    if (kind === SEGMENT.move) {
      path = [];
      paths.push(path);
    }
    if (paths.length === 0) throw invalid('It is a composite that does not begin with a move', record.name, byte);
    addSegment(path, kind, values);
    at += 1 + floats;
  }
  const areas = paths.filter(({ length }) => length >= 6);
  if (areas.length === 0) throw invalid('It is a composite that encloses no pixels', record.name, HEADER_BYTES);
  return areas.map((points) => Float64Array.from(points));
}

/** Points are given as x, y and kept as row, column. */
function addSegment(path: number[], kind: number, values: readonly number[]): void {
  if (kind === SEGMENT.close) return;
  const [y0 = values[1]!, x0 = values[0]!] = path.slice(-2);
  const corners = [x0, y0, ...values];
  const steps = kind === SEGMENT.quadratic || kind === SEGMENT.cubic ? CURVE_STEPS : 1;
  for (let step = 1; step <= steps; step++) {
    const [x, y] = kind === SEGMENT.move ? (values as [number, number]) : bezier(corners, step / steps);
    path.push(y, x);
  }
}

/** The point at `t` of a Bézier curve through x, y, x, y … (de Casteljau); with two points, of the line between them. */
function bezier(corners: readonly number[], t: number): [x: number, y: number] {
  let points = corners;
  while (points.length > 2) {
    const inner = points;
    points = inner.slice(2).map((value, i) => inner[i]! + t * (value - inner[i]!));
  }
  return points as [number, number];
}
