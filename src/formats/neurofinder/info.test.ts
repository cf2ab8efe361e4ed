import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isSomascopeError } from '../../base/errors.ts';
import { dataPath, itWithData } from '../../test/shared-data.ts';
import { readConf, readInfo } from './info.ts';

const read = (value: unknown) => readInfo(JSON.stringify(value));

function tagOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (isSomascopeError(error)) return error.tag;
    throw error;
  }
  return 'read';
}

describe('info.json', () => {
  it('has nothing that must be there', () => {
    expect(read({})).toEqual({ contributors: [], raw: {}, warnings: [] });
  });

  it('takes numbers as text, with units, and keys in other spellings', () => {
    const info = read({
      'Rate-Hz': '7.5 Hz',
      pixels_per_micron: ' 1.15',
      'depth-microns': '-20 µm',
      dimensions: ['512', 490, 3000],
    });
    expect(info).toMatchObject({
      rateHz: 7.5,
      pixelsPerMicron: 1.15,
      depthMicrons: -20,
      dimensions: [512, 490, 3000],
      warnings: [],
    });
  });

  it('takes one contributor as text and an id that is a number', () => {
    expect(read({ contributors: 'A. Author', id: 12 })).toMatchObject({ contributors: ['A. Author'], id: '12' });
  });

  it('warns of garbage and leaves the value out', () => {
    const info = read({ 'rate-hz': 'fast', 'pixels-per-micron': 0, lab: ['x'], dimensions: [512, -1], animal: null, region: '' });
    expect(info.warnings).toEqual([
      '"lab" is an array of 1 string instead of a text.',
      '"pixels-per-micron" is the number 0 instead of a positive number.',
      '"rate-hz" is the text "fast" instead of a positive number.',
      '"dimensions" is an array of 2 numbers instead of [rows, columns, frames].',
    ]);
    for (const key of ['rateHz', 'pixelsPerMicron', 'lab', 'dimensions', 'animal', 'region'])
      expect(info).not.toHaveProperty(key);
    expect(info.raw['rate-hz']).toBe('fast');
  });

  it('refuses what is no description', () => {
    expect(tagOf(() => read([1]))).toBe('Invalid');
    expect(tagOf(() => readInfo('{"a":'))).toBe('CutOff');
    expect(tagOf(() => readInfo(`{"a":"${'x'.repeat(2 ** 20)}"}`))).toBe('Unsafe');
    expect(tagOf(() => readInfo(`{"a":${'['.repeat(5000)}${']'.repeat(5000)}}`))).toBe('Unsafe');
  });

  itWithData('of 00.00 reads whole', () => {
    const info = readInfo(readFileSync(dataPath('neurofinder/neurofinder.00.00.info.json')));
    expect(info).toMatchObject({
      rateHz: 7,
      pixelsPerMicron: 1.15,
      depthMicrons: 196,
      dimensions: [512, 512, 3024],
      indicator: 'GCaMP6s',
      region: 'vS1',
      lab: 'Svoboda Lab',
      animalState: 'Awake head-fixed',
      warnings: [],
    });
    expect(info.contributors).toHaveLength(1);
    expect(Object.keys(info.raw)).toHaveLength(14);
  });
});

describe('conf.json', () => {
  it('gives frame size and type', () => {
    expect(readConf('{"dims": [498, 490], "dtype": "uint16"}')).toEqual({ height: 498, width: 490, dtype: 'uint16' });
    expect(readConf('{"dims": [498, "490"]}')).toEqual({ height: 498, width: 490, dtype: 'uint16' });
  });

  it('is refused without them', () => {
    for (const text of ['[]', '{}', '{"dims": [512]}', '{"dims": [0, 512]}', '{"dims": [512, 99999]}', '{"dims": [1.5, 2]}']) {
      expect(
        tagOf(() => readConf(text)),
        text,
      ).toBe('Invalid');
    }
    for (const dtype of ['"complex64"', '"toString"', '3']) {
      expect(
        tagOf(() => readConf(`{"dims":[8,8],"dtype":${dtype}}`)),
        dtype,
      ).toBe('Unsupported');
    }
  });
});
