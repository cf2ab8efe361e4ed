import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { joinBytes } from '../../../base/bytes.ts';
import { writeFirings } from '../../../formats/mda/index.ts';
import { writeNpy } from '../../../formats/npy/index.ts';
import { orderedSorting } from '../../../formats/sorting.ts';
import { writeSortingNpz } from '../../../formats/sorting-npz/index.ts';
import { folderBytes, textBytes } from '../../../test/files.ts';
import { headOf, listingOf } from '../../../test/listing.ts';
import { dataPath, describeWithData, goldenPath } from '../../../test/shared-data.ts';
import { findEphys } from '../shared/find-ephys.ts';
import { suggestFlat } from './flat-parameters.ts';
import { openFoundMotion, openFoundRecording, openFoundSorting, phyFilesOf } from './open-files.ts';

const raw = Int16Array.from({ length: 400 }, (_, i) => i);
const rawBytes = new Uint8Array(raw.buffer);
const floats = (values: readonly number[], shape = [values.length]) => writeNpy({ data: Float64Array.from(values), shape });
const spikes = orderedSorting({ name: 's', format: 't', samplingRate: 30_000, times: [4, 8, 200], clusters: [1, 2, 1] });

const foundIn = async (files: Parameters<typeof listingOf>[0]) => {
  const listing = listingOf(files);
  const { sets } = await findEphys(listing, headOf(listing));
  return { listing, sets, set: sets[0]! };
};

