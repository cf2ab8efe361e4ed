// Writes submission.json and regions.json in pieces, so that a large file is never one string. The bytes depend on the content
// alone: sorted by name, short names, whole numbers, no spaces, a line per region. Coordinates are [row, column], 0-based.
import { SomascopeError } from '../../base/errors.ts';
import type { Region } from '../../base/region.ts';
import { compareNames, shortName } from './dataset-name.ts';

/** The source document says `sources`, the server that followed wants `regions`; a file with both satisfies either. */
export type Spelling = 'sources' | 'regions' | 'both';

export interface SubmissionSet {
  readonly name: string;
  readonly regions: readonly Region[];
}

const KEYS = { sources: ['sources'], regions: ['regions'], both: ['sources', 'regions'] } as const;
const PIECE = 1 << 16;

/** Pieces of submission.json. Everything is checked before the first piece: throws Invalid for a region without pixels, for pixels
 *  that are not pairs of whole numbers (place: data set and region) and for two sets of one name. */
export function writeSubmission(sets: readonly SubmissionSet[], spelling: Spelling): Generator<string, void, void> {
  const named = sets.map(({ name, regions }) => ({ name: shortName(name) ?? name, regions }));
  named.sort((a, b) => compareNames(a.name, b.name));
  named.forEach(({ name, regions }, i) => {
    if (named[i + 1]?.name === name) {
      throw new SomascopeError('Invalid', `Two sets are called ${name}.`, { entry: name }, 'Leave one of them out.');
    }
    requireWhole(regions, name);
  });
  return gather(submissionPieces(named, spelling));
}

/** Pieces of regions.json: `[{"id":…,"coordinates":…}, …]`, ids where given. Throws as writeSubmission does. */
export function writeRegions(
  regions: readonly Region[],
  ids?: readonly (string | number | null)[],
): Generator<string, void, void> {
  requireWhole(regions);
  return gather(regionPieces(regions, ids));
}

function* submissionPieces(sets: readonly SubmissionSet[], spelling: Spelling): Generator<string, void, void> {
  yield '[';
  for (const [i, { name, regions }] of sets.entries()) {
    yield `${i > 0 ? ',' : ''}\n{"dataset":${JSON.stringify(name)}`;
    for (const key of KEYS[spelling]) {
      yield `,"${key}":`;
      yield* listPieces(regions);
    }
    yield '}';
  }
  yield '\n]\n';
}

function* regionPieces(regions: readonly Region[], ids?: readonly (string | number | null)[]): Generator<string, void, void> {
  yield* listPieces(regions, ids);
  yield '\n';
}

function* listPieces(regions: readonly Region[], ids?: readonly (string | number | null)[]): Generator<string, void, void> {
  yield '[';
  for (const [i, { points }] of regions.entries()) {
    const id = ids?.[i] ?? null;
    yield `${i > 0 ? ',' : ''}\n{${id === null ? '' : `"id":${JSON.stringify(id)},`}"coordinates":[`;
    for (let k = 0; k < points.length; k += 2) yield `${k > 0 ? ',' : ''}[${points[k]},${points[k + 1]}]`;
    yield ']}';
  }
  yield regions.length > 0 ? '\n]' : ']';
}

/** Joins small pieces to ones of about 64 KiB. */
function* gather(pieces: Iterable<string>): Generator<string, void, void> {
  let held = '';
  for (const piece of pieces) {
    held += piece;
    if (held.length < PIECE) continue;
    yield held;
    held = '';
  }
  if (held !== '') yield held;
}

function requireWhole(regions: readonly Region[], name?: string): void {
  regions.forEach(({ points, dims }, index) => {
    const place = name === undefined ? { index } : { entry: name, index };
    const refuse = (why: string) => {
      const whose = name === undefined ? '' : ` of ${name}`;
      throw new SomascopeError(
        'Invalid',
        `Region ${index}${whose} ${why}.`,
        place,
        'Remove or redraw the region, then export again.',
      );
    };
    if (points.length === 0) refuse('has no pixels');
    if (dims !== 2) refuse(`has ${dims} numbers a pixel instead of row and column`);
    if (!points.every(Number.isSafeInteger)) refuse('has coordinates that are not whole numbers');
  });
}
