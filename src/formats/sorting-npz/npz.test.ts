import { describe, expect, it } from 'vitest';
import { joinBytes } from '../../base/bytes.ts';
import { isSomascopeError } from '../../base/errors.ts';
import { fileBytes } from '../../test/files.ts';
import { damagedCopies } from '../../test/fuzz.ts';
import { describeWithData, goldenPath } from '../../test/shared-data.ts';
import { writeNpy } from '../npy/index.ts';
import { orderedSorting } from '../sorting.ts';
import { bytesSource } from '../source.ts';
import { writeZip } from '../zip/write.ts';
import { countSegments, readCuration, readSortingNpz, writeCuration, writeSortingNpz } from './index.ts';

const sorting = orderedSorting({
  name: 'truth',
  format: 'test',
  samplingRate: 29_999.5,
  times: [3, 10, 10, 4_294_967_300],
  clusters: [4, 1, 4, 1],
  listed: [1, 4, 11],
});
const int64 = (...values: number[]) => writeNpy({ data: BigInt64Array.from(values, BigInt), shape: [values.length] });
const unicode = (...texts: string[]) => {
  const bytes = writeNpy({
    data: Uint32Array.from(texts.flatMap((text) => [0, 1].map((i) => text.codePointAt(i) ?? 0))),
    shape: [2 * texts.length],
  });
  const header = new TextDecoder('latin1').decode(bytes.subarray(0, 128));
  const changed = header
    .replace("'<u4'", "'<U2'")
    .replace(`(${2 * texts.length},)`, `(${texts.length},)`)
    .replace(/ *\n$/, '\n');
  bytes.set(new TextEncoder().encode(changed.slice(10, -1).padEnd(117)), 10);
  return bytes;
};
const npz = (arrays: Record<string, Uint8Array<ArrayBuffer>>) =>
  bytesSource('s.npz', joinBytes(writeZip(Object.entries(arrays).map(([name, bytes]) => ({ name: `${name}.npy`, bytes })))));

it('reads what it writes: SpikeInterface NPZ', async () => {
  const again = await readSortingNpz(bytesSource('out.npz', joinBytes(writeSortingNpz(sorting))));
  expect(again).toMatchObject({ format: 'SpikeInterface NPZ', samplingRate: 29_999.5, notices: [] });
  expect(Array.from(again.times)).toEqual([3, 10, 10, 4_294_967_300]);
  expect(Array.from(again.clusters)).toEqual([4, 1, 4, 1]);
  expect(Array.from(again.unitIds)).toEqual([1, 4, 11]);
});

it('numbers units that are called by texts', async () => {
  const source = npz({
    unit_ids: unicode('b7', 'a1'),
    spike_indexes_seg0: int64(1, 2, 3),
    spike_labels_seg0: unicode('a1', 'a1', 'b7'),
  });
  const { unitNames, clusters, samplingRate } = await readSortingNpz(source);
  expect([unitNames, Array.from(clusters), samplingRate]).toEqual([['b7', 'a1'], [1, 1, 0], Number.NaN]);
});

it('reads the segment that is asked for, or the first, and says so', async () => {
  const source = npz({
    spike_indexes_seg0: int64(1),
    spike_labels_seg0: int64(5),
    spike_indexes_seg1: int64(8, 9),
    spike_labels_seg1: int64(5, 6),
  });
  const { times, notices } = await readSortingNpz(source, 1);
  expect([Array.from(times), notices]).toEqual([[8, 9], []]);
  const first = await readSortingNpz(source);
  expect([Array.from(first.times), first.notices]).toEqual([[1], ['s.npz has 2 segments; the first is shown.']]);
  expect(await countSegments(source)).toBe(2);
  await expect(readSortingNpz(source, 2)).rejects.toThrow(/no spikes of segment 2/);
});

it('refuses an .npz that is no sorting', async () => {
  await expect(readSortingNpz(npz({ images: int64(1) }))).rejects.toThrow(/its arrays are images/);
});

it('answers any damage with a sorting or a typed error', async () => {
  for (const { what, bytes } of damagedCopies(joinBytes(writeSortingNpz(sorting)), 200, 400)) {
    try {
      const again = await readSortingNpz(bytesSource('x.npz', bytes));
      expect(again.clusters.length, what).toBe(again.times.length);
    } catch (error) {
      expect(isSomascopeError(error), `${what}: ${error}`).toBe(true);
    }
  }
});

