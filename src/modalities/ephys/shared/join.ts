// Sortings and imposed motions that are dropped after the recording or sorting that they belong to: whether they fit, and how they are
// called beside what is there.
import type { Motion } from '../../../base/motion.ts';
import { grouped } from '../../../base/number-format.ts';
import type { Sorting } from '../../../base/sorting.ts';
import type { FoundSorting } from './found.ts';

/** What a later drop has to fit: an open data set. */
export interface Host {
  readonly name: string;
  /** Frames of its recording; null where only a sorting is open. */
  readonly frames: number | null;
  /** Hz; NaN where nothing says it. */
  readonly rate: number;
}

/** Clocks of one probe are told to a few digits: 30000 and 30000.39 Hz are the same. */
const SAME_RATE = 1e-3;
/** A protocol may be written down a little longer than the recording. */
const SAME_LENGTH = 1.01;

/** With at most two decimals, where they tell two values apart. */
const precise = (value: number) => value.toLocaleString('en-US', { maximumFractionDigits: 2 });

/** Why the sorting is none of the host's, in a sentence with both values; null where it may be one. Unknown rates fit. */
export function sortingMisfit(
  { name, times, samplingRate }: Pick<Sorting, 'name' | 'times' | 'samplingRate'>,
  host: Host,
): string | null {
  if (Math.abs(samplingRate - host.rate) > SAME_RATE * host.rate)
    return `${name} was sorted at ${precise(samplingRate)} Hz, ${host.name} has ${precise(host.rate)} Hz.`;
  const [first, last] = [times[0] ?? 0, times.at(-1) ?? 0];
  if (first < 0) return `The first spike of ${name} is at frame ${grouped(first)}; ${host.name} begins at 0.`;
  if (host.frames !== null && last >= host.frames)
    return `The last spike of ${name} is at frame ${grouped(last)}; ${host.name} has ${grouped(host.frames)} frames.`;
  return null;
}

/** The same of an imposed motion. */
export function motionMisfit({ times }: Pick<Motion, 'times'>, { name, frames, rate }: Host): string | null {
  const last = times.at(-1) ?? 0;
  if (frames === null || !(last > SAME_LENGTH * (frames / rate))) return null;
  return `The imposed motion lasts until ${precise(last)} s; ${name} is ${precise(frames / rate)} s long.`;
}

/** `added` as sortings of a listing in which their entries follow `offset` others; what is called like one that is `there` gets a number. */
export function joinedSortings(there: readonly FoundSorting[], added: readonly FoundSorting[], offset: number): FoundSorting[] {
  const roots = new Set(there.map(({ root }) => root));
  const names = new Set(there.map(({ name }) => name));
  const shifted = (index: number) => index + offset;
  return added.map((found): FoundSorting => {
    const { entries, parameters, root, name } = found;
    // All of one file or folder share its root, so they get the same number.
    const mates = added.filter((one) => one.root === root);
    let number = 1;
    const called = (text: string) => (number === 1 ? text : `${text || 'phy'} (${number})`);
    while (roots.has(called(root)) || mates.some((one) => names.has(called(one.name)))) number++;
    return {
      ...found,
      root: called(root),
      name: called(name),
      entries: entries.map(shifted),
      ...(parameters !== undefined && { parameters: shifted(parameters) }),
    };
  });
}
