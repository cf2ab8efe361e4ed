// SpikeGLX metadata (.meta): lines key=value, split at the first '='; tables have keys that begin with '~' (dropped here) and values
// of bracketed groups. Source: https://billkarsh.github.io/SpikeGLX/#metadata-guides
import { SomascopeError } from '../../base/errors.ts';

export interface Meta {
  /** Name of the file, for messages. */
  readonly file: string;
  readonly values: ReadonlyMap<string, string>;
}

export const META_LIMIT = 16 * 2 ** 20;

/** The fields of a .meta file. Throws Invalid where it has none, Unsafe above `META_LIMIT` bytes. */
export function parseMeta(bytes: Uint8Array, file: string): Meta {
  if (bytes.length > META_LIMIT) throw new SomascopeError('Unsafe', 'This .meta file is too large to be one.', { file });
  const values = new Map<string, string>();
  for (const line of new TextDecoder().decode(bytes).split(/\r\n|\n|\r/)) {
    const at = line.indexOf('=');
    if (at > 0) values.set(line.slice(0, at).trim().replace(/^~/, ''), line.slice(at + 1).trim());
  }
  if (!values.has('nSavedChans') && !values.has('typeThis') && !values.has('snsSaveChanSubset')) {
    const hint = 'Drop the .meta file that SpikeGLX wrote beside the recording.';
    throw new SomascopeError('Invalid', 'This is no SpikeGLX .meta file: it says nothing of saved channels.', { file }, hint);
  }
  return { file, values };
}

/** The number that `key` holds; NaN where it is missing or none. */
export function metaNumber({ values }: Meta, key: string): number {
  const text = values.get(key);
  return text === undefined || text === '' ? Number.NaN : Number(text);
}

/** Numbers separated by commas: snsApLfSy=384,0,1; undefined where the key is missing or holds anything else. */
export function metaCounts({ values }: Meta, key: string): number[] | undefined {
  const counts = values.get(key)?.split(',').map(Number);
  return counts?.every((count) => Number.isInteger(count) && count >= 0) ? counts : undefined;
}

/** The groups of a table, `(a b c)(d:e:f)` as texts without brackets; none where the key is missing. */
export function metaGroups({ values }: Meta, key: string): string[] {
  return Array.from(values.get(key)?.matchAll(/\(([^()]*)\)/g) ?? [], (match) => match[1]!);
}

/** Numbers between spaces, commas or colons. */
export function groupNumbers(group: string): number[] {
  return group
    .split(/[\s,:]+/)
    .filter((part) => part !== '')
    .map(Number);
}

/**
 * Acquired numbers of the saved columns: "0:383,768", "2,4,8,12:150" or "all" of `acquired`. Undefined where the text is damaged or
 * names more than `limit` channels.
 */
export function parseSubset(text: string, acquired: number, limit = 1_000_000): number[] | undefined {
  if (/^(all|\*)$/i.test(text.trim())) return Array.from({ length: acquired }, (_, i) => i);
  const numbers: number[] = [];
  for (const part of text.split(',')) {
    const match = /^\s*(\d+)(?::(\d+))?\s*$/.exec(part);
    if (!match) return undefined;
    const from = Number(match[1]);
    const to = Number(match[2] ?? match[1]);
    if (to < from || numbers.length + to - from >= limit) return undefined;
    for (let i = from; i <= to; i++) numbers.push(i);
  }
  return numbers;
}
