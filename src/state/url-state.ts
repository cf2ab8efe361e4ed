// A view as the hash of the page's address, and back: which data set is meant, then the modality's own values. Pure.
import type { DatasetMark, LinkValues } from '../base/kept.ts';

export interface Link {
  readonly dataset: DatasetMark;
  readonly values: LinkValues;
}

/** Names of the data set's part; a modality's values have other names. */
const MARK = { name: 'set', facts: 'facts', modality: 'kind', fingerprint: 'id' } as const;
const RESERVED: ReadonlySet<string> = new Set(Object.values(MARK));
const FINGERPRINT = /^[0-9a-f]{16}$/;
/** Legal in a hash as they are, and easier to read. */
const PLAIN: Readonly<Record<string, string>> = { '%2C': ',', '%3A': ':', '%3B': ';', '%2F': '/', '%20': '+' };

/** Halves of characters, which file names may hold, cannot be written in an address. */
const whole = (text: string) => text.replace(/\p{Surrogate}/gu, '\uFFFD');
const escaped = (text: string) => encodeURIComponent(whole(text)).replace(/%(2C|3A|3B|2F|20)/g, (code) => PLAIN[code]!);

/** Begins with '#'. Values of reserved names are left out. */
export function encodeLink({ dataset, values }: Link): string {
  const pairs: [string, string][] = [
    ...Object.entries(MARK).map(([key, name]): [string, string] => [name, dataset[key as keyof DatasetMark]]),
    ...Object.entries(values).filter(([name]) => !RESERVED.has(name)),
  ];
  return `#${pairs.map(([name, value]) => `${escaped(name)}=${escaped(value)}`).join('&')}`;
}

/** Null for a hash that is no link. */
export function decodeLink(hash: string): Link | null {
  const given = new Map(new URLSearchParams(hash.replace(/^#/, '')));
  const word = (name: string) => given.get(name) ?? '';
  const dataset = { fingerprint: word('id'), modality: word('kind'), name: word('set'), facts: word('facts') };
  if (!FINGERPRINT.test(dataset.fingerprint) || dataset.modality === '' || dataset.name === '') return null;
  return { dataset, values: Object.fromEntries([...given].filter(([name]) => !RESERVED.has(name))) };
}
