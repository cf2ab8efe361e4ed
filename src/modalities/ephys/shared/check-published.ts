// Which published recording or sorting something open is, and whether it is what was published: the same frames, channels, duration,
// units and events. Numbers of samples and events must be equal.
import { grouped } from '../../../base/number-format.ts';
import type { RecordingInfo } from '../../../base/recording-info.ts';
import type { Sorting } from '../../../base/sorting.ts';
import {
  ALLEN_UNITS,
  PUBLISHED_RECORDINGS,
  PUBLISHED_SORTINGS,
  type PublishedRecording,
  type PublishedSorting,
} from './published.ts';

export interface CatalogueCheck {
  /** "frames", "raw channels", "duration" … */
  readonly what: string;
  readonly expected: string;
  readonly found: string;
  readonly holds: boolean;
}

export interface Opened {
  /** Paths or labels that it goes by. */
  readonly names: readonly string[];
  /** Of its raw file, where somebody computed it. */
  readonly sha1?: string | undefined;
}

/**
 * The published recordings that this may be: the one with its SHA-1 or with its id or label in a name; else those with as many
 * frames and raw channels. Several where nothing tells them apart.
 */
export function matchPublished(
  { names, sha1 }: Opened,
  { frames, channels }: Pick<RecordingInfo, 'frames' | 'channels'>,
): readonly PublishedRecording[] {
  const same = PUBLISHED_RECORDINGS.filter((one) => sha1 !== undefined && one.sha1 === sha1);
  if (same.length > 0) return same;
  const named = PUBLISHED_RECORDINGS.filter(({ id, label }) => names.some((name) => isCalled(name, id) || name.includes(label)));
  if (named.length > 0) return [named.reduce((best, one) => (one.id.length > best.id.length ? one : best))];
  const alike = PUBLISHED_RECORDINGS.filter((one) => one.frames === frames && one.rawChannels === channels);
  const raw = alike.filter((one) => names.some((name) => name.split('/').at(-1) === one.raw));
  return raw.length > 0 ? raw : alike;
}

/** The id as a whole file or folder name: "allen_mouse419112_probeE" is not part of "allen_mouse419112_probeE-10sec". */
function isCalled(name: string, id: string): boolean {
  return name.split('/').some((part) => part === id || part.replace(/\.(json|dat|bin|zip|npz)$/, '') === id);
}

export function checkAgainstCatalogue(
  published: PublishedRecording,
  opened: Pick<RecordingInfo, 'frames' | 'channels' | 'samplingRate' | 'probe'>,
): CatalogueCheck[] {
  const { frames, rawChannels, channels, samplingRate } = published;
  const number = (what: string, expected: number, found: number): CatalogueCheck => ({
    what,
    expected: grouped(expected),
    found: Number.isNaN(found) ? 'unknown' : grouped(found),
    holds: expected === found,
  });
  const located = opened.probe ? opened.probe.column.filter((column) => column >= 0).length : undefined;
  const seconds = opened.frames / opened.samplingRate;
  return [
    number('frames', frames, opened.frames),
    number('columns of the raw file', rawChannels, opened.channels),
    ...(channels === undefined || located === undefined ? [] : [number('channels with a location', channels, located)]),
    number('sampling rate in Hz', samplingRate, opened.samplingRate),
    {
      what: 'duration',
      expected: `${(frames / samplingRate).toFixed(2)} s`,
      found: Number.isNaN(seconds) ? 'unknown' : `${seconds.toFixed(2)} s`,
      // Half a frame.
      holds: Math.abs(seconds - frames / samplingRate) * samplingRate < 0.5,
    },
  ];
}

/** The published sortings of a recording. */
export function sortingsOf(recording: string): readonly PublishedSorting[] {
  return PUBLISHED_SORTINGS.filter((sorting) => sorting.recording === recording);
}

/** The published sortings that go by one of these names: their id or label, or the id as a file name may hold it. */
export function matchSortings(names: readonly string[]): readonly PublishedSorting[] {
  const isNamed = (id: string, label: string) =>
    names.some((name) => name.includes(label) || isCalled(name, id) || isCalled(name, id.replace(':', '_')));
  return PUBLISHED_SORTINGS.filter(({ id, label }) => isNamed(id, label)).slice(-1);
}

/** "675 units; unit_ids[3] is unit 8 with 6,022 events"; of the Allen sortings only that they are not more than both have together. */
export function checkSortingAgainstCatalogue(
  published: PublishedSorting,
  { unitIds, clusters }: Pick<Sorting, 'unitIds' | 'clusters'>,
): CatalogueCheck[] {
  const { units, unit, recording } = published;
  const checks: CatalogueCheck[] = [];
  const equal = (what: string, expected: number, found: number | undefined) =>
    checks.push({
      what,
      expected: grouped(expected),
      found: found === undefined ? 'none' : grouped(found),
      holds: expected === found,
    });
  if (units !== undefined) equal('units', units, unitIds.length);
  if (unit) {
    const id = unitIds[unit.place];
    equal(`unit_ids[${unit.place}]`, unit.id, id);
    equal(
      `events of unit ${unit.id}`,
      unit.events,
      clusters.reduce((count, one) => count + Number(one === unit.id), 0),
    );
  }
  if (recording.startsWith('allen_')) {
    const expected = `at most ${ALLEN_UNITS} (both Allen sortings together have ${ALLEN_UNITS})`;
    checks.push({ what: 'units', expected, found: grouped(unitIds.length), holds: unitIds.length <= ALLEN_UNITS });
  }
  return checks;
}
