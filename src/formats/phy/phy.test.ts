import { describe, expect, it } from 'vitest';
import { joinBytes } from '../../base/bytes.ts';
import { isSomascopeError } from '../../base/errors.ts';
import { unitsInGroup, withUnits } from '../../base/sorting.ts';
import { fileBytes, folderBytes, textBytes } from '../../test/files.ts';
import { damagedCopies } from '../../test/fuzz.ts';
import { dataPath, describeWithData, goldenPath } from '../../test/shared-data.ts';
import { type NpyArray, readNpy, toNumbers, writeNpy } from '../npy/index.ts';
import { checkSpikeTimes } from '../sorting.ts';
import { type ByteSource, bytesSource } from '../source.ts';
import {
  openFeatures,
  parseParameters,
  readPhy,
  readSimilarTemplates,
  readTemplates,
  writeClusterGroups,
  writeSpikeClusters,
  writeSpikeTimes,
} from './index.ts';

type Files = Record<string, Uint8Array>;
const filesOf = (files: Files | Map<string, Uint8Array>): Map<string, ByteSource> => {
  const entries = files instanceof Map ? [...files] : Object.entries(files);
  return new Map(entries.map(([name, bytes]) => [name, bytesSource(name, bytes)]));
};
const npy = (values: Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer> | Uint32Array<ArrayBuffer>, shape = [values.length]) =>
  writeNpy({ data: values, shape });

/** Five spikes of clusters 7, 2 and 9; positions of three channels. */
const small: Files = {
  'spike_times.npy': npy(Float64Array.of(10, 20, 20, 45, 90), [5, 1]),
  'spike_clusters.npy': npy(Uint32Array.of(7, 2, 7, 9, 2), [5, 1]),
  'amplitudes.npy': npy(Float64Array.of(1, 2, 3, 4, 5)),
  'channel_positions.npy': npy(Float64Array.of(0, 0, 32, 0, 0, 15), [3, 2]),
  'channel_map.npy': npy(Int32Array.of(4, 0, 2), [3, 1]),
  'cluster_group.tsv': textBytes('cluster_id\tgroup\n2\tgood\n7\tmua\n'),
  'params.py': textBytes("dat_path = r'C:\\data\\raw.dat'\nn_channels_dat = 5\nsample_rate = 25000.\n"),
};

describe('a phy folder', () => {
  it('gives spikes, units, labels and channels', async () => {
    const sorting = await readPhy('sorted', filesOf(small));
    expect(sorting).toMatchObject({ format: 'phy', samplingRate: 25_000, notices: [], order: undefined });
    expect(Array.from(sorting.times)).toEqual([10, 20, 20, 45, 90]);
    expect(Array.from(sorting.clusters)).toEqual([7, 2, 7, 9, 2]);
    expect(Array.from(sorting.unitIds)).toEqual([2, 7, 9]);
    expect(sorting.fields).toEqual([{ name: 'group', values: ['good', 'mua', undefined] }]);
    expect([Array.from(sorting.probe!.column), Array.from(sorting.probe!.y)]).toEqual([
      [4, 0, 2],
      [0, 0, 15],
    ]);
    expect(sorting.parameters!.paths).toEqual(['C:\\data\\raw.dat']);
  });

  it('has its good units as "curated_good"', async () => {
    const sorting = await readPhy('sorted', filesOf(small));
    const good = withUnits(sorting, unitsInGroup(sorting, 'good'));
    expect([Array.from(good.times), Array.from(good.unitIds), Array.from(good.amplitudes!)]).toEqual([[20, 90], [2], [2, 5]]);
    expect(good.fields).toEqual([{ name: 'group', values: ['good'] }]);
  });

  it('takes clusters from the templates where nobody curated', async () => {
    const { 'spike_clusters.npy': clusters, ...rest } = small;
    const sorting = await readPhy('sorted', filesOf({ ...rest, 'spike_templates.npy': clusters! }));
    expect(Array.from(sorting.unitIds)).toEqual([2, 7, 9]);
    expect(Array.from(sorting.spikeTemplates!)).toEqual([7, 2, 7, 9, 2]);
  });

  it('reads features of chosen spikes only, in either order', async () => {
    const data = Float32Array.from({ length: 9 * 3 * 4 }, (_, i) => i);
    const source = bytesSource('pc_features.npy', writeNpy({ data, shape: [9, 3, 4] }));
    let bytes = 0;
    const read: ByteSource['read'] = (offset, length) => {
      if (offset >= 128) bytes += length;
      return source.read(offset, length);
    };
    const counted = { ...source, read };
    const features = await openFeatures(new Map([['pc_features.npy', counted]]));
    expect(features).toMatchObject({ spikes: 9, components: 3, local: 4, channels: undefined });
    expect(Array.from(await features!.read([2]))).toEqual(Array.from(data.subarray(24, 36)));
    expect(bytes).toBe(48);
    expect(Array.from(await features!.read([0, 5, 8]))).toEqual(
      [0, 5, 8].flatMap((spike) => Array.from(data.subarray(12 * spike, 12 * spike + 12))),
    );
    await expect(features!.read([9])).rejects.toThrow(RangeError);
    expect(await openFeatures(new Map())).toBeUndefined();
  });

  it('is written back as phy does', async () => {
    const unsorted = { ...small, 'spike_times.npy': npy(Float64Array.of(50, 20, 10, 45, 90)) };
    const { clusters, order, times } = await readPhy('sorted', filesOf(unsorted));
    expect(Array.from(clusters)).toEqual([7, 2, 9, 7, 2]);
    const back = toNumbers(readNpy(joinBytes([...writeSpikeClusters(clusters, order)]), 'x'), 'x');
    expect(Array.from(back.data)).toEqual([7, 2, 7, 9, 2]);
    const again = readNpy(joinBytes([...writeSpikeTimes(Float64Array.from(times), undefined)]), 'x');
    expect([again.header.type.text, Array.from(toNumbers(again, 'x').data)]).toEqual(['<i8', [10, 20, 45, 50, 90]]);
    const groups = new Map([
      [9, 'noise'],
      [2, 'good'],
      [7, 'unsorted'],
    ] as const);
    expect(writeClusterGroups(groups)).toBe('cluster_id\tgroup\n2\tgood\n9\tnoise\n');
    const relabelled = await readPhy('x', filesOf({ ...small, 'cluster_group.tsv': textBytes(writeClusterGroups(groups)) }));
    expect(relabelled.fields[0]!.values).toEqual(['good', undefined, 'noise']);
  });
});

