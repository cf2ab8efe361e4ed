import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSomascopeError, type SomascopeError } from '../../base/errors.ts';
import { describeJson, type JsonSource, parseJson } from './json.ts';
import { findJsonBreak } from './json-position.ts';

function refusal(source: JsonSource, limit?: number): SomascopeError {
  try {
    parseJson(source, { file: 'x.json' }, limit);
  } catch (error) {
    if (isSomascopeError(error)) return error;
    throw error;
  }
  throw new Error('was read');
}

describe('the place of a syntax error', () => {
  it.each([
    ['[1,\n 2,,3]', 2, 4, '","'],
    ['{"a":1 "b":2}', 1, 8, '"\\""'],
    ["{'a':1}", 1, 2, '"\'"'],
    ['[01]', 1, 3, '"1"'],
    ['["a\tb"]', 1, 4, '"\\t"'],
    ['["\\x"]', 1, 3, '"\\\\"'],
    ['[true, nul]', 1, 8, '"nul"'],
    ['[1] [2]', 1, 5, '"["'],
    ['[1,]', 1, 4, '"]"'],
    ['{"a":[1}', 1, 8, '"}"'],
  ])('of %s', (text, line, column, found) => {
    expect(findJsonBreak(text)).toMatchObject({ line, column, found, cutOff: false });
  });

  it('is found exactly in what JSON.parse refuses', () => {
    const noise = fc
      .array(fc.constantFrom(...'{}[],:"\\ \n-+.0123eEtruefalsn\u0001'), { maxLength: 12 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.oneof(noise, fc.json()), (text) => {
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
        }
        expect(findJsonBreak(text) === null).toBe(valid);
      }),
      { numRuns: 4000 },
    );
  });

  it('is the end of every text that was cut', () => {
    const text = JSON.stringify([{ dataset: '00.00.test', regions: [{ coordinates: [[1, 2.5e3]] }], x: null, y: 'é\n' }]);
    for (let length = 0; length < text.length; length++) {
      expect(findJsonBreak(text.slice(0, length))).toMatchObject({ index: length, cutOff: true });
    }
  });

  it('counts bytes, not characters', () => {
    expect(refusal('["é", ?]')).toMatchObject({
      tag: 'Invalid',
      place: { file: 'x.json', byte: 7 },
      message: 'This is not JSON: "?" at line 1, column 7.',
    });
    expect(refusal('[[1,2],')).toMatchObject({ tag: 'CutOff', place: { byte: 7 } });
    expect(refusal('')).toMatchObject({ tag: 'CutOff', place: { byte: 0 } });
  });
});

describe('reading', () => {
  it('takes UTF-8 and UTF-16 with byte order marks', () => {
    const utf16 = Uint8Array.from([0xff, 0xfe, ...[...'[1]'].flatMap((char) => [char.charCodeAt(0), 0])]);
    expect(parseJson(utf16)).toEqual([1]);
    expect(parseJson('\uFEFF[1]')).toEqual([1]);
    expect(parseJson(new TextEncoder().encode('\uFEFF["ä"]'))).toEqual(['ä']);
  });

  it("takes Python's NaN and Infinity as missing, and leaves texts alone", () => {
    expect(parseJson('{"a": NaN, "b": [-Infinity, Infinity], "c": "NaN \\" NaN"}')).toEqual({
      a: null,
      b: [null, null],
      c: 'NaN " NaN',
    });
    expect(refusal('[NaN, ?]').message).toContain('"?"');
  });

  it('refuses what is too large or too deep to be data', () => {
    expect(refusal('[1,2,3]', 6)).toMatchObject({ tag: 'Unsafe' });
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    try {
      parseJson(deep);
    } catch (error) {
      expect(isSomascopeError(error)).toBe(true);
    }
    expect(findJsonBreak(deep)).toBeNull();
  });

  it('says what a value is', () => {
    const values = [{ error: 1 }, {}, [], [1, 2], [[1]], [{}], [null], 'x', 3, true, null];
    expect(values.map(describeJson)).toEqual([
      'an object with the key error',
      'an object without keys',
      'an empty array',
      'an array of 2 numbers',
      'an array of 1 array',
      'an array of 1 object',
      'an array of 1 null',
      'the text "x"',
      'the number 3',
      'the boolean true',
      'nothing (null)',
    ]);
  });
});
