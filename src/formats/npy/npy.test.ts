// Reading and writing .npy on hand-made files: round trips, orders, quirks, and damage.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isSomascopeError } from '../../base/errors.ts';
import type { BigArray, NumericArray } from '../../base/ndarray.ts';
import { halfToFloat } from './half.ts';
import { parseNpyHeader, readNpy, toCOrder, toNumbers, toTexts, writeNpy } from './index.ts';

const MAKERS = [Int8Array, Uint8Array, Int16Array, Uint16Array, Int32Array, Uint32Array, Float32Array, Float64Array] as const;

/** A version 1.0 file with this header text and these data bytes. */
function npyFile(header: string, data: Uint8Array = new Uint8Array(), version = 1): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(`${header}\n`);
  const start = version === 1 ? 10 : 12;
  const bytes = new Uint8Array(start + text.length + data.length);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0, text.length & 0xff, text.length >> 8]);
  bytes.set(text, start);
  bytes.set(data, start + text.length);
  return bytes;
}

const headerOf = (descr: string, shape: string, order = 'False') =>
  `{'descr': ${descr}, 'fortran_order': ${order}, 'shape': ${shape}, }`;

const bytesOf = (array: NumericArray | BigArray) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}

it('gives back what was written', () => {
  const shapes = fc.array(fc.nat({ max: 5 }), { maxLength: 4 });
  const property = fc.property(shapes, fc.nat({ max: MAKERS.length - 1 }), fc.nat({ max: 255 }), (shape, maker, seed) => {
    const count = shape.reduce((product, extent) => product * extent, 1);
    const data = new MAKERS[maker]!(count);
    bytesOf(data).forEach((_, i, bytes) => {
      bytes[i] = (seed + i * 37) & 0xff;
    });
    const file = writeNpy({ data, shape });
    const again = readNpy(file, 'a.npy');
    expect(again.shape).toEqual(shape);
    expect(again.data.constructor).toBe(data.constructor);
    expect(bytesOf(again.data as NumericArray)).toEqual(bytesOf(data));
    expect(again.header.dataOffset % 64).toBe(0);
  });
  fc.assert(property, { numRuns: 300 });
});

it('views aligned little-endian data in place and copies the rest', () => {
  const file = writeNpy({ data: Float32Array.of(1, 2, 3), shape: [3] });
  expect(readNpy(file, 'a.npy').data.buffer).toBe(file.buffer);
  const shifted = new Uint8Array(file.length + 1);
  shifted.set(file, 1);
  const { data } = readNpy(shifted.subarray(1), 'a.npy');
  expect(data.buffer).not.toBe(shifted.buffer);
  expect([...data]).toEqual([1, 2, 3]);
});

it('turns Fortran order into C order, whatever the number of axes and lanes', () => {
  const shape = [2, 3, 4];
  const inFortran = Uint16Array.from({ length: 24 }, (_, i) => i);
  const array = readNpy(npyFile(headerOf("'<u2'", '(2, 3, 4)', 'True'), bytesOf(inFortran)), 'f.npy');
  const { data } = toCOrder(array);
  for (let i = 0; i < 2; i++) {
    for (let j = 0; j < 3; j++)
      for (let k = 0; k < 4; k++) expect(data[(i * shape[1]! + j) * shape[2]! + k]).toBe(i + 2 * j + 6 * k);
  }
  const complex = readNpy(
    npyFile(headerOf("'<c8'", '(2, 2)', 'True'), bytesOf(Float32Array.of(1, -1, 2, -2, 3, -3, 4, -4))),
    'c.npy',
  );
  expect([complex.complex, ...toCOrder(complex).data]).toEqual([true, 1, -1, 3, -3, 2, -2, 4, -4]);
});

it('takes the headers that other writers make', () => {
  const six = bytesOf(Float32Array.of(1, 2, 3, 4, 5, 6));
  const headers = [
    `{"shape":(2,3),"descr":"<f4","fortran_order":False}`,
    `{'descr': '=f4', 'fortran_order': False, 'shape': (2L, 3L), }`,
    `  {'fortran_order':False ,\n'shape':[2,3],'descr':'<f4'}   `,
  ];
  for (const header of headers) expect([...readNpy(npyFile(header, six), 'q.npy').data], header).toEqual([1, 2, 3, 4, 5, 6]);
  const withTail = new Uint8Array([...npyFile(headers[0]!, six), 9, 9, 9]);
  expect([...readNpy(withTail, 'q.npy').data]).toEqual([1, 2, 3, 4, 5, 6]);
  expect([...readNpy(npyFile(headers[0]!, six, 2), 'q.npy').data]).toEqual([1, 2, 3, 4, 5, 6]);
});

it('describes structs and reads texts', () => {
  const fields = readNpy(npyFile(headerOf("[('id', '<i4'), ('x', '>f8', (2,))]", '()'), new Uint8Array(20)), 's.npy');
  expect([fields.header.type.text, fields.lanes, fields.data.length]).toEqual(['struct(id <i4, x >f8×2)', 20, 20]);
  const texts = Uint32Array.from([...'ab\0\0µ😀\0\0'], (char) => char.codePointAt(0)!);
  expect(toTexts(readNpy(npyFile(headerOf("'<U4'", '(2,)'), bytesOf(texts)), 't.npy'), 't.npy')).toEqual(['ab', 'µ😀']);
  expect(toTexts(readNpy(npyFile(headerOf("'|S3'", '(2,)'), new TextEncoder().encode('ab\0xyz')), 't.npy'), 't.npy')).toEqual([
    'ab',
    'xyz',
  ]);
});