describe('a dropped folder', () => {
  const files = {
    'd/raw.dat': rawBytes,
    'd/params.py': "dat_path = 'raw.dat'\nn_channels_dat = 4\nsample_rate = 30000.\n",
    'd/spike_times.npy': floats([4, 8, 200]),
    'd/spike_clusters.npy': floats([1, 2, 1]),
    'd/channel_positions.npy': floats([0, 0, 32, 0, 0, 15], [3, 2]),
    'd/channel_map.npy': floats([2, 0, 9]),
    'd/truth.npz': joinBytes(writeSortingNpz(spikes)),
    'd/firings.mda': joinBytes([...writeFirings(spikes, () => 0)]),
    'd/manip.timestamps.npy': floats([0, 10], [2, 1]),
    'd/manip.positions.npy': floats([0, 50], [1, 2]),
  };

  it('opens with its recording, sortings and motion', async () => {
    const { listing, set } = await foundIn(files);
    const recording = await openFoundRecording(listing, set.recording!);
    expect(recording).toMatchObject({ frames: 100, channels: 4, samplingRate: 30_000 });
    expect(await recording.read(50, 51)).toEqual(raw.slice(200, 204));
    expect(Array.from(recording.probe!.column)).toEqual([2, 0, -1]);
    expect(recording.notices[0]).toMatch(/channel_map\.npy: 1 entries are out of range \(9\)/);
    expect(set.sortings.map(({ kind }) => kind).sort()).toEqual(['mda', 'npz', 'phy']);
    for (const found of set.sortings) {
      const sorting = await openFoundSorting(listing, found, { recording });
      expect(Array.from(sorting.clusters), found.kind).toEqual([1, 2, 1]);
      expect(sorting.samplingRate, found.kind).toBe(30_000);
      expect(sorting.notices.join(), found.kind).toMatch(/1 of 3 spikes lie after the end of the recording \(100 frames\)/);
    }
    const motion = await openFoundMotion(listing, set.motions[0]!);
    expect(Array.from(motion.displacement)).toEqual([0, 50]);
    expect([...phyFilesOf(listing, set.sortings.find(({ kind }) => kind === 'phy')!).keys()]).not.toContain('raw.dat');
  });

  it('opens the units that are labelled good on their own', async () => {
    const table = 'cluster_id\tgroup\n1\tgood\n2\tnoise\n';
    const { listing, set } = await foundIn({ ...files, 'd/cluster_group.tsv': table });
    const good = await openFoundSorting(listing, set.sortings.find(({ group }) => group === 'good')!);
    expect([Array.from(good.times), Array.from(good.clusters), Array.from(good.unitIds)]).toEqual([[4, 200], [1, 1], [1]]);
  });

  it('opens a flat file as somebody says, and suggests how', async () => {
    const channels = 32;
    const gain = Array.from({ length: channels }, (_, c) => 500 * Math.sin(7 * c * c));
    const data = Int16Array.from({ length: channels * 3000 }, (_, i) => gain[i % channels]! + ((i * 37) % 20));
    const { listing, set } = await foundIn({ 'x.dat': new Uint8Array(data.buffer) });
    await expect(openFoundRecording(listing, set.recording!)).rejects.toMatchObject({ tag: 'NotRecognised' });
    const { parameters, guesses } = await suggestFlat(listing, set.recording!);
    expect([parameters.channels, guesses[0]!.divides, parameters.dtype]).toEqual([32, true, 'int16']);
    const recording = await openFoundRecording(listing, set.recording!, { flat: { ...parameters, gain: 0.2 } });
    expect([recording.frames, recording.gain[5]]).toEqual([3000, 0.2]);
  });

  it('says that a probe has more electrodes than the recording columns', async () => {
    const { listing, set } = await foundIn({
      'raw.dat': rawBytes,
      'params.json': '{"samplerate": 25000, "num_channels": 4, "gain": 0.195}',
      'geom.csv': '1,1\n2,2\n3,3\n4,4\n5,5\n',
    });
    const recording = await openFoundRecording(listing, set.recording!);
    expect([recording.samplingRate, recording.gain[0], recording.probe!.column[4]]).toEqual([25_000, 0.195, -1]);
    expect(recording.notices[0]).toMatch(/1 electrodes in columns that raw\.dat \(4 columns\) does not have/);
  });

  it('opens of a catalogue in JSON what was dropped along, by name or by SHA-1', async () => {
    const sha1 = createHash('sha1').update(rawBytes).digest('hex');
    const entry = (recordingId: string, raw: string) => ({
      recordingId,
      recordingLabel: `${recordingId} (full)`,
      recordingObject: {
        data: {
          channel_ids: [0],
          channel_map: { 0: 1 },
          channel_positions: { 0: [1, 2] },
          num_frames: 100,
          raw,
          raw_num_channels: 4,
          samplerate: 30_000,
        },
        recording_format: 'bin1',
      },
    });
    const sorting = { sortingId: 'b:curated', sortingObject: { sorting_format: 'npy2', data: { npz_uri: 'truth.npz' } } };
    const known = {
      recordings: [entry('a', 'sha1://1111111111111111111111111111111111111111/lost.dat'), entry('b', `sha1://${sha1}/b.dat`)],
      sortings: [sorting],
    };
    const { listing, set } = await foundIn({
      'known_recordings.json': JSON.stringify(known),
      'renamed.dat': rawBytes,
      'truth.npz': joinBytes(writeSortingNpz(spikes)),
    });
    const recording = await openFoundRecording(listing, set.recording!);
    expect([recording.name, recording.frames, recording.channelIds[1]]).toEqual(['b (full)', 100, '0']);
    const found = set.sortings.find(({ kind }) => kind === 'object')!;
    expect(Array.from((await openFoundSorting(listing, found)).clusters)).toEqual([1, 2, 1]);
  });

  it('opens a saved subset again, with its tables', async () => {
    const { listing, set } = await foundIn({
      'out/a.dat': rawBytes,
      'out/a.channel_locations.csv': '43,20\n11,20\n59,40\n27,40\n',
      'out/a.channel_ids.csv': '0\n1\n2\n3\n',
      'out/a.num_channels.csv': '4\n',
      'out/temp_wh.dat': rawBytes,
    });
    const recording = await openFoundRecording(listing, set.recording!);
    expect([set.name, recording.frames, Array.from(recording.probe!.y)]).toEqual(['a.dat', 100, [20, 20, 40, 40]]);
    expect(recording.samplingRate).toBeNaN();
  });

  it('shows a recording whose probe file is damaged', async () => {
    const { listing, set } = await foundIn({ 'raw.dat': rawBytes, 'params.json': '{"num_channels": 4}', 'geom.csv': '1,2\n3\n' });
    const recording = await openFoundRecording(listing, set.recording!);
    expect([recording.frames, recording.probe]).toEqual([100, undefined]);
    expect(recording.notices).toEqual([
      expect.stringMatching(/positions of the electrodes were left out: geom\.csv is no geometry, at row 2/),
    ]);
  });

  it('opens two lists as the Allen Institute gave them', async () => {
    const { listing, set } = await foundIn({
      'mouse/continuous.dat': rawBytes,
      'mouse/channel_info.csv': 'idx,x,y\n0,43,20\n1,11,20\n',
      'mouse/curated_unit_times.npy': floats([5, 9, 12]),
      'mouse/curated_unit_IDs.npy': floats([100, 7, 100]),
    });
    const found = set.sortings[0]!;
    expect([set.sortings.length, found.kind, set.recording!.probe!.kind]).toEqual([1, 'npy', 'table']);
    const sorting = await openFoundSorting(listing, found, { recording: { frames: 100, samplingRate: 30_000 } });
    expect([Array.from(sorting.unitIds), Array.from(sorting.times), sorting.samplingRate]).toEqual([
      [7, 100],
      [5, 9, 12],
      30_000,
    ]);
  });

  it('refuses an Open Ephys stream that is not in its folder', async () => {
    const stream = (folder: string, rate: number) => ({ folder_name: folder, sample_rate: rate, num_channels: 4, channels: [] });
    const { listing, set } = await foundIn({
      'structure.oebin': JSON.stringify({ continuous: [stream('A/', 1), stream('B/', 2)] }),
      'continuous.dat': rawBytes,
    });
    await expect(openFoundRecording(listing, set.recording!)).rejects.toThrow(/continuous\/A, continuous\/B/);
  });
});

