// Results of a detector: whole submissions [{"dataset": "00.00.test", "sources": […]}, …] in either spelling, one such object, bare
// lists of regions, objects keyed by data set name, the body that the website posted ({"answers": […]}) and Matlab's wrappers.
import { type ErrorPlace, SomascopeError } from '../../base/errors.ts';
import { shortName } from './dataset-name.ts';
import { describeJson, isRecord, parseJson } from './json.ts';
import { type BadRegion, collectRegions, findRegionList, type RegionOptions, type RegionSet } from './regions.ts';

export type ResultSpelling = 'sources' | 'regions' | 'both' | 'bare';

export interface ResultSet extends RegionSet {
  /** Short name where the label holds one, else the label as it stands, null where there is none. */
  readonly dataset: string | null;
  readonly spelling: ResultSpelling;
}

export interface Results {
  readonly sets: readonly ResultSet[];
  /** Entries that are no result, by position. */
  readonly bad: readonly BadRegion[];
  readonly warnings: readonly string[];
}

export interface ResultOptions extends Omit<RegionOptions, 'place' | 'height' | 'width'> {
  /** Rows and columns of a data set's image, where known. */
  readonly frameOf?: (dataset: string | null) => { readonly height: number; readonly width: number } | undefined;
}

interface Entry {
  readonly label: unknown;
  readonly value: unknown;
}

const HINT = 'Expected is [{"dataset": "00.00.test", "sources": [{"coordinates": [[row, column], …]}, …]}, …].';

/** Reads text, bytes or a parsed value. Throws Invalid (naming what was found) where nothing can be read as results, CutOff or Invalid
 *  for broken JSON, Unsafe above limits. */
export function readResults(source: unknown, place: ErrorPlace = {}, options: ResultOptions = {}): Results {
  const value = typeof source === 'string' || source instanceof Uint8Array ? parseJson(source, place) : source;
  const entries = findEntries(value);
  if (!entries) throw new SomascopeError('Invalid', `There are no results here: found ${describeJson(value)}.`, place, HINT);
  const sets: ResultSet[] = [];
  const bad: BadRegion[] = [];
  entries.forEach(({ label, value: entry }, index) => {
    const list = findRegionList(entry);
    if (!list) {
      bad.push({ index, reason: `holds no regions: it is ${describeJson(entry)}` });
      return;
    }
    const dataset = typeof label === 'string' ? (shortName(label) ?? label) : null;
    const set = collectRegions(list, { ...options, ...options.frameOf?.(dataset), place: { ...place, index } });
    sets.push({ dataset, spelling: spellingOf(entry), ...set });
  });
  if (sets.length === 0 && bad.length > 0) {
    throw new SomascopeError('Invalid', `There are no results here: entry 0 ${bad[0]!.reason}.`, { ...place, index: 0 }, HINT);
  }
  return { sets, bad, warnings: warningsOf(entries, sets, bad) };
}

function findEntries(value: unknown, depth = 0): readonly Entry[] | null {
  if (Array.isArray(value)) {
    const list: readonly unknown[] = value;
    if (list.some((item) => isRecord(item) && !('coordinates' in item) && isNamed(item))) return list.map(entryOf);
  } else if (isRecord(value) && !('coordinates' in value)) {
    if ('answers' in value && depth === 0) return findEntries(value.answers, depth + 1);
    if (isNamed(value)) return [entryOf(value)];
    const keys = Object.keys(value);
    if (keys.length > 0 && keys.every((key) => shortName(key))) return keys.map((key) => ({ label: key, value: value[key] }));
    if (keys.length === 1 && depth < 2) return findEntries(value[keys[0]!], depth + 1);
  }
  const regions = findRegionList(value);
  return regions ? [{ label: null, value: regions }] : null;
}

const isNamed = (item: Readonly<Record<string, unknown>>) => 'dataset' in item || 'regions' in item || 'sources' in item;

const entryOf = (item: unknown): Entry => ({ label: isRecord(item) ? item.dataset : null, value: item });

function spellingOf(entry: unknown): ResultSpelling {
  if (!isRecord(entry)) return 'bare';
  const regions = 'regions' in entry;
  const sources = 'sources' in entry;
  return regions && sources ? 'both' : regions ? 'regions' : sources ? 'sources' : 'bare';
}

function warningsOf(entries: readonly Entry[], sets: readonly ResultSet[], bad: readonly BadRegion[]): string[] {
  const warnings: string[] = [];
  if (entries.length === 0) warnings.push('The list of results is empty.');
  for (const { index, reason } of bad) warnings.push(`Entry ${index} ${reason}.`);
  for (const [index, { label, value }] of entries.entries()) {
    if (!isRecord(value) || !('regions' in value) || !('sources' in value)) continue;
    const [regions, sources] = [value.regions, value.sources].map((list) => findRegionList({ regions: list })?.length ?? 0);
    if (regions === sources) continue;
    const name = typeof label === 'string' ? label : `Entry ${index}`;
    warnings.push(`${name} has ${regions} "regions" and ${sources} "sources"; the "regions" were read.`);
  }
  const seen = new Set<string>();
  for (const { dataset } of sets) {
    if (dataset !== null && seen.has(dataset)) warnings.push(`${dataset} comes more than once.`);
    if (dataset !== null) seen.add(dataset);
  }
  return warnings;
}