it('narrows 64-bit integers only when they stay exact', () => {
  const good = BigInt64Array.of(-(2n ** 53n) + 1n, -1n, 0n, 2n ** 53n - 1n);
  const array = readNpy(writeNpy({ data: good, shape: [4] }), 'i.npy');
  expect([...toNumbers(array, 'i.npy').data]).toEqual([-(2 ** 53) + 1, -1, 0, 2 ** 53 - 1]);
  const bad = readNpy(writeNpy({ data: BigUint64Array.of(1n, 2n ** 64n - 1n), shape: [2] }), 'i.npy');
  const error = thrownBy(() => toNumbers(bad, 'i.npy'));
  expect(isSomascopeError(error, 'Unsupported') && error.place).toEqual({ file: 'i.npy', index: 1 });
});

it('widens every half precision value exactly', () => {
  const halves = Uint16Array.from({ length: 65_536 }, (_, i) => i);
  const floats = halfToFloat(halves);
  const word = new Uint32Array(floats.buffer);
  for (let half = 0; half < 65_536; half++) {
    const sign = half & 0x8000 ? -1 : 1;
    const exponent = (half >> 10) & 31;
    const fraction = half & 1023;
    const value =
      exponent === 31
        ? fraction
          ? Number.NaN
          : Infinity
        : exponent
          ? (1 + fraction / 1024) * 2 ** (exponent - 15)
          : fraction * 2 ** -24;
    if (!Object.is(floats[half], sign * value)) expect.unreachable(`half ${half} became ${floats[half]}`);
    if (Number.isNaN(value)) expect(word[half]! >>> 31).toBe(half >> 15);
  }
});

it('names what is wrong, and where', () => {
  const cases: [header: string, tag: string, message: RegExp][] = [
    [headerOf("'|O'", '(1,)'), 'Unsupported', /pickled/],
    [headerOf("[('a', '|O')]", '(1,)'), 'Unsupported', /pickled/],
    [headerOf("'<q9'", '(1,)'), 'Unsupported', /<q9/],
    [headerOf("'<f4'", '(-1,)'), 'Invalid', /shape/],
    [headerOf("'<f4'", '(1.5,)'), 'Invalid', /comma|unexpected/],
    [headerOf("'<f4'", '3'), 'Invalid', /shape/],
    [headerOf("'<f4'", '(4294967296, 4294967296)'), 'CutOff', /promises/],
    [headerOf("'<f4'", '(99999999999999999999,)'), 'Invalid', /too large/],
    [headerOf("'|S0'", '(9007199254740991,)'), 'Unsupported', /no bytes/],
    [headerOf("'<f4'", '(1,)', '1'), 'Invalid', /fortran_order/],
    [`{'descr': '<f4', 'shape': (1,)}`, 'Invalid', /lacks/],
    [`{'descr': '<f4', 'descr': '<f4', 'shape': (1,), 'fortran_order': True}`, 'Invalid', /twice/],
    [`__import__('os').system('true')`, 'Invalid', /plain description/],
    [`{'descr': '<f4', 'fortran_order': False, 'shape': (1,)}; import os`, 'Invalid', /closing bracket/],
    ['('.repeat(5000), 'Invalid', /nested/],
  ];
  for (const [header, tag, message] of cases) {
    const error = thrownBy(() => readNpy(npyFile(header), 'bad.npy'));
    expect(isSomascopeError(error) && [error.tag, error.place.file], header).toEqual([tag, 'bad.npy']);
    expect((error as Error).message).toMatch(message);
  }
});

it('refuses a long header before reading it', () => {
  const bytes = npyFile(headerOf("'<f4'", '()'), undefined, 2);
  new DataView(bytes.buffer).setUint32(8, 2 ** 31, true);
  expect(thrownBy(() => readNpy(bytes, 'a.npy'))).toMatchObject({ tag: 'Unsafe' });
  expect(thrownBy(() => parseNpyHeader(npyFile(headerOf("'|u1'", '()'), new Uint8Array(1)), 'a.npy', 100, 20))).toMatchObject({
    tag: 'Unsafe',
  });
});

it('refuses a file cut at any byte', () => {
  const file = writeNpy({ data: Float32Array.of(1, 2), shape: [2] });
  for (let end = 0; end < file.length; end++) {
    const error = thrownBy(() => readNpy(file.slice(0, end), 'cut.npy'));
    expect(isSomascopeError(error, 'CutOff'), `cut at ${end}: ${error}`).toBe(true);
  }
});

it('answers flipped bits and noise with an array or a typed error', () => {
  const file = writeNpy({ data: Uint16Array.of(1, 2, 3, 4, 5, 6), shape: [2, 3] });
  const survives = (bytes: Uint8Array<ArrayBuffer>) => {
    const error = thrownBy(() => toCOrder(readNpy(bytes, 'flip.npy')));
    expect(error === undefined || isSomascopeError(error), String(error)).toBe(true);
  };
  for (let bit = 0; bit < file.length * 8; bit++) {
    const flipped = file.slice();
    flipped[bit >> 3]! ^= 1 << (bit & 7);
    survives(flipped);
  }
  const edits = fc.array(fc.tuple(fc.nat({ max: file.length - 1 }), fc.nat({ max: 255 })), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(edits, (list) => {
      const edited = file.slice();
      for (const [at, byte] of list) edited[at] = byte;
      survives(edited);
    }),
    { numRuns: 3000 },
  );
});
