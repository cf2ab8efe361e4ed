// The fingerprint: the same for the same files dropped again, another for any difference that the directory shows.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fingerprintOf } from './fingerprint.ts';
import { DEFLATED, type FileListing, STORED, WHOLE_FILE } from './listing.ts';

interface Item {
  readonly path: string;
  readonly size: number;
  readonly crc: number;
}

/** The entries of one zip, where it does not matter how long they are stored. */
function zipped(items: readonly Item[], name = 'a.zip', method = DEFLATED): FileListing {
  const rows = items.flatMap(({ size, crc }, i) => [0, size, method, 100 * i, size, crc]);
  return { files: [new File([], name)], paths: items.map(({ path }) => path), table: Float64Array.from(rows) };
}

function loose(items: readonly Item[], lastModified: number): FileListing {
  return {
    files: items.map(({ path }) => new File([], path, { lastModified })),
    paths: items.map(({ path }) => path),
    table: Float64Array.from(items.flatMap(({ size }, i) => [i, size, WHOLE_FILE, 0, size, 0])),
  };
}

const ITEMS: readonly Item[] = [
  { path: 'set/images/image00000.tiff', size: 500, crc: 1 },
  { path: 'set/images/image00001.tiff', size: 500, crc: 2 },
  { path: 'set/info.json', size: 90, crc: 3 },
  { path: 'other/info.json', size: 91, crc: 4 },
];

describe('the same files', () => {
  it('have the same fingerprint in a zip of another name, packed otherwise, in any order', () => {
    const first = fingerprintOf(zipped(ITEMS), 'set');
    expect(first).toMatch(/^[0-9a-f]{16}$/);
    expect(fingerprintOf(zipped([...ITEMS].reverse(), 'b.zip', STORED), 'set')).toBe(first);
  });

  it('have it below another folder, with clutter beside them', () => {
    const moved = ITEMS.map((item) => ({ ...item, path: `outer/${item.path}` }));
    const clutter = { path: 'outer/set/.DS_Store', size: 6, crc: 9 };
    expect(fingerprintOf(zipped([...moved, clutter]), 'outer/set')).toBe(fingerprintOf(zipped(ITEMS), 'set'));
  });

  it('have it on disk as long as they were not changed', () => {
    expect(fingerprintOf(loose(ITEMS, 5), 'set')).toBe(fingerprintOf(loose(ITEMS, 5), 'set'));
    expect(fingerprintOf(loose(ITEMS, 5), 'set')).not.toBe(fingerprintOf(loose(ITEMS, 6), 'set'));
  });

  it('a file alone is named by its path, whatever lies beside it', () => {
    const movie = { path: 'movie.npy', size: 1000, crc: 0 };
    const alone = fingerprintOf(loose([movie], 5), 'movie.npy');
    expect(fingerprintOf(loose([movie, ...ITEMS], 5), 'movie.npy')).toBe(alone);
    expect(fingerprintOf(loose([{ ...movie, path: 'folder/movie.npy' }], 5), 'folder/movie.npy')).toBe(alone);
  });
});

describe('another fingerprint', () => {
  const set = fingerprintOf(zipped(ITEMS), 'set');

  it.each([
    ['content', { crc: 7 }],
    ['size', { size: 501 }],
    ['name', { path: 'set/images/image00009.tiff' }],
  ])('for another %s', (_, change) => {
    expect(fingerprintOf(zipped(ITEMS.map((item, i) => (i === 1 ? { ...item, ...change } : item))), 'set')).not.toBe(set);
  });

  it('for a file more, and for every folder', () => {
    expect(fingerprintOf(zipped([...ITEMS, { path: 'set/x', size: 0, crc: 0 }]), 'set')).not.toBe(set);
    expect(fingerprintOf(zipped(ITEMS), 'other')).not.toBe(set);
    expect(fingerprintOf(zipped(ITEMS), '')).not.toBe(set);
  });

  it('for contents that were exchanged', () => {
    const exchanged = ITEMS.map((item, i) => (i < 2 ? { ...item, crc: 3 - item.crc } : item));
    expect(fingerprintOf(zipped(exchanged), 'set')).not.toBe(set);
  });
});

it('differs for any two lists of checksums', () => {
  const checksums = fc.array(fc.integer({ min: 0, max: 2 ** 32 - 1 }), { maxLength: 5 });
  const items = (crcs: readonly number[]) => crcs.map((crc, i) => ({ path: `f${i}`, size: 1, crc }));
  fc.assert(
    fc.property(checksums, checksums, (a, b) => {
      const same = a.join() === b.join();
      expect(fingerprintOf(zipped(items(a)), '') === fingerprintOf(zipped(items(b)), '')).toBe(same);
    }),
  );
});
