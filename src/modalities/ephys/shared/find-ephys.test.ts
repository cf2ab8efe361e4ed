import { describe, expect, it } from 'vitest';
import { headOf, listingOf } from '../../../test/listing.ts';
import { findEphys } from './find-ephys.ts';
import { jsonKindOf } from './find-files.ts';
import { sortingId } from './found.ts';

type Files = Parameters<typeof listingOf>[0];
const find = async (files: Files) => {
  const listing = listingOf(files);
  const found = await findEphys(listing, headOf(listing));
  const path = (index: number | undefined) => (index === undefined ? undefined : listing.paths[index]);
  return { ...found, path, paths: listing.paths };
};
const npyHead = (descr: string, shape: string) =>
  `\x93NUMPY\x01\x00v\x00{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}, }\n`;
const phy = (folder: string, params = '') => ({
  [`${folder}spike_times.npy`]: '',
  [`${folder}spike_clusters.npy`]: '',
  [`${folder}channel_positions.npy`]: '',
  [`${folder}channel_map.npy`]: '',
  [`${folder}cluster_group.tsv`]: '',
  [`${folder}params.py`]: params,
});

describe('recordings', () => {
  it('of SpikeGLX: .bin with the .meta of the same name; each stream is one', async () => {
    const { sets, path } = await find({
      'run/a.imec0.ap.bin': 'x',
      'run/a.imec0.ap.meta': '',
      'run/a.imec0.lf.bin': 'x',
      'run/a.imec0.lf.meta': '',
      'run/a.nidq.bin': 'x',
      'run/a.nidq.meta': '',
    });
    expect(sets.map(({ root, recording }) => [root, recording!.kind])).toEqual([
      ['run/a.imec0.ap.bin', 'spikeglx'],
      ['run/a.imec0.lf.bin', 'spikeglx'],
      ['run/a.nidq.bin', 'spikeglx'],
    ]);
    expect(path(sets[0]!.recording!.meta)).toBe('run/a.imec0.ap.meta');
    expect(sets[0]).toMatchObject({ reason: 'found SpikeGLX recording a.imec0.ap.bin with its .meta', score: 0.95 });
  });

  it('compressed: .cbin with .ch and .meta, whatever identifiers an archive put into the names', async () => {
    const id = (n: number) => `0123456${n}-89ab-cdef-0123-456789abcdef`;
    const { sets, path, notices } = await find({
      [`p/a.imec0.ap.${id(1)}.cbin`]: 'x',
      [`p/a.imec0.ap.${id(2)}.ch`]: '',
      [`p/a.imec0.ap.${id(3)}.meta`]: '',
      'q/lonely.cbin': 'x',
    });
    expect(sets).toHaveLength(1);
    expect([path(sets[0]!.recording!.ch), path(sets[0]!.recording!.meta)]).toEqual([
      `p/a.imec0.ap.${id(2)}.ch`,
      `p/a.imec0.ap.${id(3)}.meta`,
    ]);
    expect(notices).toEqual(['lonely.cbin needs the .ch file that lies beside it; drop both.']);
  });

  it('flat: named by a params.py, in several files, in another folder', async () => {
    const params = "dat_path = ['../raw/b.dat',\n  r'C:\\data\\a.dat']\n";
    const { sets, path } = await find({ 'raw/a.dat': 'x', 'raw/b.dat': 'x', ...phy('sorted/', params) });
    expect(sets).toHaveLength(1);
    const { recording, sortings } = sets[0]!;
    expect([recording!.kind, recording!.data.map(path), path(recording!.parameters)]).toEqual([
      'flat',
      ['raw/b.dat', 'raw/a.dat'],
      'sorted/params.py',
    ]);
    expect(recording!.probe).toMatchObject({ kind: 'arrays' });
    expect(sortings.map(({ kind, root }) => [kind, root])).toEqual([['phy', 'sorted']]);
  });

  it('flat: without any description, which is said', async () => {
    const { sets } = await find({ 'mystery.dat': 'x' });
    expect(sets[0]).toMatchObject({ score: 0.4, reason: 'found flat recording mystery.dat; nothing says its channel count' });
    expect(sets[0]!.recording!.parameters).toBeUndefined();
  });

  it('of Open Ephys: every stream, with the numbers of its samples', async () => {
    const base = 'exp/experiment1/recording1/';
    const { sets, path } = await find({
      [`${base}structure.oebin`]: '{}',
      [`${base}continuous/A-100.0/continuous.dat`]: 'x',
      [`${base}continuous/A-100.0/sample_numbers.npy`]: '',
      [`${base}continuous/A-100.0/timestamps.npy`]: '',
      [`${base}continuous/B-100.1/continuous.dat`]: 'x',
      [`${base}continuous/B-100.1/timestamps.npy`]: '',
    });
    expect(sets.map(({ recording }) => [recording!.kind, path(recording!.clock)])).toEqual([
      ['open-ephys', `${base}continuous/A-100.0/sample_numbers.npy`],
      ['open-ephys', `${base}continuous/B-100.1/timestamps.npy`],
    ]);
  });

  it('of MountainSort: raw.mda with geom.csv and params.json', async () => {
    const { sets, path } = await find({
      'm/raw.mda': 'x',
      'm/geom.csv': '1,2\n',
      'm/params.json': '{}',
      'm/firings_true.mda': 'x',
    });
    expect(sets).toHaveLength(1);
    expect(sets[0]!.recording).toMatchObject({ kind: 'mda', probe: { kind: 'table' } });
    expect([path(sets[0]!.recording!.parameters), sets[0]!.sortings[0]!.kind]).toEqual(['m/params.json', 'mda']);
  });

  it('as .npy, where the listing says that it is electrophysiology', async () => {
    const table = npyHead('<i2', '(30000, 32)');
    const probe = '{"specification": "probeinterface", "probes": []}';
    expect((await find({ 'movie.npy': table })).sets).toEqual([]);
    expect((await find({ 'traces.npy': table })).sets[0]!.recording!.kind).toBe('npy');
    expect((await find({ 'a.npy': table, 'p.json': probe })).sets[0]!.recording).toMatchObject({
      kind: 'npy',
      probe: { kind: 'json' },
    });
    expect((await find({ 'traces.npy': npyHead('<i2', '(300, 512, 512)') })).sets).toEqual([]);
    // Traces of cells are floats.
    expect((await find({ 'traces.npy': npyHead('<f4', '(60, 3000)') })).sets).toEqual([]);
    expect((await find({ 'a.npy': npyHead('<f4', '(60, 3000)'), 'p.json': probe })).sets).toHaveLength(1);
  });

  it('described by JSON, with sortings of the same kind', async () => {
    const { sets } = await find({
      'd/recording.json': '{"recording_format": "bin1", "data": {}}',
      'd/sorting.json': '{"sorting_format": "npy1", "data": {}}',
      'd/raw.dat': 'x',
    });
    expect(sets).toHaveLength(1);
    expect([sets[0]!.recording!.kind, sets[0]!.sortings[0]!.kind]).toEqual(['object', 'object']);
  });
});

