// JSON as other people's programs write it: UTF-8 or UTF-16 with or without byte order mark, and with the bare NaN and Infinity of
// Python's json.dumps, which read as null (a missing value). Syntax errors say line, column and byte.
import { type ErrorPlace, SomascopeError } from '../../base/errors.ts';
import { byteSize } from '../../base/number-format.ts';
import { findJsonBreak } from './json-position.ts';

export const JSON_LIMIT = 256 * 2 ** 20;

export type JsonSource = string | Uint8Array;

/** The parsed value. Throws Unsafe above `limit` bytes (characters of a string), CutOff or Invalid for a syntax error. */
export function parseJson(source: JsonSource, place: ErrorPlace = {}, limit = JSON_LIMIT): unknown {
  if (source.length > limit) {
    const sizes = `${byteSize(source.length)} of JSON; the limit is ${byteSize(limit)}`;
    throw new SomascopeError('Unsafe', `The file holds ${sizes}.`, place, 'Split it into one file per data set.');
  }
  const text = typeof source === 'string' ? source.replace(/^\uFEFF/, '') : decode(source);
  try {
    return JSON.parse(text);
  } catch (cause) {
    const fault = findJsonBreak(text);
    if (fault && /^"-?(NaN|Infinity)/.test(fault.found)) return parseWithoutNaN(text, place);
    throw syntaxError(text, place, cause);
  }
}

function decode(bytes: Uint8Array): string {
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null;
  return new TextDecoder(utf16 ?? 'utf-8').decode(bytes);
}

function parseWithoutNaN(text: string, place: ErrorPlace): unknown {
  const strict = text.replace(/"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g, (token) => (token.startsWith('"') ? token : 'null'));
  try {
    return JSON.parse(strict);
  } catch (cause) {
    throw syntaxError(strict, place, cause);
  }
}

function syntaxError(text: string, place: ErrorPlace, cause: unknown): SomascopeError {
  const fault = findJsonBreak(text);
  if (!fault) return new SomascopeError('Invalid', 'The JSON could not be read.', place, 'Is it nested very deeply?', cause);
  const byte = new TextEncoder().encode(text.slice(0, fault.index)).length;
  const where = `line ${fault.line}, column ${fault.column}`;
  if (fault.cutOff) {
    return new SomascopeError(
      'CutOff',
      `The JSON ends too early, at ${where}.`,
      { ...place, byte },
      'Was the file copied completely?',
      cause,
    );
  }
  return new SomascopeError(
    'Invalid',
    `This is not JSON: ${fault.found} at ${where}.`,
    { ...place, byte },
    'Write the file again.',
    cause,
  );
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a value is, for messages: `an object with the keys error`, `an array of 3 numbers`, `the text "x"`. */
export function describeJson(value: unknown): string {
  if (value === null || value === undefined) return 'nothing (null)';
  if (typeof value === 'string') return `the text ${JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value)}`;
  if (Array.isArray(value)) {
    if (value.length === 0) return 'an empty array';
    const first = Array.isArray(value[0]) ? 'array' : value[0] === null ? 'null' : typeof value[0];
    return `an array of ${value.length} ${first}${value.length === 1 ? '' : 's'}`;
  }
  if (!isRecord(value)) return `the ${typeof value} ${String(value)}`;
  const keys = Object.keys(value);
  if (keys.length === 0) return 'an object without keys';
  const shown = keys.slice(0, 5).map((key) => (key.length > 30 ? `${key.slice(0, 30)}…` : key));
  return `an object with the ${keys.length === 1 ? 'key' : 'keys'} ${shown.join(', ')}${keys.length > 5 ? ' …' : ''}`;
}
