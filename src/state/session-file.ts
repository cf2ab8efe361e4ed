// A session as a file: what is kept of the open data sets, as JSON that a person can read. Typed arrays are written as
// {"array": "Uint16Array", "values": […]}, numbers that JSON lacks as {"number": "NaN"}.
import { SomascopeError } from '../base/errors.ts';
import type { DatasetMark, Kept } from '../base/kept.ts';

/** Of the form of sessions, in files and between visits. */
export const SESSION_VERSION = 1;
/** The first key of every session file. */
const KEY = 'somascope-session';

export interface SessionSet extends DatasetMark, Kept {}

const ARRAYS = { Uint8Array, Int8Array, Uint16Array, Int16Array, Uint32Array, Int32Array, Float32Array, Float64Array } as const;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether a file that begins with `head` says that it is a session. */
export function looksLikeSession(head: string): boolean {
  return new RegExp(`^\\uFEFF?\\s*\\{\\s*"${KEY}"\\s*:`).test(head);
}

export function writeSession(sets: readonly SessionSet[], savedAt: Date): string {
  const datasets = sets.map(({ fingerprint, modality, name, facts, summary, edits, view }) => {
    const mark = { name, facts, modality, fingerprint, summary };
    return { ...mark, view: toJson(view), edits: toJson(edits) };
  });
  return `${JSON.stringify({ [KEY]: SESSION_VERSION, saved: savedAt.toISOString(), datasets })}\n`;
}

/** Throws `Unsupported` for another version and `Invalid` for what is no session; `file` is named in both. */
export function readSession(text: string, file: string): SessionSet[] {
  const whole = parse(text, file);
  const version = isRecord(whole) ? whole[KEY] : undefined;
  if (!isRecord(whole) || version === undefined) throw invalid(file, `it has no "${KEY}"`);
  checkVersion(version, file);
  const { datasets } = whole;
  if (!Array.isArray(datasets)) throw invalid(file, 'it has no list "datasets"');
  return datasets.map((one: unknown, index) => {
    const word = (key: string): string => {
      const value = isRecord(one) ? one[key] : undefined;
      if (typeof value !== 'string') throw invalid(file, `data set ${index + 1} has no text "${key}"`);
      return value;
    };
    const part = (key: string) => fromJson(isRecord(one) ? one[key] : undefined);
    const [fingerprint, modality, name, facts, summary] = ['fingerprint', 'modality', 'name', 'facts', 'summary'].map(word);
    const mark = { fingerprint: fingerprint!, modality: modality!, name: name!, facts: facts!, summary: summary! };
    try {
      return { ...mark, edits: part('edits'), view: part('view') };
    } catch (error) {
      throw invalid(file, error instanceof Error ? error.message : String(error));
    }
  });
}

/** Throws `Unsupported` where work was written in another form than this page's. */
export function checkVersion(version: unknown, file: string): void {
  if (version === SESSION_VERSION) return;
  throw new SomascopeError(
    'Unsupported',
    `This is a session of version ${String(version)}; this page reads version ${SESSION_VERSION}.`,
    { file },
    'Open it with the Somascope that wrote it and export the regions there.',
  );
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw invalid(file, error instanceof Error ? error.message : String(error));
  }
}

function invalid(file: string, why: string): SomascopeError {
  return new SomascopeError('Invalid', `This session cannot be read: ${why}.`, { file }, 'Save it again, or get it again.');
}

function toJson(value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) return { number: String(value) };
  if (Array.isArray(value)) return value.map(toJson);
  if (ArrayBuffer.isView(value)) {
    const name = Object.prototype.toString.call(value).slice(8, -1);
    const values = Array.from(value as Float64Array);
    return { array: name, values: values.every(Number.isFinite) ? values : values.map(toJson) };
  }
  return isRecord(value) ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, toJson(inner)])) : value;
}

function fromJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fromJson);
  if (!isRecord(value)) return value;
  const { array, values, number } = value;
  if (typeof number === 'string') return Number(number);
  if (typeof array !== 'string') return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fromJson(inner)]));
  if (!Object.hasOwn(ARRAYS, array) || !Array.isArray(values)) throw new Error(`"${array}" is no array that is read here`);
  const numbers = values.map((one: unknown) => Number(isRecord(one) ? one['number'] : one));
  return ARRAYS[array as keyof typeof ARRAYS].from(numbers);
}