describe('what belongs together', () => {
  it('sortings and motion lie nearest to their recording, never with its slow band', async () => {
    const run = (name: string) => ({
      [`${name}/${name}.imec0.lf.bin`]: 'x',
      [`${name}/${name}.imec0.lf.meta`]: '',
      [`${name}/${name}.imec0.ap.bin`]: 'x',
      [`${name}/${name}.imec0.ap.meta`]: '',
    });
    const { sets } = await find({
      ...run('one'),
      ...run('two'),
      ...phy('two/ks4/'),
      'one/sorting.npz': 'PK\x03\x04 unit_ids.npy',
      'one/manip.timestamps_p1.npy': '',
      'one/manip.positions.npy': '',
      'other.npz': 'PK\x03\x04 images.npy',
    });
    const told = sets.map(({ root, sortings, motions }) => [root, sortings.map((sorting) => sorting.root), motions.length]);
    expect(told.slice(0, 2)).toEqual([
      ['one/one.imec0.ap.bin', ['one/sorting.npz'], 1],
      ['two/two.imec0.ap.bin', ['two/ks4'], 0],
    ]);
    expect(told.slice(2).every(([, list]) => (list as string[]).length === 0)).toBe(true);
    expect(sets[0]!.reason).toBe('found SpikeGLX recording one.imec0.ap.bin with its .meta, sorting sorting.npz, imposed motion');
  });

  it('units that somebody labelled good are a sorting beside all of them', async () => {
    const table = 'cluster_id\tgroup\n1\tmua\n2\tgood\n';
    const { sets } = await find({ ...phy('a/'), 'a/cluster_group.tsv': table });
    expect(sets[0]!.sortings.map(({ name, group }) => [name, group])).toEqual([
      ['a', undefined],
      ['a, good units', 'good'],
    ]);
    expect(sets[0]!.sortings.map(sortingId)).toEqual(['a', 'a:curated_good']);
    expect(sets[0]!.reason).toBe('found phy folder a');
  });

  it('JSON that describes what lies beside it is told from regions', () => {
    const kind = (name: string, value: unknown) => jsonKindOf(name, new TextEncoder().encode(JSON.stringify(value)));
    expect(kind('params.json', { samplerate: 30_000 })).toBe('parameters');
    expect(kind('x.json', { specification: 'probeinterface', probes: [] })).toBe('probe');
    expect(kind('x.json', { recordingLabel: 'a', recordingObject: { recording_format: 'bin1' } })).toBe('recordings');
    expect(kind('x.json', { sortingObject: { sorting_format: 'npy1' } })).toBe('sortings');
    expect(kind('x.json', { recordings: [{ recordingObject: {} }], sortings: [{ sortingObject: {} }] })).toBe('objects');
    expect(kind('regions.json', [{ coordinates: [[1, 2]] }])).toBeUndefined();
  });

  it('sortings without a recording are a data set too', async () => {
    const { sets } = await find(phy('sorted/'));
    expect(sets).toHaveLength(1);
    expect(sets[0]).toMatchObject({ root: 'sorted', name: 'sorted', recording: undefined, reason: 'found phy folder sorted' });
    expect(sets[0]!.sortings[0]!.entries).toHaveLength(6);
  });
});