describeWithData('real folders, dropped', () => {
  const dropped = (name: string) =>
    foundIn(Object.fromEntries([...folderBytes(dataPath(name))].map(([file, bytes]) => [`${name}/${file}`, bytes])));

  it('a recording of Open Ephys whose folders were lost', async () => {
    const { listing, set } = await dropped('ephys-openephys-hippocampus');
    const recording = await openFoundRecording(listing, set.recording!);
    expect(recording).toMatchObject({ channels: 16, frames: 66_438, samplingRate: 40_000, notices: [] });
    expect(recording.gain[0]).toBe(0.05);
  });

  it('the output of Kilosort 4, without its recording', async () => {
    const { listing, set } = await dropped('ephys-ks4-np1');
    expect([set.recording, set.sortings.length, set.score]).toEqual([undefined, 2, 0.9]);
    const sorting = await openFoundSorting(listing, set.sortings[0]!);
    expect([sorting.times.length, sorting.samplingRate]).toEqual([290_360, 30_000]);
    expect(sorting.notices).toEqual([]);
    const good = await openFoundSorting(listing, set.sortings[1]!);
    expect([good.unitIds.length, good.times.length < sorting.times.length]).toEqual([253, true]);
  });
});

describeWithData('the golden files, dropped together', () => {
  it('open, each as what it is', async () => {
    const folder = folderBytes(goldenPath('neuropixels/formats'));
    const deep = 'openephys/experiment1/recording1';
    const files = {
      ...Object.fromEntries([...folder].map(([name, bytes]) => [name, bytes])),
      ...Object.fromEntries(
        [...folderBytes(goldenPath(`neuropixels/formats/${deep}`))].map(([name, bytes]) => [`${deep}/${name}`, bytes]),
      ),
      ...Object.fromEntries(
        [...folderBytes(goldenPath(`neuropixels/formats/${deep}/continuous/Neuropix-PXI-100.0`))].map(([name, bytes]) => [
          `${deep}/continuous/Neuropix-PXI-100.0/${name}`,
          bytes,
        ]),
      ),
    };
    files['expected.json'] = textBytes('{}');
    const { listing, sets } = await foundIn(files);
    const opened = [];
    for (const { recording } of sets) {
      const { name, format, frames, channels, notices } = await openFoundRecording(listing, recording!);
      opened.push([name.split('/').at(-1), format, frames, channels, notices]);
    }
    expect(opened.sort()).toEqual([
      ['continuous.dat', 'Open Ephys', 600, 32, []],
      ['raw.mda', 'MDA', 300, 32, []],
      ['raw64dims_f4.mda', 'MDA', expect.any(Number), expect.any(Number), expect.any(Array)],
      ['recording.dat', 'flat binary', 3000, 32, []],
      ['synth_g0_t0.imec0.ap.bin', 'SpikeGLX', 3000, 33, []],
      ['synth_g0_t0.imec0.ap.cbin', 'SpikeGLX', 3000, 33, []],
    ]);
    const sortings = sets.flatMap((set) => set.sortings);
    expect(sortings.map(({ kind }) => kind).sort()).toEqual(['mda', 'npz', 'npz', 'phy', 'phy']);
    for (const found of sortings.filter(({ group }) => !group))
      expect((await openFoundSorting(listing, found)).times.length, found.name).toBe(9);
  });
});
