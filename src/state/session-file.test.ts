// Sessions as files: all that is kept comes back as it was; another version and what is no session are refused with a reason.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSomascopeError } from '../base/errors.ts';
import { looksLikeSession, readSession, SESSION_VERSION, type SessionSet, writeSession } from './session-file.ts';

const SET: SessionSet = {
  fingerprint: '0123456789abcdef',
  modality: 'calcium',
  name: '00.00',
  facts: '3,024 frames of 512 × 512',
  summary: '2 regions',
  edits: {
    points: Uint16Array.of(1, 2, 3, 65535),
    confidence: Float64Array.of(0.25, Number.NaN),
    notes: ['ring', Number.POSITIVE_INFINITY],
  },
  view: { frame: '12' },
};

function refusal(text: string): { tag: string; message: string } {
  try {
    readSession(text, 'my.session.json');
  } catch (error) {
    if (isSomascopeError(error)) {
      expect(error.place.file).toBe('my.session.json');
      return error;
    }
    throw error;
  }
  throw new Error('it was read');
}

describe('a session that was written', () => {
  it('is read as it was, arrays and missing values too', () => {
    expect(readSession(writeSession([SET, { ...SET, name: '01.00' }], new Date()), 'a')).toEqual([
      SET,
      { ...SET, name: '01.00' },
    ]);
  });

  it('is known by its first bytes, regions are not', () => {
    expect(looksLikeSession(writeSession([SET], new Date()).slice(0, 64))).toBe(true);
    expect(looksLikeSession('[{"coordinates": [[1, 2]]}]')).toBe(false);
    expect(looksLikeSession('{"regions": "somascope-session"}')).toBe(false);
  });

  it('keeps any edits', () => {
    const number = fc.double();
    const leaf = fc.oneof(
      number,
      fc.string(),
      fc.boolean(),
      fc.constant(null),
      fc.float64Array(),
      fc.uint16Array(),
      fc.array(number),
    );
    // The keys that stand for arrays and numbers are no keys of what is kept.
    const key = fc.string().filter((name) => !['array', 'number', '__proto__'].includes(name));
    fc.assert(
      fc.property(fc.dictionary(key, leaf, { noNullPrototype: true }), (edits) => {
        const [back] = readSession(writeSession([{ ...SET, edits }], new Date()), 'a');
        expect(withoutSign(back!.edits)).toEqual(withoutSign(edits));
      }),
    );
  });
});

/** JSON has no −0. */
function withoutSign(value: unknown): unknown {
  return JSON.stringify(value, (_, one: unknown) =>
    typeof one === 'number' ? String(one + 0 || (Number.isNaN(one) ? one : 0)) : one,
  );
}

describe('what is refused', () => {
  it('another version, with both versions named', () => {
    const later = writeSession([SET], new Date()).replace(`:${SESSION_VERSION},`, `:${SESSION_VERSION + 1},`);
    const { tag, message } = refusal(later);
    expect(tag).toBe('Unsupported');
    expect(message).toContain(`version ${SESSION_VERSION + 1}`);
    expect(message).toContain(`version ${SESSION_VERSION}.`);
  });

  it.each([
    ['a cut file', writeSession([SET], new Date()).slice(0, 80)],
    ['another file', '{"a": 1}'],
    ['a session without sets', `{"somascope-session": ${SESSION_VERSION}}`],
    ['a set without a name', `{"somascope-session": ${SESSION_VERSION}, "datasets": [{"fingerprint": "0"}]}`],
    ['an unknown array', writeSession([SET], new Date()).replace('Uint16Array', 'constructor')],
  ])('%s', (_, text) => {
    expect(refusal(text).tag).toBe('Invalid');
  });
});
