// Line segments as triangles. Records (points with what belongs to them) lie one after another; segment k reads record k and a
// few after it. Every record is written once for each corner of its segment. Instanced drawing would hold it only once, but a
// mesh of four corners is the worst case of instancing: many times slower where there is no graphics card.
import type { Elements, Regl } from 'regl';

/** x is 0 at the start of a segment and 1 at its end, y −1 and 1 are its two sides. */
const CORNERS = [
  [0, -1],
  [0, 1],
  [1, -1],
  [1, 1],
] as const;

/** The corners of the two triangles of a segment. */
const TRIANGLES = [0, 1, 2, 2, 1, 3] as const;

export const INDICES_A_SEGMENT = TRIANGLES.length;

/** Indices of the triangles of `count` segments. */
function triangleIndices(count: number): Uint32Array<ArrayBuffer> {
  const out = new Uint32Array(count * TRIANGLES.length);
  for (let i = 0; i < out.length; i++)
    out[i] = CORNERS.length * Math.floor(i / TRIANGLES.length) + TRIANGLES[i % TRIANGLES.length]!;
  return out;
}

/** Gives the indices of at least so many segments; they are the same for every buffer. */
export function makeTriangles(regl: Regl): (count: number) => Elements {
  let held = 0;
  const elements = regl.elements({ primitive: 'triangles', type: 'uint32', data: triangleIndices(0) });
  return (count) => {
    if (count > held) {
      held = Math.max(count, 2 * held);
      elements({ primitive: 'triangles', type: 'uint32', data: triangleIndices(held) });
    }
    return elements;
  };
}

export interface RecordLayout {
  /** Numbers a record. */
  readonly floats: number;
  /** Where each attribute of segment k lies: in record k + `record`, from number `float` on. */
  readonly attributes: Readonly<Record<string, { readonly record: number; readonly float: number; readonly size: number }>>;
}

/** Records as vertices of `floats` + 2 numbers: a copy for each corner, followed by that corner (attribute `corner`). */
export function expandRecords(records: Float32Array, floats: number): Float32Array<ArrayBuffer> {
  const out = new Float32Array((records.length / floats) * CORNERS.length * (floats + 2));
  let at = 0;
  for (let first = 0; first < records.length; first += floats) {
    for (const [x, y] of CORNERS) {
      for (let i = 0; i < floats; i++) out[at++] = records[first + i]!;
      out[at++] = x;
      out[at++] = y;
    }
  }
  return out;
}

export interface VertexLayout {
  /** Bytes from vertex to vertex, and from segment to segment. */
  readonly stride: number;
  readonly bytesASegment: number;
  /** Bytes from the first vertex of a segment, and numbers, of each attribute. */
  readonly places: readonly { readonly name: string; readonly offset: number; readonly size: number }[];
}

/** How the vertices of `expandRecords` are read. */
export function vertexLayout({ floats, attributes }: RecordLayout): VertexLayout {
  const stride = Float32Array.BYTES_PER_ELEMENT * (floats + 2);
  const bytesASegment = stride * CORNERS.length;
  const all = { ...attributes, corner: { record: 0, float: floats, size: 2 } };
  const places = Object.entries(all).map(([name, { record, float, size }]) => ({
    name,
    offset: record * bytesASegment + float * Float32Array.BYTES_PER_ELEMENT,
    size,
  }));
  return { stride, bytesASegment, places };
}
