import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSomascopeError } from '../../base/errors.ts';
import { makeRng } from '../../base/rng.ts';
import { readRoi, writeRoi } from './index.ts';

interface Fields {
  readonly type: number;
  readonly box?: readonly [top: number, left: number, bottom: number, right: number];
  readonly xy?: readonly (readonly [x: number, y: number])[];
  readonly fine?: readonly (readonly [x: number, y: number])[];
  readonly floats?: readonly number[];
  readonly fineBox?: readonly [x: number, y: number, width: number, height: number];
  readonly shorts?: Readonly<Record<number, number>>;
}

/** A record written from the description of the format, without the writer. */
function roi({ type, box = [0, 0, 0, 0], xy = [], fine, floats = [], fineBox, shorts = {} }: Fields): Uint8Array<ArrayBuffer> {
  const count = fine?.length ?? xy.length;
  const view = new DataView(new ArrayBuffer(64 + 4 * count + (fine ? 8 * count : 0) + 4 * floats.length));
  new Uint8Array(view.buffer).set([0x49, 0x6f, 0x75, 0x74]);
  view.setInt16(4, 227);
  view.setUint8(6, type);
  for (const [i, side] of box.entries()) view.setInt16(8 + 2 * i, side);
  view.setUint16(16, count);
  if (fine) view.setUint16(50, 128);
  for (const [i, value] of (fineBox ?? []).entries()) view.setFloat32(18 + 4 * i, value);
  view.setInt32(36, floats.length);
  for (const [at, value] of Object.entries(shorts)) view.setInt16(Number(at), value);
  xy.forEach(([x, y], i) => {
    view.setInt16(64 + 2 * i, x);
    view.setInt16(64 + 2 * (count + i), y);
  });
  fine?.forEach(([x, y], i) => {
    view.setFloat32(64 + 4 * count + 4 * i, x);
    view.setFloat32(64 + 8 * count + 4 * i, y);
  });
  for (const [i, value] of floats.entries()) view.setFloat32(64 + 4 * i, value);
  return new Uint8Array(view.buffer);
}

const TRIANGLE = [
  [0, 0],
  [4, 0],
  [0, 3],
] as const;
const pathsOf = (bytes: Uint8Array) => {
  const { shape } = readRoi(bytes, 'a.roi');
  return shape.kind === 'paths' ? shape.paths.map((path) => [...path]) : shape;
};

describe('shapes that are read', () => {
  it.each([
    ['polygon', 0],
    ['freehand', 7],
    ['traced', 8],
  ])('%s: corners relative to the box', (_name, type) => {
    expect(pathsOf(roi({ type, box: [10, 20, 13, 24], xy: TRIANGLE }))).toEqual([[10, 20, 10, 24, 13, 20]]);
  });

  it('corners of sub-pixel resolution are absolute', () => {
    const fine = [
      [4.5, 3.25],
      [12.5, 5.75],
      [11.5, 9.5],
    ] as const;
    expect(pathsOf(roi({ type: 7, fine }))).toEqual([[3.25, 4.5, 5.75, 12.5, 9.5, 11.5]]);
  });

  it('boxes beyond 32,767 and left of the image', () => {
    expect(pathsOf(roi({ type: 1, box: [-4, -3, 40_000 - 65_536, 2] }))).toEqual([[-4, -3, -4, 2, 40_000, 2, 40_000, -3]]);
  });

  it('rectangle, rounded rectangle, oval, and the latter with fractions', () => {
    expect(pathsOf(roi({ type: 1, box: [1, 2, 4, 7] }))).toEqual([[1, 2, 1, 7, 4, 7, 4, 2]]);
    const [round] = pathsOf(roi({ type: 1, box: [0, 0, 10, 20], shorts: { 54: 4 } })) as number[][];
    expect(round!.length).toBe(4 * 17 * 2);
    expect(Math.min(...round!)).toBeCloseTo(0, 12);
    expect(Math.max(...round!)).toBeCloseTo(20, 12);
    // The corner itself is cut: no point within 0.5 px of it.
    for (let i = 0; i < round!.length; i += 2) expect(Math.hypot(round![i]!, round![i + 1]!)).toBeGreaterThan(0.5);
    expect(pathsOf(roi({ type: 2, box: [1, 2, 4, 7] }))).toEqual({ kind: 'oval', top: 1, left: 2, height: 3, width: 5 });
    expect(pathsOf(roi({ type: 2, box: [1, 2, 4, 7], fineBox: [2.5, 1.5, 4, 2], shorts: { 50: 128 } }))).toEqual({
      kind: 'oval',
      top: 1.5,
      left: 2.5,
      height: 2,
      width: 4,
    });
  });

  it('composite: parts, holes and curves', () => {
    const square = [0, 1, 1, 1, 5, 1, 1, 5, 5, 1, 1, 5, 4];
    const hole = [0, 2, 2, 1, 2, 3, 1, 3, 3, 1, 3, 2, 4];
    expect(pathsOf(roi({ type: 1, floats: [...square, ...hole] }))).toEqual([
      [1, 1, 1, 5, 5, 5, 5, 1],
      [2, 2, 3, 2, 3, 3, 2, 3],
    ]);
    const curves = pathsOf(roi({ type: 1, floats: [0, 0, 0, 2, 4, 0, 4, 4, 3, 4, 8, 0, 8, 0, 0, 4] })) as number[][];
    expect(curves[0]!.length).toBe(2 * (1 + 16 + 16));
    // The quadratic curve passes (x, y) = (3, 1) half way.
    expect(curves[0]!.slice(16, 18)).toEqual([1, 3]);
    expect(curves[0]!.slice(-2)).toEqual([0, 0]);
  });

  it('a spline is read as straight lines, and said so', () => {
    expect(readRoi(roi({ type: 0, xy: TRIANGLE, shorts: { 50: 1 } }), 'a.roi').note).toContain('spline');
    expect(readRoi(roi({ type: 0, xy: TRIANGLE }), 'a.roi').note).toBe('');
  });
});

