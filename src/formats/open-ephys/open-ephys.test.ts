import { describe, expect, it } from 'vitest';
import { isSomascopeError } from '../../base/errors.ts';
import { fileBytes, textBytes } from '../../test/files.ts';
import { damagedCopies } from '../../test/fuzz.ts';
import { dataPath, describeWithData, goldenPath } from '../../test/shared-data.ts';
import { writeNpy } from '../npy/index.ts';
import { bytesSource } from '../source.ts';
import { openStream, parseStructure, streamAt } from './index.ts';

const structure = {
  'GUI version': '0.6.4',
  continuous: [
    {
      folder_name: 'Probe-100.0/',
      stream_name: 'AP',
      sample_rate: 30_000,
      num_channels: 3,
      channels: [
        { channel_name: 'AP1', bit_volts: 0.195, units: 'uV' },
        { channel_name: 'AP2', bit_volts: 0.195, units: 'uV' },
        { channel_name: 'ADC1', bit_volts: 0.000152587890625, units: 'V' },
      ],
    },
  ],
};
const bytes = textBytes(JSON.stringify(structure));
const data = Int16Array.from({ length: 30 }, (_, i) => i * 11 - 50);
const dat = bytesSource('continuous.dat', new Uint8Array(data.buffer));
const clock = (...values: number[]) =>
  bytesSource('sample_numbers.npy', writeNpy({ data: BigInt64Array.from(values, BigInt), shape: [values.length] }));

it('reads a stream with gains of electrodes and of board inputs', async () => {
  const [stream] = parseStructure(bytes, 'structure.oebin');
  expect(stream).toMatchObject({ folder: 'Probe-100.0', name: 'AP', channelNames: ['AP1', 'AP2', 'ADC1'] });
  const recording = await openStream(dat, stream!, clock(...Array.from({ length: 10 }, (_, i) => 777 + i)));
  expect(recording).toMatchObject({ format: 'Open Ephys', frames: 10, samplingRate: 30_000, firstSample: 777, notices: [] });
  expect(Array.from(recording.gain)).toEqual([0.195, 0.195, 152.587890625]);
  expect(await recording.read(4, 5)).toEqual(data.slice(12, 15));
});

it('takes seconds for what they are', async () => {
  const [stream] = parseStructure(bytes, 'structure.oebin');
  const seconds = bytesSource('timestamps.npy', writeNpy({ data: Float64Array.from({ length: 10 }, () => 5.5), shape: [10] }));
  expect((await openStream(dat, stream!, seconds)).firstSample).toBe(0);
});

it('finds a stream by its folder, or any where all are laid out alike', () => {
  const [stream] = parseStructure(bytes, 'structure.oebin');
  const other = { ...stream!, folder: 'B', samplingRate: 2500 };
  expect(streamAt([other, stream!], 'x/continuous/Probe-100.0/continuous.dat')).toBe(stream);
  expect(streamAt([stream!, { ...stream!, folder: 'C' }], 'continuous.dat')).toBe(stream);
  expect(streamAt([stream!, other], 'continuous.dat')).toBeUndefined();
});

describe('bad input', () => {
  it('says that the clock does not fit, and that the file is cut off', async () => {
    const [stream] = parseStructure(bytes, 'structure.oebin');
    const recording = await openStream(dat, stream!, clock(1, 2, 3));
    expect(recording.notices[0]).toMatch(/numbers 3 samples, the recording has 10/);
    const broken = await openStream(dat, stream!, bytesSource('sample_numbers.npy', new Uint8Array(7)));
    expect([broken.frames, broken.notices[0]]).toEqual([10, expect.stringMatching(/sample_numbers\.npy was left out/)]);
    const cut = bytesSource('continuous.dat', new Uint8Array(data.buffer).subarray(0, 59));
    expect((await openStream(cut, stream!, undefined)).notices[0]).toMatch(/5 bytes are left over/);
  });

  it('refuses what lists no recording', () => {
    expect(() => parseStructure(textBytes('{"continuous": []}'), 's.oebin')).toThrow(/lists no continuous recording/);
    expect(() => parseStructure(textBytes('[1'), 's.oebin')).toThrow(/ends too early/);
  });

  it('answers any damage with streams or a typed error', async () => {
    for (const { what, bytes: damaged } of damagedCopies(bytes, bytes.length, 300)) {
      try {
        const [stream] = parseStructure(damaged, 's.oebin');
        expect(stream!.gain.length, what).toBe(stream!.channels);
        await openStream(dat, stream!, undefined);
      } catch (error) {
        expect(isSomascopeError(error), `${what}: ${error}`).toBe(true);
      }
    }
  });
});

describeWithData('the golden recording', () => {
  it('is read exactly', async () => {
    const folder = goldenPath('neuropixels/formats/openephys/experiment1/recording1');
    const expected = JSON.parse(new TextDecoder().decode(fileBytes(goldenPath('neuropixels/formats/expected.json'))));
    const [stream] = parseStructure(fileBytes(`${folder}/structure.oebin`), 'structure.oebin');
    const path = `${folder}/continuous/${stream!.folder}`;
    const source = bytesSource('continuous.dat', fileBytes(`${path}/continuous.dat`));
    const numbers = bytesSource('sample_numbers.npy', fileBytes(`${path}/sample_numbers.npy`));
    const recording = await openStream(source, stream!, numbers);
    expect(recording).toMatchObject({ channels: 32, samplingRate: 30_000, notices: [], firstSample: 150_000 });
    expect(recording.gain[31]).toBe(0.762939453125);
    expect(Array.from(await recording.read(0, 1))).toEqual(expected.first_sample.slice(0, 32));
  });

  it('and a real one, 16 channels of hippocampus', async () => {
    const source = (name: string) => bytesSource(name, fileBytes(dataPath(`ephys-openephys-hippocampus/${name}`)));
    const streams = parseStructure(fileBytes(dataPath('ephys-openephys-hippocampus/structure.oebin')), 'structure.oebin');
    const stream = streams.find(({ folder }) => folder === 'data_stream_16ch_hippocampus')!;
    const recording = await openStream(source('continuous.dat'), stream, source('timestamps.npy'));
    expect(recording).toMatchObject({ channels: 16, frames: 66_438, notices: [] });
    expect(recording.samplingRate).toBeGreaterThan(1000);
  });
});
