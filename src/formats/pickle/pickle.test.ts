import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isSomascopeError, type SomascopeError } from '../../base/errors.ts';
import { makeRng } from '../../base/rng.ts';
import { PickledArray, type PickleOptions, type PickleValue, readPickle } from './index.ts';

interface Golden {
  readonly read: readonly { readonly name: string; readonly pickle: string; readonly value: unknown }[];
  readonly refused: readonly { readonly name: string; readonly pickle: string; readonly asks: string | null }[];
}

const golden: Golden = JSON.parse(readFileSync(new URL('../../test/golden/pickle/cases.json', import.meta.url), 'utf8'));
const bytesOf = (base64: string) => Uint8Array.from(Buffer.from(base64, 'base64'));

/** The value in the notation of the golden file. */
function plain(value: PickleValue): unknown {
  if (typeof value === 'bigint') return { bigint: String(value) };
  if (value instanceof Uint8Array) return { bytes: [...value] };
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Map) return { dict: [...value].map(([key, item]) => [plain(key), plain(item)]) };
  if (value instanceof PickledArray) {
    const { shape, fortranOrder, data } = value;
    const items = Array.isArray(data)
      ? data.map(plain)
      : Array.from<number | bigint, unknown>(data, (item) => (typeof item === 'bigint' ? String(item) : item));
    return { array: [shape, fortranOrder, items] };
  }
  return value;
}

function refusal(bytes: Uint8Array<ArrayBuffer>, options?: PickleOptions): SomascopeError {
  try {
    readPickle(bytes, options);
  } catch (error) {
    if (isSomascopeError(error) && error.tag !== 'Bug') return error;
    throw error;
  }
  throw new Error('it was read');
}

describe('values that Python and numpy wrote', () => {
  it.each(golden.read.map(({ name, pickle, value }) => [name, pickle, value] as const))('%s', (_name, pickle, value) => {
    expect(plain(readPickle(bytesOf(pickle)))).toEqual(value);
  });

  it('keep what is held twice as one', () => {
    const pickle = golden.read.find(({ name }) => name === 'a list held twice, protocol 4')!.pickle;
    const [first, second] = readPickle(bytesOf(pickle)) as PickleValue[];
    expect(first).toBe(second);
  });
});

describe('what is refused', () => {
  it.each(golden.refused.map(({ name, pickle, asks }) => [name, pickle, asks] as const))('%s', (_name, pickle, asks) => {
    const bytes = bytesOf(pickle);
    const error = refusal(bytes, { place: { file: 'stat.npy' }, firstByte: 128 });
    expect(error.tag).toBe(asks === null ? 'Unsupported' : 'Unsafe');
    expect(error.place.file).toBe('stat.npy');
    const { byte } = error.place;
    // The byte is that of the opcode which names it.
    if (asks !== null) {
      expect(error.message).toContain(`asks for ${asks} at byte ${byte},`);
      expect([0x63, 0x69, 0x93]).toContain(bytes[byte! - 128]);
    }
  });

  const latin = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));
  it.each([
    ['nothing at all', '', 'CutOff'],
    ['a stop with nothing to hand over', '.', 'Invalid'],
    ['an empty stack', 'a.', 'Invalid'],
    ['no mark', 't.', 'Invalid'],
    ['an unknown memo', 'h\x05.', 'Invalid'],
    ['a dict of odd length', '}(K\x01u.', 'Invalid'],
    ['a call of no name', '](K\x01tR.', 'Invalid'],
    ['a state for a number', 'K\x01)b.', 'Invalid'],
    ['a protocol of the future', '\x80\x06N.', 'Unsupported'],
    ['a text of protocol 0', 'I1\n.', 'Unsupported'],
    ['a length beyond the file', 'B\xff\xff\xff\xffx.', 'CutOff'],
    ['a length beyond all files', '\x8e\xff\xff\xff\xff\xff\xff\xff\xffx.', 'CutOff'],
    ['a name without an end', `c${'x'.repeat(2000)}`, 'CutOff'],
    ['an array of objects of another length', 'cnumpy\ndtype\nX\x01\0\0\0O\x85R.', null],
  ] as const)('%s', (_name, text, tag) => {
    if (tag === null) expect(() => readPickle(latin(text))).not.toThrow();
    else expect(refusal(latin(text)).tag).toBe(tag);
  });

  it('too many bytes, too many steps, arrays copied again and again', () => {
    expect(refusal(latin('N0N0N.'), { maxBytes: 5 }).message).toContain('6 B; at most 5 B');
    expect(refusal(latin('N0N0N.'), { maxSteps: 4 }).message).toContain('4 steps');
    const copies = 'cnumpy._core.numeric\n_frombuffer\nq\x00cnumpy\ndtype\nX\x02\0\0\0u1\x85Rq\x01C\xff'.concat(
      'x'.repeat(255),
      'q\x02',
      'h\x00(h\x02h\x01K\xff\x85NtR0'.repeat(200),
      'N.',
    );
    expect(refusal(latin(copies)).message).toContain('copies its arrays too often');
  });
});

describe('damage', () => {
  const samples = golden.read.filter(({ name }) => /(plain|objects|scalars).*protocol [25]/.test(name));

  it.each(samples.map(({ name, pickle }) => [name, pickle] as const))('%s, cut anywhere, is refused', (_name, pickle) => {
    const bytes = bytesOf(pickle);
    for (let length = 0; length < bytes.length; length++) refusal(bytes.slice(0, length));
  });

  it.each(samples.map(({ name, pickle }) => [name, pickle] as const))(
    '%s, with bits flipped or bytes replaced, gives values or a typed error',
    (_name, pickle) => {
      const bytes = bytesOf(pickle);
      const isRead = (copy: Uint8Array<ArrayBuffer>) => {
        try {
          readPickle(copy);
        } catch (error) {
          if (!isSomascopeError(error) || error.tag === 'Bug') throw error;
        }
      };
      for (let bit = 0; bit < bytes.length * 8; bit++) {
        const copy = bytes.slice();
        copy[bit >> 3]! ^= 1 << (bit & 7);
        isRead(copy);
      }
      const rng = makeRng(bytes.length);
      for (let trial = 0; trial < 4000; trial++) {
        const copy = bytes.slice();
        for (let k = 0; k <= rng.below(6); k++) copy[rng.below(copy.length)] = rng.below(256);
        isRead(copy);
      }
    },
  );
});
