// The part of Python's literal syntax that npy headers and phy's params.py use: dicts, tuples, lists, strings, numbers, True, False
// and None. Anything else (names, calls, operators) is refused: what is read here is data, never code.
// Format: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
import { SomascopeError } from '../base/errors.ts';

export type Literal = string | number | boolean | null | readonly Literal[] | ReadonlyMap<string, Literal>;

const MAX_DEPTH = 16;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\', "'": "'", '"': '"' };
const HEX_ESCAPES: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

export interface LiteralRules {
  /** What is being read, for messages. */
  readonly subject: string;
  readonly hint: string;
  /** Whether numbers may have decimals and strings the prefixes r, u and b. */
  readonly decimals: boolean;
}

const NPY_HEADER: LiteralRules = {
  subject: 'The npy header',
  hint: 'Write the array again with numpy.save.',
  decimals: false,
};

/** The value that `text` spells; throws `Invalid` with the character (from `firstByte` on) that does not belong. */
export function parseLiteral(text: string, file: string, firstByte: number, rules = NPY_HEADER): Literal {
  let at = 0;

  const fail = (what: string): never => {
    const place = { file, byte: firstByte + at };
    throw new SomascopeError('Invalid', `${rules.subject} is not a plain description: ${what}.`, place, rules.hint);
  };
  const skipSpace = () => {
    while (at < text.length && ' \t\n\r'.includes(text[at]!)) at++;
  };
  const readString = (isRaw: boolean): string => {
    const quote = text[at++];
    let value = '';
    for (;;) {
      const char = text[at++];
      if (char === undefined || char === '\n') return fail('a string has no end');
      if (char === quote) return value;
      value += char === '\\' && !isRaw ? readEscape() : char;
    }
  };
  const readEscape = (): string => {
    const char = text[at++] ?? '';
    const digits = HEX_ESCAPES[char];
    if (digits === undefined) return ESCAPES[char] ?? fail('unknown escape in a string');
    const hex = text.slice(at, at + digits);
    if (!/^[0-9a-fA-F]+$/.test(hex) || hex.length < digits || Number.parseInt(hex, 16) > 0x10ffff)
      return fail('unknown escape in a string');
    at += digits;
    return String.fromCodePoint(Number.parseInt(hex, 16));
  };
  const readWord = (): Literal => {
    const word = /^[-+]?\w*/.exec(text.slice(at, at + 32))![0];
    if (word === 'True' || word === 'False') at += word.length;
    if (word === 'True') return true;
    if (word === 'False') return false;
    if (word === 'None') {
      at += 4;
      return null;
    }
    const decimal = rules.decimals && /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?(?!\w)/i.exec(text.slice(at, at + 40))?.[0];
    if (decimal) {
      at += decimal.length;
      return Number(decimal);
    }
    // Python 2 wrote long integers with a trailing L.
    if (!/^[-+]?\d+L?$/.test(word)) return fail(`unexpected ${JSON.stringify(text.slice(at, at + 16))}`);
    const value = Number.parseInt(word, 10);
    if (!Number.isSafeInteger(value)) return fail(`the number ${word} is too large`);
    at += word.length;
    return value;
  };
  const readSequence = (close: string, depth: number): Literal => {
    at++;
    const items: Literal[] = [];
    let commas = 0;
    for (;;) {
      skipSpace();
      if (text[at] === close) break;
      items.push(readValue(depth + 1));
      skipSpace();
      if (text[at] === ',') {
        at++;
        commas++;
      } else if (text[at] !== close) return fail('a comma is missing in a list');
    }
    at++;
    // (3) is just 3 in brackets; (3,) is a tuple.
    return close === ')' && items.length === 1 && commas === 0 ? items[0]! : items;
  };
  const readDict = (depth: number): Literal => {
    at++;
    const entries = new Map<string, Literal>();
    for (;;) {
      skipSpace();
      if (text[at] === '}') break;
      const key = readValue(depth + 1);
      if (typeof key !== 'string') return fail('a key is not a string');
      if (entries.has(key)) return fail(`the key ${JSON.stringify(key)} is there twice`);
      skipSpace();
      if (text[at++] !== ':') return fail('a colon is missing after a key');
      entries.set(key, readValue(depth + 1));
      skipSpace();
      if (text[at] === ',') at++;
      else if (text[at] !== '}') return fail('a comma is missing after a value');
    }
    at++;
    return entries;
  };
  const readValue = (depth: number): Literal => {
    if (depth > MAX_DEPTH) return fail('brackets are nested too deeply');
    skipSpace();
    const char = text[at];
    if (char === '{') return readDict(depth);
    if (char === '(') return readSequence(')', depth);
    if (char === '[') return readSequence(']', depth);
    if (char === "'" || char === '"') return readString(false);
    const prefix = rules.decimals ? /^[rub]{1,2}(?=['"])/i.exec(text.slice(at, at + 3))?.[0] : undefined;
    if (prefix) at += prefix.length;
    if (prefix) return readString(/r/i.test(prefix));
    return readWord();
  };

  const value = readValue(0);
  skipSpace();
  if (at < text.length) fail('something follows the closing bracket');
  return value;
}