describe('shapes that are refused', () => {
  it.each([
    [3, {}, 'a straight line'],
    [3, { 48: 2 }, 'an arrow'],
    [4, {}, 'a freehand line'],
    [5, {}, 'a segmented line'],
    [6, {}, 'an empty selection'],
    [9, {}, 'an angle'],
    [10, {}, 'a point selection'],
    [1, { 48: 1 }, 'a text'],
    [1, { 48: 4 }, 'an image'],
    [11, {}, 'of the unknown type 11'],
  ])('type %d %o is %s', (type, shorts, words) => {
    try {
      readRoi(roi({ type, box: [0, 0, 5, 5], xy: TRIANGLE, shorts }), '0001.roi');
      expect.unreachable();
    } catch (error) {
      expect(isSomascopeError(error, 'Unsupported') && error.message).toContain(words);
      expect(isSomascopeError(error) && error.place.entry).toBe('0001.roi');
    }
  });

  it.each([
    ['no magic', new Uint8Array(80), /Iout/],
    ['a flat box', roi({ type: 2, box: [3, 3, 3, 9] }), /no size/],
    ['two corners', roi({ type: 0, xy: TRIANGLE.slice(1) }), /2 corners/],
    ['a coordinate that is no number', roi({ type: 0, fine: [...TRIANGLE.slice(1), [Number.NaN, 0]] }), /NaN/],
    ['an unknown segment', roi({ type: 1, floats: [0, 1, 1, 9] }), /segment 9/],
    ['a segment without its points', roi({ type: 1, floats: [0, 1, 1, 1, 4] }), /segment 1/],
    ['a composite that begins with a line', roi({ type: 1, floats: [1, 1, 1] }), /begin with a move/],
    ['a composite of two points', roi({ type: 1, floats: [0, 1, 1, 1, 4, 4, 4] }), /no pixels/],
  ])('%s', (_name, bytes, words) => {
    expect(() => readRoi(bytes, 'a.roi')).toThrow(words);
  });
});

const corner = fc.tuple(fc.integer({ min: 0, max: 32_767 }), fc.integer({ min: 0, max: 32_767 }));
const path = fc.array(corner, { minLength: 3, maxLength: 40 }).map((pairs) => Float64Array.from(pairs.flat()));

it('what is written is read back, one path or several', () => {
  fc.assert(
    fc.property(fc.array(path, { minLength: 1, maxLength: 4 }), (paths) => {
      expect(pathsOf(writeRoi(paths))).toEqual(paths.map((points) => [...points]));
    }),
  );
});

it('a path of more corners than 16 bits count goes out as a composite', () => {
  const long = Float64Array.from({ length: 2 * 70_000 }, (_, i) => (i * 7) % 512);
  expect(pathsOf(writeRoi([long]))).toEqual([[...long]]);
});

it('refuses to write what ImageJ would misread', () => {
  expect(() => writeRoi([Float64Array.of(0, 0, 40_000, 0, 0, 5)])).toThrow(/32767/);
});

const SAMPLES = [
  roi({ type: 0, box: [1, 2, 30, 40], xy: TRIANGLE }),
  roi({ type: 7, fine: TRIANGLE }),
  roi({ type: 2, box: [1, 2, 4, 7] }),
  roi({ type: 1, floats: [0, 1, 1, 1, 5, 1, 2, 5, 5, 1, 5, 4] }),
  writeRoi([Float64Array.of(0, 0, 0, 5, 5, 5), Float64Array.of(1, 1, 2, 2, 3, 1)]),
];

const isRead = (bytes: Uint8Array) => {
  try {
    readRoi(bytes, 'a.roi');
    return true;
  } catch (error) {
    if (isSomascopeError(error) && error.tag !== 'Bug') return false;
    throw error;
  }
};

it.each([...SAMPLES.keys()])('sample %i: cut anywhere it is refused, with any bits flipped it is read or refused', (i) => {
  const bytes = SAMPLES[i]!;
  expect(isRead(bytes)).toBe(true);
  const needed = bytes.length;
  for (let length = 0; length < needed; length++) expect(isRead(bytes.slice(0, length)), `${length} bytes`).toBe(false);
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const copy = bytes.slice();
    copy[bit >> 3]! ^= 1 << (bit & 7);
    isRead(copy);
  }
  const rng = makeRng(i + 1);
  for (let trial = 0; trial < 2000; trial++) {
    const copy = bytes.slice();
    for (let k = 0; k <= rng.below(5); k++) copy[rng.below(copy.length)] = rng.below(256);
    isRead(copy);
  }
});
