// SHA-1 of dropped files against the catalogue and against the addresses (sha1://…) of dropped object files.
import type { FileListing } from '../../../base/listing.ts';
import { PUBLISHED_RECORDINGS, PUBLISHED_SORTINGS, type PublishedRecording } from './published.ts';

export interface ChecksumInput {
  readonly listing: FileListing;
  /** Entry of the listing. */
  readonly index: number;
}

/** 40 hexadecimal digits. */
export interface Checksum {
  readonly sha1: string;
}

/** An address that an object file names: what it is of, and in which file it stands. */
export interface Sha1Address extends Checksum {
  /** "" where the address has none. */
  readonly name: string;
  readonly file: string;
}

export interface Verdict {
  readonly kind: 'matches' | 'differs' | 'unknown';
  /** "matches the catalogue's raw file of cortexlab-single-phase-3 (full)". */
  readonly text: string;
}

/** Files that the catalogue knows by their SHA-1. */
export function publishedFiles(): { readonly sha1: string; readonly what: string }[] {
  const files: { sha1: string; what: string }[] = [];
  const add = (sha1: string | undefined, what: string) => {
    if (sha1 !== undefined) files.push({ sha1, what });
  };
  for (const { sha1, label, motion } of PUBLISHED_RECORDINGS) {
    add(sha1, `raw file of ${label}`);
    add(motion?.timestamps, `imposed motion's times of ${label}`);
    add(motion?.positions, `imposed motion's positions of ${label}`);
  }
  for (const { times, labels, label } of PUBLISHED_SORTINGS) {
    add(times, `spike times of ${label}`);
    add(labels, `spike labels of ${label}`);
  }
  return files;
}

/**
 * What a file's SHA-1 says. `recordings` are those that the recording may be by name and size, `isRaw` whether this file is its raw
 * one: then another SHA-1 than the published is a difference, not just unknown.
 */
export function judgeChecksum(
  file: { readonly name: string; readonly sha1: string; readonly isRaw: boolean },
  addresses: readonly Sha1Address[],
  recordings: readonly PublishedRecording[],
): Verdict {
  const address = addresses.find(({ sha1 }) => sha1 === file.sha1);
  const published = publishedFiles().filter(({ sha1 }) => sha1 === file.sha1);
  const told = [
    ...(published.length > 0 ? [`the catalogue's ${published.map(({ what }) => what).join(' and ')}`] : []),
    ...(address ? [`the address in ${address.file}`] : []),
  ];
  if (told.length > 0) return { kind: 'matches', text: `matches ${told.join(' and ')}` };
  const named = addresses.find(({ name }) => name !== '' && name.split('/').at(-1) === file.name);
  if (named) return { kind: 'differs', text: `differs from the address in ${named.file} (${named.sha1})` };
  const expected = file.isRaw ? recordings.find(({ sha1 }) => sha1 !== undefined) : undefined;
  if (expected) return { kind: 'differs', text: `differs from the catalogue's raw file of ${expected.label} (${expected.sha1})` };
  return { kind: 'unknown', text: 'is none of the files that the catalogue knows' };
}
