import { expect, it } from 'vitest';
import { movedBack } from './motion.ts';
import { type MovieFiles, sliceMovie } from './movie.ts';

it('moves a frame back and repeats the border', () => {
  const frame = Uint16Array.of(1, 2, 3, 4, 5, 6);
  expect(movedBack(frame, 2, 3, 0, 0)).toBe(frame);
  expect(movedBack(frame, 2, 3, 0, 1)).toEqual(Uint16Array.of(2, 3, 3, 5, 6, 6));
  expect(movedBack(frame, 2, 3, -1, 0)).toEqual(Uint16Array.of(1, 2, 3, 1, 2, 3));
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
      shifts: { rows: Int8Array.of(0, 1, 2), cols: Int8Array.of(5, 6, 7) },
    },
    listing: { files: [], paths: ['a', 'b', 'c'], table: new Float64Array(18) },
  };
  expect(sliceMovie(files, [2, 0]).movie.shifts).toEqual({ rows: Int8Array.of(2, 0), cols: Int8Array.of(7, 5) });
});
