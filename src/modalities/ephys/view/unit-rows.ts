// Rows of the units table: a unit with its measures, filtered and sorted. A filter is words or comparisons: "good", "snr > 3 isi < 0.01".
import type { Sort } from '../../../ui/table-parts.tsx';
import {
  type Definitions,
  definedBy,
  MEASURE_NAMES,
  type MeasureName,
  meetsAll,
  type PresetName,
  type UnitMeasures,
} from '../shared/measures.ts';
import type { Unit } from './units.ts';

export interface UnitRow {
  readonly unit: Unit;
  readonly measures: UnitMeasures;
  /** All criteria of the preset; null where they cannot be judged. */
  readonly passes: boolean | null;
}

export function rowOf(
  unit: Unit,
  measures: UnitMeasures | undefined,
  seconds: number,
  { preset, definitions }: { readonly preset: PresetName; readonly definitions: Definitions },
): UnitRow {
  const counted = {
    ...definedBy(definitions, measures ?? {}),
    spikes: unit.spikes.length,
    rate: seconds > 0 ? unit.spikes.length / seconds : Number.NaN,
  };
  return { unit, measures: counted, passes: preset === 'none' ? null : meetsAll(preset, counted) };
}

type Test = (row: UnitRow) => boolean;

const COMPARISON = /([a-z]+)\s*(<=|>=|<|>|=)\s*(-?[\d.]+(?:e-?\d+)?)/gi;

/** Measures may be named by their short names in any case; what is no comparison must occur in id or label. */
export function parseFilter(text: string): Test {
  const tests: Test[] = [];
  const rest = text.replace(COMPARISON, (whole, name: string, sign: string, number: string) => {
    const measure = MEASURE_NAMES.find((one) => one.toLowerCase() === name.toLowerCase());
    if (!measure) return whole;
    tests.push(({ measures }) => compare(measures[measure], sign, Number(number)));
    return ' ';
  });
  for (const word of rest
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean)) {
    tests.push(({ unit, passes }) => {
      if (word === 'pass') return passes === true;
      if (word === 'fail') return passes === false;
      return unit.name.toLowerCase() === word || unit.label.startsWith(word);
    });
  }
  return (row) => tests.every((test) => test(row));
}

function compare(value: number | undefined, sign: string, limit: number): boolean {
  if (value === undefined || Number.isNaN(value)) return false;
  if (sign === '<') return value < limit;
  if (sign === '>') return value > limit;
  if (sign === '<=') return value <= limit;
  return sign === '>=' ? value >= limit : value === limit;
}

/** Missing values come last, whichever way. */
export function sortRows(rows: readonly UnitRow[], sort: Sort | null): UnitRow[] {
  const value = ({ unit, measures }: UnitRow): number | string => {
    if (!sort || sort.column === 'id') return unit.id;
    if (sort.column === 'label') return unit.label;
    return measures[sort.column as MeasureName] ?? Number.NaN;
  };
  const turn = sort?.descending ? -1 : 1;
  const missing = (one: number | string) => typeof one === 'number' && Number.isNaN(one);
  return [...rows].sort((a, b) => {
    const [x, y] = [value(a), value(b)];
    if (missing(x) || missing(y)) return Number(missing(x)) - Number(missing(y)) || a.unit.id - b.unit.id;
    return (x < y ? -turn : x > y ? turn : 0) || a.unit.id - b.unit.id;
  });
}

/** The rows as the table shows them; the keys walk along them, too. */
export function shownRows(
  rows: readonly UnitRow[],
  { filter, sort }: { readonly filter: string; readonly sort: Sort | null },
): UnitRow[] {
  return sortRows(rows.filter(parseFilter(filter)), sort);
}
