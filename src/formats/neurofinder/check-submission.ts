// What the export dialog says about a submission before it is written: data sets present, regions that cannot be written or
// scored, regions listed twice, exchanged coordinates, and what each reader of the format would reply. Pixels are [row, column].
import type { Region } from '../../base/region.ts';
import { shortName } from './dataset-name.ts';
import { findOutside } from './points.ts';
import { suspectCoordinates } from './regions.ts';
import { findSameRegions } from './same-regions.ts';
import type { Spelling, SubmissionSet } from './submission.ts';
import { DOCUMENT_SETS, SERVER_SETS, SERVER_TEXT, serverReply } from './validate.ts';

export interface CheckedSet extends SubmissionSet {
  /** Rows and columns of the image, where known. */
  readonly height?: number;
  readonly width?: number;
}

export interface SetCheck {
  /** Short name. */
  readonly name: string;
  readonly regions: number;
  /** Indices of regions without pixels, with fractional coordinates, with pixels outside the image. */
  readonly empty: readonly number[];
  readonly fractional: readonly number[];
  readonly outside: readonly number[];
  /** Pairs of regions that hold the same pixels. */
  readonly duplicates: readonly (readonly [number, number])[];
  readonly looksExchanged: boolean;
}

/** A reader of submissions: the source document's format with its seven test sets, or the last server with nine. */
export type Reader = 'document' | 'server';

export interface ReaderReply {
  readonly reader: Reader;
  readonly spelling: Spelling;
  readonly accepted: boolean;
  readonly text: string;
}

export interface ReaderNames {
  readonly reader: Reader;
  readonly expected: number;
  readonly present: readonly string[];
  readonly missing: readonly string[];
  readonly unexpected: readonly string[];
}

export interface SubmissionCheck {
  readonly sets: readonly SetCheck[];
  readonly names: readonly ReaderNames[];
  /** Every reader for every spelling. */
  readonly replies: readonly ReaderReply[];
  /** Keep the file from being written, a sentence each. */
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

const READERS = [
  { reader: 'document', list: DOCUMENT_SETS, key: 'sources' },
  { reader: 'server', list: SERVER_SETS, key: 'regions' },
] as const;
const SPELLINGS: readonly Spelling[] = ['sources', 'regions', 'both'];

export function checkSubmission(sets: readonly CheckedSet[]): SubmissionCheck {
  const checks = sets.map(checkSet);
  const names = READERS.map(({ reader, list }) => compareSets(reader, list, checks));
  const replies = READERS.flatMap((reader) => SPELLINGS.map((spelling) => replyTo(checks, spelling, reader)));
  return { sets: checks, names, replies, ...problemsOf(checks) };
}

function checkSet({ name, regions, height, width }: CheckedSet): SetCheck {
  const frame = height === undefined || width === undefined ? {} : { height, width };
  const where = (test: (region: Region) => boolean) => regions.flatMap((region, index) => (test(region) ? [index] : []));
  return {
    name: shortName(name) ?? name,
    regions: regions.length,
    empty: where(({ points }) => points.length === 0),
    fractional: where(({ points }) => !points.every(Number.isSafeInteger)),
    outside: where((region) => region.dims !== 2 || findOutside(region, frame) !== null),
    duplicates: findSameRegions(regions),
    looksExchanged: suspectCoordinates(regions, frame).looksExchanged,
  };
}

function compareSets(reader: Reader, list: readonly string[], checks: readonly SetCheck[]): ReaderNames {
  const names = new Set(checks.map(({ name }) => name));
  return {
    reader,
    expected: list.length,
    present: list.filter((name) => names.has(name)),
    missing: list.filter((name) => !names.has(name)),
    unexpected: [...names].filter((name) => !list.includes(name)),
  };
}

/** The reply depends on names and shapes only, so the coordinates are left out of the trial. */
function replyTo(checks: readonly SetCheck[], spelling: Spelling, { reader, list, key }: (typeof READERS)[number]): ReaderReply {
  const answers = checks.map(({ name }) => ({
    dataset: name,
    ...(spelling === 'regions' ? {} : { sources: [] }),
    ...(spelling === 'sources' ? {} : { regions: [] }),
  }));
  const { accepted, message } = serverReply(answers, list, key);
  if (!accepted) return { reader, spelling, accepted, text: message ?? SERVER_TEXT.schema };
  const fails = checks.some(({ regions, empty }) => regions === 0 || empty.length > 0);
  return { reader, spelling, accepted: !fails, text: fails ? SERVER_TEXT.scoring : SERVER_TEXT.accepted };
}

function problemsOf(checks: readonly SetCheck[]): { errors: string[]; warnings: string[] } {
  const errors: string[] = [];
  const warnings: string[] = [];
  const seen = new Set<string>();
  for (const { name, regions, empty, fractional, outside, duplicates, looksExchanged } of checks) {
    if (seen.has(name)) errors.push(`Two sets are called ${name}.`);
    seen.add(name);
    if (regions === 0) warnings.push(`${name} has no regions: the server could not score it.`);
    if (empty.length > 0) errors.push(`${name}: ${listed(empty)} without pixels.`);
    if (fractional.length > 0) errors.push(`${name}: ${listed(fractional)} with coordinates that are not whole numbers.`);
    if (outside.length > 0) warnings.push(`${name}: ${listed(outside)} with pixels outside the image.`);
    if (looksExchanged)
      warnings.push(`${name}: rows and columns look exchanged; all pixels lie in the image the other way round.`);
    if (duplicates.length > 0) {
      const [one, other] = duplicates[0]!;
      const count = duplicates.length === 1 ? '1 region is' : `${duplicates.length} regions are`;
      warnings.push(`${name}: ${count} listed twice; the first are regions ${one} and ${other}.`);
    }
  }
  return { errors, warnings };
}

function listed(indices: readonly number[]): string {
  const shown = indices.slice(0, 5).join(', ');
  return `${indices.length === 1 ? 'region' : `${indices.length} regions:`} ${shown}${indices.length > 5 ? ' …' : ''}`;
}
