// Opens a data set: metadata only.
import { type PlainError, placed, SomascopeError, toPlain } from '../../../base/errors.ts';
import type { JobContext } from '../../../base/job.ts';
import { baseName, entryAt, type FileListing } from '../../../base/listing.ts';
import { entryBytes } from '../../../formats/listing.ts';
import { compareNames, isTestSet, shortName } from '../../../formats/neurofinder/dataset-name.ts';
import { type NeurofinderInfo, readInfo } from '../../../formats/neurofinder/info.ts';
import { readRegions } from '../../../formats/neurofinder/regions.ts';
import { findSets } from '../shared/find-sets.ts';
import type { CalciumInfo, MovieFacts, RegionSet } from '../shared/info.ts';
import type { Movie } from '../shared/movie.ts';
import { openMovie, placeOf } from './open-movie.ts';

export async function open(listing: FileListing, root: string, { signal }: JobContext): Promise<CalciumInfo> {
  const set = findSets(listing).find((one) => one.root === root);
  if (!set) throw new SomascopeError('Bug', `There is no data set at ${root}.`);
  const warnings: string[] = [];
  const faults: PlainError[] = [];
  const info =
    set.info === undefined || set.kind === 'neurofinder-2015' ? null : await readInfoSafely(listing, set.info, warnings, faults);
  const movie = await openMovie(listing, set, signal);
  const truth = set.regions === undefined ? null : await readTruth(listing, set.regions, movie, warnings, faults);
  const declared = info?.dimensions?.[2];
  if (declared !== undefined && declared !== movie.frames) {
    warnings.push(`info.json declares ${declared} frames; there are ${movie.frames}, which is what counts.`);
  }
  const short = shortName(set.name) ?? shortName(info?.id ?? '') ?? set.name;
  return {
    shortName: short,
    kind: truth ? 'training' : isTestSet(short) ? 'test' : 'movie',
    movie,
    facts: factsOf(info),
    truth,
    texts: set.texts
      .map((entry) => ({ path: listing.paths[entry]!, entry, size: entryAt(listing, entry).size }))
      .sort((a, b) => compareNames(a.path, b.path)),
    warnings,
    faults,
  };
}

async function readText(listing: FileListing, entry: number): Promise<Uint8Array<ArrayBuffer>> {
  return entryBytes(entryAt(listing, entry));
}

/** A broken info.json does not keep the movie from opening. */
async function readInfoSafely(
  listing: FileListing,
  entry: number,
  warnings: string[],
  faults: PlainError[],
): Promise<NeurofinderInfo | null> {
  try {
    const info = readInfo(await readText(listing, entry), placeOf(listing, entry));
    warnings.push(...info.warnings);
    return info;
  } catch (error) {
    if (!(error instanceof SomascopeError)) throw error;
    warnings.push(`info.json cannot be used: ${error.message}`);
    faults.push(toPlain(placed(error, placeOf(listing, entry))));
    return null;
  }
}

async function readTruth(
  listing: FileListing,
  entry: number,
  movie: Movie,
  warnings: string[],
  faults: PlainError[],
): Promise<RegionSet | null> {
  try {
    const {
      regions,
      ids,
      bad,
      warnings: told,
    } = readRegions(await readText(listing, entry), {
      height: movie.height,
      width: movie.width,
      place: placeOf(listing, entry),
    });
    warnings.push(...told.map((text) => `${baseName(listing.paths[entry]!)}: ${text}`));
    return { regions, ids: ids.map((id, i) => id ?? i), bad, warnings: told };
  } catch (error) {
    if (!(error instanceof SomascopeError)) throw error;
    warnings.push(`The ground truth cannot be used: ${error.message}`);
    faults.push(toPlain(placed(error, placeOf(listing, entry))));
    return null;
  }
}

function factsOf(info: NeurofinderInfo | null): MovieFacts {
  const record = Object.fromEntries(
    Object.entries(info?.raw ?? {}).map(([key, value]) => [key, Array.isArray(value) ? value.join(', ') : String(value)]),
  );
  return {
    rateHz: info?.rateHz ?? null,
    pixelsPerMicron: info?.pixelsPerMicron ?? null,
    dimensions: info?.dimensions ?? null,
    record,
  };
}
