import { describe, expect, it } from 'vitest';
import { isSomascopeError } from '../../base/errors.ts';
import { damagedCopies } from '../../test/fuzz.ts';
import { flatSamples, sampleType } from '../flat-binary/index.ts';
import { bytesSource } from '../source.ts';
import { openSpikeGlx, parseMeta, withMeta } from './index.ts';
import { parseSubset } from './meta.ts';

const NP1 = {
  typeThis: 'imec',
  imSampRate: '30000.25',
  nSavedChans: '4',
  acqApLfSy: '8,8,1',
  snsApLfSy: '3,0,1',
  snsSaveChanSubset: '1,4:5,16',
  fileSizeBytes: '80',
  imAiRangeMax: '0.6',
  imDatPrb_type: '0',
  '~imroTbl': `(0,8)${Array.from({ length: 8 }, (_, c) => `(${c} 0 0 ${c === 4 ? 1000 : 500} 250 1)`).join('')}`,
  '~snsShankMap': '(1,2,480)(0:1:0:1)(0:0:2:0)(0:1:2:1)',
};

const metaOf = (fields: Record<string, string | undefined>, end = '\n') => {
  const lines = Object.entries(fields).flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${value}`]));
  return new TextEncoder().encode(lines.join(end));
};
const samples = (columns: number, frames: number) =>
  new Uint8Array(Int16Array.from({ length: columns * frames }, (_, i) => i - 5).buffer);
const open = (fields: Record<string, string | undefined>, bytes: Uint8Array = samples(4, 10)) =>
  openSpikeGlx(bytesSource('run.ap.bin', bytes), parseMeta(metaOf(fields), 'run.ap.meta'));

describe('a saved subset of channels', () => {
  it('takes gains by the acquired number, and sites by the saved one', async () => {
    const recording = open(NP1);
    expect(recording).toMatchObject({ frames: 10, samplingRate: 30_000.25, sync: [3], notices: [], format: 'SpikeGLX' });
    expect(recording.channelIds).toEqual(['AP1', 'AP4', 'AP5', 'SY0']);
    expect(Array.from(recording.gain)).toEqual([2.34375, 1.171875, 2.34375, Number.NaN]);
    expect(Array.from(recording.probe!.x)).toEqual([59, 27, 59]);
    expect(Array.from(recording.probe!.y)).toEqual([0, 40, 40]);
    expect(Array.from(recording.probe!.used)).toEqual([1, 0, 1]);
    expect(Array.from(recording.probe!.channelNumber)).toEqual([1, 4, 5]);
    expect(Array.from(recording.probe!.adcShift!)).toEqual([0, 2 / 13, 2 / 13]);
    expect(Array.from(await recording.read(9, 10))).toEqual([31, 32, 33, 34]);
  });

  it('reads lists of channels, and nothing else', () => {
    expect(parseSubset('2,4,8,12:15', 20)).toEqual([2, 4, 8, 12, 13, 14, 15]);
    expect(parseSubset('all', 3)).toEqual([0, 1, 2]);
    expect(parseSubset('0:9999999', 3)).toBeUndefined();
    expect(parseSubset('1,x', 3)).toBeUndefined();
  });

  it('is read with lines that end in CRLF', () => {
    const meta = parseMeta(metaOf(NP1, '\r\n'), 'run.ap.meta');
    expect(openSpikeGlx(bytesSource('run.ap.bin', samples(4, 10)), meta).probe!.name).toBe('');
  });
});

it('reads the LF band with its own gain, placed by ~imroTbl', () => {
  const recording = open({ ...NP1, snsApLfSy: '0,3,1', snsSaveChanSubset: '9,12,13,16', '~snsShankMap': undefined });
  expect(recording.channelIds).toEqual(['LF1', 'LF4', 'LF5', 'SY0']);
  expect(Array.from(recording.gain.subarray(0, 3))).toEqual([4.6875, 4.6875, 4.6875]);
  expect([Array.from(recording.probe!.x), Array.from(recording.probe!.y)]).toEqual([
    [59, 27, 59],
    [0, 40, 40],
  ]);
});

it('places shanks beside one another by ~snsGeomMap', () => {
  const map = '(NP2014,4,250,70)(0:27:0:1)(2:59:45:1)(3:27:675:0)';
  const { probe, gain } = open({
    ...NP1,
    imDatPrb_type: '2013',
    imDatPrb_pn: 'NP2014',
    imAiRangeMax: '0.62',
    '~snsGeomMap': map,
  });
  expect([Array.from(probe!.x), Array.from(probe!.shank), probe!.name]).toEqual([[27, 559, 777], [0, 2, 3], 'NP2014']);
  expect(gain[0]).toBeCloseTo(3.02734375, 12);
});

it('takes the sampling delay from ~muxTbl where there is one', () => {
  const { probe } = open({ ...NP1, '~muxTbl': '(2,4)(0 4)(1 5)(2 6)(3 7)' });
  expect(Array.from(probe!.adcShift!)).toEqual([1 / 13, 0, 1 / 13]);
});

it('scales the amplifiers of a nidq board one by one, and no digital word', () => {
  const { gain, sync, channelIds, samplingRate } = open({
    typeThis: 'nidq',
    niSampRate: '25000',
    nSavedChans: '4',
    acqMnMaXaDw: '2,1,1,1',
    snsMnMaXaDw: '1,1,1,1',
    snsSaveChanSubset: '1,2,3,4',
    niAiRangeMax: '5',
    niMNGain: '200',
    niMAGain: '2',
    fileSizeBytes: '80',
  });
  expect(channelIds).toEqual(['MN1', 'MA0', 'XA0', 'XD0']);
  expect(Array.from(gain.subarray(0, 3), (g) => g / 152.587890625)).toEqual([1 / 200, 1 / 2, 1]);
  expect([sync, samplingRate, gain[3]]).toEqual([[3], 25_000, Number.NaN]);
});

it('reads a OneBox stream', () => {
  const { channelIds, gain, sync } = open({
    typeThis: 'obx',
    obSampRate: '30303',
    nSavedChans: '4',
    acqXaDwSy: '3,1,1',
    snsXaDwSy: '2,1,1',
    snsSaveChanSubset: '0,2,3,4',
    obAiRangeMax: '5',
    fileSizeBytes: '80',
  });
  expect([channelIds, sync]).toEqual([
    ['XA0', 'XA2', 'XD0', 'SY0'],
    [2, 3],
  ]);
  expect(gain[1]).toBe(152.587890625);
});

describe('bad input', () => {
  it('says that the meta file belongs to a larger recording, and shows the whole frames', async () => {
    const recording = open(NP1, samples(4, 10).subarray(0, 75));
    expect(recording.frames).toBe(9);
    expect(recording.notices).toHaveLength(2);
    expect(recording.notices[0]).toMatch(
      /run\.ap\.bin: its 75 bytes .* do not divide by 4 channels × 2 bytes; 3 bytes are left over/,
    );
    expect(recording.notices[1]).toMatch(/run\.ap\.meta says 80 bytes, run\.ap\.bin has 75: the recording is cut off/);
  });

  it('shows samples of another number of columns without the .meta', () => {
    const meta = parseMeta(metaOf(NP1), 'run.ap.meta');
    const five = flatSamples('run.ap.cbin', [bytesSource('x', samples(5, 10))], {
      type: sampleType('int16', 'x'),
      channels: 5,
      header: 0,
    });
    const recording = withMeta(five, meta, 100);
    expect([recording.frames, recording.gain.length, recording.channelIds.length, recording.probe]).toEqual([
      10,
      5,
      5,
      undefined,
    ]);
    expect(recording.notices).toEqual([expect.stringMatching(/describes 4 columns, run\.ap\.cbin has 5/)]);
  });

  it('reads a recording that was copied while SpikeGLX wrote', () => {
    expect(open({ ...NP1, fileSizeBytes: undefined }).notices[0]).toMatch(/still writing/);
  });

  it('shows counts of a probe whose type it does not know, unless the file has the gain', () => {
    const strange = open({ ...NP1, imDatPrb_type: '9999', imDatPrb_pn: 'NP9' });
    expect(strange.notices).toEqual([
      'run.ap.meta: the probe type 9999 (NP9) is not known. The samples are shown in counts, not µV; check the scale against your own reader.',
    ]);
    expect([Number.isNaN(strange.gain[0]!), strange.probe]).toEqual([true, undefined]);
    const own = open({ ...NP1, imDatPrb_type: '9999', imMaxInt: '2048', imChan0apGain: '100' });
    expect(own.gain[0]).toBeCloseTo(2.9296875, 12);
    expect(own.notices[0]).toMatch(/Its own gain is used/);
  });

  it('says where counts contradict each other, and where maps are short', () => {
    expect(open({ ...NP1, snsApLfSy: '5,0,1' }).notices[0]).toMatch(/nSavedChans is 4, but snsApLfSy adds up to 6/);
    const { probe, notices } = open({ ...NP1, '~snsShankMap': '(1,2,480)(0:1:0:1)(0:0:2:0)' });
    expect([probe!.x.length, notices[0]]).toEqual([2, expect.stringMatching(/2 sites for 3 saved channels; 2 are placed/)]);
  });

  it('refuses a file that is no meta file, and one without channels', () => {
    expect(() => parseMeta(new TextEncoder().encode('hello=1\n'), 'x.meta')).toThrow(/no SpikeGLX \.meta/);
    expect(() => open({ ...NP1, nSavedChans: '-3', snsApLfSy: undefined })).toThrow(/nSavedChans/);
    expect(() => open(NP1, new Uint8Array(5))).toThrow(/no whole frame/);
  });

  it('never throws anything but a typed error', async () => {
    let opened = 0;
    for (const { what, bytes } of damagedCopies(metaOf(NP1), 600, 600)) {
      try {
        const recording = openSpikeGlx(bytesSource('run.ap.bin', samples(4, 10)), parseMeta(bytes, 'run.ap.meta'));
        await recording.read(0, recording.frames);
        expect(recording.channelIds.length, what).toBe(recording.channels);
        expect(recording.gain.length, what).toBe(recording.channels);
        opened++;
      } catch (error) {
        expect(isSomascopeError(error), `${what}: ${error}`).toBe(true);
      }
    }
    expect(opened).toBeGreaterThan(100);
  });
});