describe('params.py', () => {
  it('is read as literals', () => {
    const text = `# made by hand
dat_path = ['a.dat',  # first
            "b.dat"]
n_channels_dat = 385.
dtype='uint16'
offset = 1024
sample_rate = 3e4
hp_filtered = True
other = {'x': (1, 2)}
`;
    expect(parseParameters(text, 'params.py')).toEqual({
      paths: ['a.dat', 'b.dat'],
      channels: 385,
      samplingRate: 30_000,
      offset: 1024,
      dtype: 'uint16',
      highPassFiltered: true,
      notices: [],
    });
  });

  it('is never run', () => {
    const text = "import os\ndat_path = os.path.join('a', 'b')\nsample_rate = 30000\n";
    const { paths, samplingRate, notices } = parseParameters(text, 'params.py');
    expect([paths, samplingRate]).toEqual([[], 30_000]);
    expect(notices[0]).toMatch(/dat_path is no plain text or number \(os\.path\.join.*never run/);
    expect(parseParameters('dat_path = []\n', 'params.py').paths).toEqual([]);
    expect(() => parseParameters('print(1)\n', 'params.py')).toThrow(/sets none of dat_path/);
  });
});

describe('bad input', () => {
  const open = (change: Files) => readPhy('sorted', filesOf({ ...small, ...change }));

  it('sorts spikes that are not in order, with all that belongs to them', async () => {
    const sorting = await open({ 'spike_times.npy': npy(Float64Array.of(50, 20, 10, 45, 90)) });
    expect(Array.from(sorting.times)).toEqual([10, 20, 45, 50, 90]);
    expect(Array.from(sorting.amplitudes!)).toEqual([3, 2, 4, 1, 5]);
    expect(sorting.notices[0]).toMatch(/not in order \(first at spike 1\)/);
  });

  it('says that spikes lie past the end of the recording', async () => {
    const sorting = await open({});
    expect(checkSpikeTimes(sorting, 1000)).toEqual([]);
    expect(checkSpikeTimes(sorting, 45)[0]).toMatch(/2 of 5 spikes lie after the end of the recording \(45 frames\)/);
  });

  it('says that the channel map is out of range', async () => {
    const { probe, notices } = await open({ 'channel_map.npy': npy(Int32Array.of(4, 0, 5)) });
    expect(Array.from(probe!.column)).toEqual([4, 0, -1]);
    expect(notices[0]).toMatch(/channel_map\.npy: 1 entries are out of range \(5\); the recording has 5 columns/);
    expect((await open({ 'channel_map.npy': npy(Int32Array.of(4, 0)) })).notices[0]).toMatch(/maps 2 channels/);
  });

  it('says which labels have no spikes', async () => {
    const { notices, fields } = await open({
      'cluster_group.tsv': textBytes('cluster_id\tgroup\r\n2\tgood\r\n55\tmua\r\n56\tmua\r\n'),
    });
    expect(notices).toEqual([
      'cluster_group.tsv labels cluster 55 and 1 more, which have no spikes. These labels are left out; drop the spike_clusters.npy that was saved with them.',
    ]);
    expect(fields[0]!.values).toEqual(['good', undefined, undefined]);
  });

  it('refuses times without clusters, and as many of one as not of the other', async () => {
    const { 'spike_times.npy': _, ...rest } = small;
    await expect(readPhy('sorted', filesOf(rest))).rejects.toThrow(/no spike_times\.npy/);
    await expect(open({ 'spike_clusters.npy': npy(Int32Array.of(1, 2)) })).rejects.toThrow(/5 spike times, but units for 2/);
    await expect(open({ 'spike_clusters.npy': npy(Float64Array.of(1, 2, 3.5, 4, 5)) })).rejects.toThrow(/the unit 3\.5/);
    await expect(open({ 'spike_times.npy': npy(Float64Array.of(1, 2, 3, 4, 5, 6), [3, 2]) })).rejects.toThrow(/list of numbers/);
  });

  it('leaves out what is damaged beside the spikes', async () => {
    const { notices, amplitudes, times, probe } = await open({
      'amplitudes.npy': npy(Float64Array.of(1, 2)),
      'channel_positions.npy': small['channel_positions.npy']!.subarray(0, 40),
    });
    expect([times.length, amplitudes, probe]).toEqual([5, undefined, undefined]);
    expect(notices.join(' ')).toMatch(/channel_positions\.npy was left out.*|amplitudes for 2 of 5 spikes are left out/);
    expect(notices).toHaveLength(2);
  });

  it('answers any damage with a sorting or a typed error', async () => {
    for (const name of Object.keys(small)) {
      for (const { what, bytes } of damagedCopies(small[name]!, 130, 60)) {
        try {
          const sorting = await open({ [name]: bytes });
          expect(sorting.clusters.length, `${name}, ${what}`).toBe(sorting.times.length);
        } catch (error) {
          expect(isSomascopeError(error), `${name}, ${what}: ${error}`).toBe(true);
        }
      }
    }
  }, 30_000);
});

describeWithData('the golden folders', () => {
  const expected = JSON.parse(new TextDecoder().decode(fileBytes(goldenPath('neuropixels/formats/expected.json'))));

  it.each(['neuropixels/formats', 'neuropixels/formats/phy_matlab'])('%s', async (folder) => {
    const files = filesOf(folderBytes(goldenPath(folder)));
    const sorting = await readPhy('golden', files);
    expect(Array.from(sorting.times)).toEqual(expected.spike_times);
    expect(Array.from(sorting.clusters)).toEqual(expected.spike_labels);
    expect([sorting.samplingRate, sorting.parameters!.channels, sorting.notices]).toEqual([30_000, 32, []]);
    const probe = sorting.probe;
    expect(Array.from(probe!.x.subarray(0, 4))).toEqual([27, 59, 27, 59]);
    expect([probe!.y[31], probe!.column[31]]).toEqual([225, 31]);
    expect(sorting.fields[0]!.name).toBe('group');
    expect(sorting.fields[0]!.values.slice(0, 2)).toEqual(['good', 'mua']);
  });

  it('phy_matlab: templates, features and similarity in Fortran order', async () => {
    const files = filesOf(folderBytes(goldenPath('neuropixels/formats/phy_matlab')));
    const templates = (await readTemplates(files))!;
    expect(templates.shape).toEqual([8, 64, 32]);
    const [, samples, channels] = templates.shape;
    for (const [unit, sum] of (expected.templates_sum_per_unit as number[]).entries()) {
      const values = templates.data.subarray(unit * samples * channels, (unit + 1) * samples * channels);
      expect(values.reduce((total, value) => total + value, 0)).toBeCloseTo(sum, 4);
    }
    const first = Array.from({ length: samples }, (_, s) => templates.data[s * channels]!);
    expect(first).toEqual(expected.templates_unit0_channel0);
    expect(Array.from(templates.channels!.subarray(0, 3))).toEqual([0, 1, 2]);
    const features = (await openFeatures(files))!;
    const all = await features.read([...Array(9).keys()]);
    expect(all).toEqual(Float32Array.from({ length: 108 }, (_, i) => i));
    expect(all.at(-1)).toBe(expected.pc_features_last);
    expect(Array.from(await features.read([4]))).toEqual(Array.from(all.subarray(48, 60)));
    expect(Array.from(features.channels!.subarray(0, 4))).toEqual([0, 1, 2, 3]);
    expect((await readSimilarTemplates(files))!.shape).toEqual([8, 8]);
  });

  it('a real Kilosort 4 folder: 290,360 spikes', async () => {
    const files = filesOf(folderBytes(dataPath('ephys-ks4-np1')));
    const sorting = await readPhy('ks4', files);
    const plain = (name: string): NpyArray => readNpy(fileBytes(dataPath(`ephys-ks4-np1/${name}`)), name);
    expect(sorting.times.length).toBe(plain('spike_times.npy').shape[0]);
    expect([sorting.probe!.x.length, sorting.samplingRate, sorting.parameters!.channels]).toEqual([383, 30_000, 385]);
    expect(sorting.fields.map(({ name }) => name)).toEqual(['Amplitude', 'ContamPct', 'KSLabel', 'group']);
    expect(sorting.unitIds.length).toBeGreaterThan(300);
    expect(sorting.positions!.length).toBe(2 * sorting.times.length);
    expect(unitsInGroup(sorting, 'good').size).toBeGreaterThan(50);
    expect((await readSimilarTemplates(files))!.shape[0]).toBe(403);
  });
});
