// info.json of a data set (neurofinder zips): every key may be missing, and numbers may come as text. `dimensions` is
// [rows, columns, frames]; rate in Hz, depth in µm. Also images/conf.json of the 2015 layout, which says how frames are stored.
import { type ErrorPlace, SomascopeError } from '../../base/errors.ts';
import { BYTES, type DType } from '../../base/ndarray.ts';
import { describeJson, isRecord, type JsonSource, parseJson } from './json.ts';

export interface NeurofinderInfo {
  readonly id?: string;
  readonly lab?: string;
  readonly contributors: readonly string[];
  readonly location?: string;
  readonly animal?: string;
  readonly animalState?: string;
  readonly experiment?: string;
  readonly method?: string;
  readonly indicator?: string;
  /** Brain region. */
  readonly region?: string;
  readonly depthMicrons?: number;
  readonly pixelsPerMicron?: number;
  readonly rateHz?: number;
  /** [rows, columns] or [rows, columns, frames]; the number of frame files may differ. */
  readonly dimensions?: readonly number[];
  /** Everything as it stands in the file, for display. */
  readonly raw: Readonly<Record<string, unknown>>;
  /** What could not be used, a sentence each. */
  readonly warnings: readonly string[];
}

export interface FrameLayout {
  readonly height: number;
  readonly width: number;
  readonly dtype: DType;
}

/** Bytes and nesting that a description may have. */
export const INFO_LIMIT = 2 ** 20;
export const INFO_DEPTH = 8;
const EXTENT_LIMIT = 32_768;

/** Throws Invalid where the file is no JSON object, Unsafe above 1 MiB or 8 levels; garbage under a known key is a warning. */
export function readInfo(source: JsonSource, place: ErrorPlace = {}): NeurofinderInfo {
  const raw = parseJson(source, place, INFO_LIMIT);
  if (!isRecord(raw)) {
    throw new SomascopeError(
      'Invalid',
      `info.json holds ${describeJson(raw)} instead of an object.`,
      place,
      'The movie opens without it.',
    );
  }
  if (isDeeper(raw, INFO_DEPTH))
    throw new SomascopeError('Unsafe', `The file is nested deeper than ${INFO_DEPTH} levels.`, place);
  const values = new Map(
    Object.entries(raw).map(([key, value]) => [
      key
        .trim()
        .toLowerCase()
        .replace(/[\s_]+/g, '-'),
      value,
    ]),
  );
  const warnings: string[] = [];
  const complain = (key: string, value: unknown, wanted: string) => {
    warnings.push(`"${key}" is ${describeJson(value)} instead of ${wanted}.`);
    return undefined;
  };
  const text = (key: string): string | undefined => {
    const value = values.get(key);
    if (value === undefined || value === null || value === '') return undefined;
    return typeof value === 'string' || typeof value === 'number' ? String(value) : complain(key, value, 'a text');
  };
  const number = (key: string, least: number): number | undefined => {
    const value = values.get(key);
    if (value === undefined || value === null || value === '') return undefined;
    const parsed = toNumber(value);
    return parsed !== undefined && parsed > least ? parsed : complain(key, value, least === 0 ? 'a positive number' : 'a number');
  };
  const known = {
    id: text('id'),
    lab: text('lab'),
    location: text('location'),
    animal: text('animal'),
    animalState: text('animal-state'),
    experiment: text('experiment'),
    method: text('method'),
    indicator: text('indicator'),
    region: text('region'),
    depthMicrons: number('depth-microns', -Infinity),
    pixelsPerMicron: number('pixels-per-micron', 0),
    rateHz: number('rate-hz', 0),
    dimensions: dimensionsOf(values.get('dimensions'), (value) => complain('dimensions', value, '[rows, columns, frames]')),
  };
  const present = Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined)) as Partial<typeof known>;
  return { ...present, contributors: namesOf(values.get('contributors')), raw, warnings };
}

/** images/conf.json: {"dims": [rows, columns], "dtype": "uint16"}. Its frames are headerless and column-major.
 *  Throws Invalid or Unsupported, because frames cannot be read without it. */
export function readConf(source: JsonSource, place: ErrorPlace = {}): FrameLayout {
  const raw = parseJson(source, place, INFO_LIMIT);
  const dims = isRecord(raw) ? dimensionsOf(raw.dims, () => undefined) : undefined;
  if (!isRecord(raw) || !dims || dims[0]! > EXTENT_LIMIT || dims[1]! > EXTENT_LIMIT) {
    const found = isRecord(raw) && 'dims' in raw ? `"dims" is ${describeJson(raw.dims)}` : describeJson(raw);
    throw new SomascopeError(
      'Invalid',
      `conf.json gives no frame size: ${found}.`,
      place,
      'It should say {"dims": [512, 512], "dtype": "uint16"}.',
    );
  }
  const dtype = raw.dtype ?? 'uint16';
  if (typeof dtype !== 'string' || !Object.hasOwn(BYTES, dtype)) {
    const names = Object.keys(BYTES).join(', ');
    throw new SomascopeError(
      'Unsupported',
      `conf.json says that pixels are ${describeJson(dtype)}.`,
      place,
      `Known are ${names}.`,
    );
  }
  return { height: dims[0]!, width: dims[1]!, dtype: dtype as DType };
}

/** A finite number, also from text, with or without a unit behind it ("7", "7.5 Hz"). */
function toNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string') return undefined;
  const match = /^\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*[a-zµμ/%]*\s*$/i.exec(value);
  const parsed = match ? Number(match[1]) : Number.NaN;
  return Number.isFinite(parsed) ? parsed : undefined;
}

function dimensionsOf(value: unknown, complain: (value: unknown) => undefined): readonly number[] | undefined {
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value) || value.length < 2 || value.length > 4) return complain(value);
  const numbers = value.map(toNumber);
  const whole = numbers.every((extent) => extent !== undefined && Number.isSafeInteger(extent) && extent > 0);
  return whole ? (numbers as number[]) : complain(value);
}

function namesOf(value: unknown): string[] {
  if (typeof value === 'string') return value === '' ? [] : [value];
  return Array.isArray(value) ? value.filter((name) => typeof name === 'string') : [];
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}