it('leaves other data alone, and looks into few files', async () => {
  const frames = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`set/images/${i}.bin`, 'x']));
  const regions = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`set/regions/${i}.json`, '{}']));
  const files = { ...frames, ...regions, '__MACOSX/a.ap.bin': 'x', 'set/a.tiff': 'x' };
  const listing = listingOf(files);
  const asked: number[] = [];
  expect((await findEphys(listing, headOf(listing, asked))).sets).toEqual([]);
  expect(asked.length).toBeLessThan(20);
});

it('looks into none of many files of other data', async () => {
  const many = (count: number, name: (i: number) => string) => Array.from({ length: count }, (_, i) => name(i));
  const paths = [...many(3000, (i) => `a/images/${i}.bin`), ...many(6000, (i) => `mouse/data/responses/${i}.npy`)];
  const bare = (list: string[]) => ({ files: [], paths: list, table: new Float64Array(6 * list.length) });
  const asked: number[] = [];
  const head = async (index: number) => {
    asked.push(index);
    return new Uint8Array(0);
  };
  expect((await findEphys(bare(paths), head)).sets).toEqual([]);
  expect(asked).toEqual([]);
  // A params.py makes every array a candidate, and then there are too many.
  await findEphys(bare([...paths, 'params.py']), head);
  expect(asked.every((index) => index === paths.length)).toBe(true);
});

it('says which .meta has lost its recording', async () => {
  const { notices } = await find({ 'a.ap.bin': 'x', 'a.ap.meta': '', 'b.ap.meta': '' });
  expect(notices).toEqual(['b.ap.meta describes a recording that was not dropped along: its .bin has the same name.']);
});