describeWithData('the golden files', () => {
  it.each(['sorting_si.npz', 'sorting_se_legacy.npz'])('%s', async (name) => {
    const folder = goldenPath('neuropixels/formats');
    const expected = JSON.parse(new TextDecoder().decode(fileBytes(`${folder}/expected.json`)));
    const { times, clusters, unitIds, samplingRate } = await readSortingNpz(bytesSource(name, fileBytes(`${folder}/${name}`)));
    expect([Array.from(times), Array.from(clusters)]).toEqual([expected.spike_times, expected.spike_labels]);
    expect([Array.from(unitIds), samplingRate]).toEqual([[0, 1, 2, 3, 4, 5, 6, 7], 30_000]);
  });

  it('writes the very arrays that numpy wrote', async () => {
    const { openNpz } = await import('../npz.ts');
    const golden = bytesSource('g', fileBytes(goldenPath('neuropixels/formats/sorting_si.npz')));
    const written = bytesSource('w', joinBytes(writeSortingNpz(await readSortingNpz(golden))));
    const [a, b] = [await openNpz(golden), await openNpz(written)];
    expect(b.names).toEqual(a.names);
    for (const name of a.names) expect((await b.array(name)).data, name).toEqual((await a.array(name)).data);
  });
});

describe('a curation', () => {
  const curation = {
    unitIds: [1, 2, 3, 8],
    labels: new Map([
      [1, 'good'],
      [3, 'noise'],
    ] as const),
    merges: [{ units: [2, 8], into: 9 }],
    splits: [{ unit: 1, parts: [[0, 2, 4]], into: [10, 11] }],
    removed: [3],
  };

  it('is read as it was written', () => {
    const text = writeCuration(curation);
    expect(readCuration(text, 'c.json')).toEqual({ curation, ignored: 0 });
    expect(JSON.parse(text)).toMatchObject({
      format_version: '2',
      manual_labels: [{ unit_id: 1, labels: { quality: ['good'] } }, { unit_id: 3 }],
      merges: [{ unit_ids: [2, 8], new_unit_id: 9 }],
      splits: [{ unit_id: 1, mode: 'indices', indices: [[0, 2, 4]], new_unit_ids: [10, 11] }],
    });
  });

  it('may be of the older version', () => {
    const text = JSON.stringify({
      format_version: '1',
      unit_ids: [1, 2, 3],
      manual_labels: [{ unit_id: 2, quality: ['MUA'] }],
      merge_unit_groups: [[1, 3]],
      removed_units: [2],
    });
    expect(readCuration(text, 'c.json').curation).toMatchObject({
      merges: [{ units: [1, 3] }],
      removed: [2],
      labels: new Map([[2, 'mua']]),
    });
  });

  const version2 = (rest: object) => JSON.stringify({ format_version: '2', unit_ids: [4, 5], ...rest });

  it('may split by a label for every spike, or by the spikes of one part', () => {
    const byLabel = version2({ splits: [{ unit_id: 4, mode: 'labels', indices: null, labels: [1, 0, 1] }] });
    expect(readCuration(byLabel, 'c.json').curation.splits).toEqual([{ unit: 4, parts: [[1], [0, 2]] }]);
    const onePart = version2({ splits: [{ unit_id: 4, mode: 'indices', indices: [3, 1] }] });
    expect(readCuration(onePart, 'c.json').curation.splits).toEqual([{ unit: 4, parts: [[3, 1]] }]);
  });

  it('may call units by texts, and counts labels that are not for units’ quality', () => {
    const text = JSON.stringify({
      format_version: '2',
      unit_ids: ['a', 'b'],
      manual_labels: [
        { unit_id: 'a', labels: { quality: ['noise'] } },
        { unit_id: 'b', labels: { cell: ['pyramidal'] } },
      ],
      merges: [{ unit_ids: ['a', 'b'], new_unit_id: null }],
    });
    expect(readCuration(text, 'c.json')).toMatchObject({
      curation: { labels: new Map([['a', 'noise']]), merges: [{ units: ['a', 'b'] }] },
      ignored: 1,
    });
  });

  it.each([
    [{ merges: [{ unit_ids: [4, 6] }] }, /unit 6 is not among/],
    [{ unit_ids: undefined }, /lists no unit_ids/],
    [{ unit_ids: [{}] }, /lists no unit_ids/],
    [{ merges: {} }, /merges is no list/],
    [{ merges: [{}] }, /merges lists no units/],
    [{ splits: [7] }, /splits is no object/],
    [{ splits: [{ unit_id: 4, indices: [['x']] }] }, /splits says no spikes/],
    [{ format_version: '3' }, /format_version is 3/],
    [{ format_version: undefined }, /format_version is missing/],
    [{ format_version: undefined, mergeGroups: [] }, /format_version is 0/],
  ])('%j is refused', (rest, message) => {
    expect(() => readCuration(version2(rest), 'c.json')).toThrow(message);
  });
});
