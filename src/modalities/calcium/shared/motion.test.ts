import { expect, it } from 'vitest';
import { movedBack } from './motion.ts';
import { type MovieFiles, sliceMovie } from './movie.ts';

it('moves a frame back and repeats the border', () => {
  const frame = Uint16Array.of(1, 2, 3, 4, 5, 6);
  expect(movedBack(frame, 2, 3, 0, 0)).toBe(frame);
  expect(movedBack(frame, 2, 3, 0, 1)).toEqual(Uint16Array.of(2, 3, 3, 5, 6, 6));
  expect(movedBack(frame, 2, 3, -1, 0)).toEqual(Uint16Array.of(1, 2, 3, 1, 2, 3));
});

it('moves by fractions of a pixel in straight lines, and rounds whole numbers', () => {
  const frame = Float64Array.of(0, 4, 8, 10, 20, 30);
  expect(movedBack(frame, 2, 3, 0, 0.25)).toEqual(Float64Array.of(1, 5, 8, 12.5, 22.5, 30));
  expect(movedBack(frame, 2, 3, -0.5, 0)).toEqual(Float64Array.of(0, 4, 8, 5, 12, 19));
  expect(movedBack(frame, 2, 3, 0.5, 0.5)).toEqual(Float64Array.of(8.5, 15.5, 19, 15, 25, 30));
  expect(movedBack(Uint8Array.of(0, 1, 254, 255), 1, 4, 0, 0.5)).toEqual(Uint8Array.of(1, 128, 255, 255));
  expect(movedBack(Int16Array.of(-5, -4, 7), 1, 3, 0, 0.25)).toEqual(Int16Array.of(-5, -1, 7));
});

it('spreads a missing value no farther than to what is made of it', () => {
  const frame = Float32Array.of(1, Number.NaN, 3, 4);
  expect(movedBack(frame, 1, 4, 0, 1)).toEqual(Float32Array.of(Number.NaN, 3, 4, 4));
  expect(movedBack(frame, 1, 4, 0, 0.5)).toEqual(Float32Array.of(Number.NaN, Number.NaN, 3.5, 4));
});

it('keeps the shifts of the frames that are cut out of a movie', () => {
  const files: MovieFiles = {
    movie: {
      layout: { kind: 'tiff-files', entry: Int32Array.of(0, 1, 2) },
      frames: 3,
      height: 2,
      width: 3,
      dtype: 'uint16',
      littleEndian: true,
      shifts: { rows: Float32Array.of(0, 1, 2), cols: Float32Array.of(5, 6, 7.5) },
    },
    listing: { files: [], paths: ['a', 'b', 'c'], table: new Float64Array(18) },
  };
  expect(sliceMovie(files, [2, 0]).movie.shifts).toEqual({ rows: Float32Array.of(2, 0), cols: Float32Array.of(7.5, 5) });
});
