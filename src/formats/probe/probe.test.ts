import { describe, expect, it } from 'vitest';
import { isSomascopeError } from '../../base/errors.ts';
import { fileBytes, textBytes } from '../../test/files.ts';
import { damagedCopies } from '../../test/fuzz.ts';
import { dataPath, describeWithData, goldenPath } from '../../test/shared-data.ts';
import { readGeometryTable, readParametersJson, readProbeInterface } from './index.ts';

const json = (value: unknown) => textBytes(JSON.stringify(value));
const two = {
  specification: 'probeinterface',
  probes: [
    {
      si_units: 'um',
      annotations: { model_name: 'A' },
      contact_positions: [
        [0, 5],
        [10, 15],
      ],
      device_channel_indices: [3, -1],
      shank_ids: ['s1', 's0'],
    },
    { si_units: 'mm', contact_positions: [[0.5, 0.02]], device_channel_indices: [0] },
  ],
};

describe('probeinterface JSON', () => {
  it('gives contacts of all probes, their wiring and shanks', () => {
    const probe = readProbeInterface(json(two), 'p.json');
    expect([Array.from(probe.x), Array.from(probe.y)]).toEqual([
      [0, 10, 500],
      [5, 15, 20],
    ]);
    expect([Array.from(probe.column), Array.from(probe.shank), probe.name]).toEqual([[3, -1, 0], [0, 1, 2], 'A']);
  });

  it('is refused where it holds no contacts', () => {
    expect(() => readProbeInterface(json({ probes: [] }), 'p.json')).toThrow(/lists no probes/);
    expect(() => readProbeInterface(json({ probes: [{ contact_positions: [[1]] }] }), 'p.json')).toThrow(/contact 0/);
    for (const { what, bytes } of damagedCopies(json(two), 300, 300)) {
      try {
        const { x, column } = readProbeInterface(bytes, 'p.json');
        expect(column.length, what).toBe(x.length);
      } catch (error) {
        expect(isSomascopeError(error), `${what}: ${error}`).toBe(true);
      }
    }
  });
});

describe('tables of positions', () => {
  it('are x,y a channel, or column,x,y below a header', () => {
    expect(Array.from(readGeometryTable('27,0\n59,0\n27,15\n', 'geom.csv').y)).toEqual([0, 0, 15]);
    const allen = readGeometryTable('idx,x,y\n5,43,20\n2,11,40\n', 'channel_info.csv');
    expect([Array.from(allen.column), Array.from(allen.x)]).toEqual([
      [5, 2],
      [43, 11],
    ]);
  });

  it.each(['', 'a,b\n', '1\n2\n', '1,2\n3\n', '1,2\n3,x\n', '1,2,3,4\n'])('are refused else: %j', (text) => {
    expect(() => readGeometryTable(text, 'geom.csv')).toThrow(/is no geometry/);
  });
});

it('answers any damage to tables and parameters with a typed error', () => {
  const table = textBytes('idx,x,y\n5,43,20\n2,11,40\n');
  const parameters = textBytes('{"samplerate": 30000, "num_channels": 4}');
  for (const { what, bytes } of [...damagedCopies(table, 30, 200), ...damagedCopies(parameters, 40, 200)]) {
    for (const read of [() => readGeometryTable(new TextDecoder().decode(bytes), 'x'), () => readParametersJson(bytes, 'x')]) {
      try {
        read();
      } catch (error) {
        expect(isSomascopeError(error), `${what}: ${error}`).toBe(true);
      }
    }
  }
});

it('reads parameters of several writers', () => {
  expect(readParametersJson(json({ samplerate: 30_000, spike_sign: -1 }), 'params.json')).toMatchObject({
    samplingRate: 30_000,
    channels: Number.NaN,
  });
  const binary = {
    class: 'BinaryRecordingExtractor',
    kwargs: { sampling_frequency: 25_000, num_chan: 4, dtype: 'int16', gain_to_uV: [0.2] },
  };
  expect(readParametersJson(json(binary), 'binary.json')).toEqual({
    samplingRate: 25_000,
    channels: 4,
    offset: Number.NaN,
    gain: 0.2,
    dtype: 'int16',
  });
  expect(() => readParametersJson(json({ name: 'x' }), 'params.json')).toThrow(/neither a sampling rate/);
});

describeWithData('real and golden files', () => {
  it('probes of the library', () => {
    for (const [name, count] of [
      ['NP1000', 960],
      ['NP2000', 1280],
      ['NP1200', 128],
    ] as const) {
      const probe = readProbeInterface(fileBytes(dataPath(`probes/${name}.json`)), name);
      expect([probe.x.length, probe.name, probe.column[count - 1]], name).toEqual([count, name, count - 1]);
    }
  });

  it('the golden probe and table agree', () => {
    const folder = goldenPath('neuropixels/formats');
    const probe = readProbeInterface(fileBytes(`${folder}/probe.json`), 'probe.json');
    const table = readGeometryTable(new TextDecoder().decode(fileBytes(`${folder}/geom.csv`)), 'geom.csv');
    expect([probe.x, probe.y]).toEqual([table.x, table.y]);
    expect(probe.x.length).toBe(32);
    expect(readParametersJson(fileBytes(`${folder}/params.json`), 'params.json').samplingRate).toBe(30_000);
  });
});
