import { describe, expect, it } from 'vitest';
import { probeFrom } from '../../../base/probe.ts';
import {
  checkAgainstCatalogue,
  checkSortingAgainstCatalogue,
  matchPublished,
  matchSortings,
  sortingsOf,
} from './check-published.ts';
import { PUBLISHED_RECORDINGS, PUBLISHED_SORTINGS, publishedRecording, publishedSorting } from './published.ts';

describe('the catalogue', () => {
  it('has nine recordings and four sortings, by id and by label', () => {
    expect([PUBLISHED_RECORDINGS.length, PUBLISHED_SORTINGS.length]).toEqual([9, 4]);
    for (const one of PUBLISHED_RECORDINGS) {
      expect([publishedRecording(one.id), publishedRecording(one.label)]).toEqual([one, one]);
      if (one.sha1 !== undefined) expect(one.sha1).toMatch(/^[0-9a-f]{40}$/);
    }
    for (const one of PUBLISHED_SORTINGS) {
      expect([publishedSorting(one.id), publishedSorting(one.label)]).toEqual([one, one]);
      expect(publishedRecording(one.recording)).toBeDefined();
      expect(`${one.times}${one.labels}`).toMatch(/^[0-9a-f]{80}$/);
    }
    expect(publishedRecording('cortexlab-single-phase-3 (ch 0-7, 10 sec)')!.id).toBe('cortexlab-single-phase-3-ch0-7.10sec');
  });

  it('holds frames that fill the published files', () => {
    const bytes = (id: string) => 2 * publishedRecording(id)!.frames * publishedRecording(id)!.rawChannels;
    expect(bytes('cortexlab-single-phase-3')).toBe(87_170_751_360);
    expect(bytes('cortexlab-drift-dataset1')).toBe(45_205_648_180);
    expect(bytes('cortexlab-drift-dataset2')).toBe(62_099_840_880);
    expect(bytes('allen_mouse415148_probeE')).toBe(80_640_000_000);
  });
});

describe('what was opened', () => {
  const ids = (names: string[], frames: number, channels: number, sha1?: string) =>
    matchPublished({ names, sha1 }, { frames, channels }).map(({ id }) => id);

  it('is known by its SHA-1, its name, or its size', () => {
    expect(ids(['x.bin'], 1, 1, 'c5acd91cfde60bc8ba619f5b03245fe6c034f682')).toEqual(['allen_mouse415148_probeE']);
    expect(ids(['a/allen_mouse419112_probeE-10sec.json'], 1, 1)).toEqual(['allen_mouse419112_probeE-10sec']);
    expect(ids(['allen_mouse419112_probeE/continuous.dat'], 1, 1)).toEqual(['allen_mouse419112_probeE']);
    expect(ids(['cortexlab-single-phase-3 (10 sec)'], 1, 1)).toEqual(['cortexlab-single-phase-3.10sec']);
    expect(ids(['p2_g0_t0.imec0.ap.bin'], 58_708_634, 385)).toEqual(['cortexlab-drift-dataset1']);
    expect(ids(['d/continuous.dat'], 105_000_000, 384)).toEqual(['allen_mouse419112_probeE', 'allen_mouse415148_probeE']);
    expect(ids(['other.bin'], 77, 385)).toEqual([]);
  });

  it('is checked against frames, channels, rate and duration', () => {
    const published = publishedRecording('cortexlab-single-phase-3')!;
    const probe = probeFrom(new Float64Array(374), new Float64Array(374));
    const good = { frames: 113_208_768, channels: 385, samplingRate: 30_000, probe };
    expect(checkAgainstCatalogue(published, good).every(({ holds }) => holds)).toBe(true);
    const bad = checkAgainstCatalogue(published, { ...good, frames: 113_208_767, samplingRate: Number.NaN, probe: undefined });
    expect(bad.map(({ what, holds }) => [what, holds])).toEqual([
      ['frames', false],
      ['columns of the raw file', true],
      ['sampling rate in Hz', false],
      ['duration', false],
    ]);
    expect(bad.at(-1)).toMatchObject({ expected: '3773.63 s', found: 'unknown' });
  });

  it('is checked against units and events', () => {
    const unitIds = Int32Array.from({ length: 675 }, (_, i) => (i < 3 ? i : i + 5));
    const clusters = new Int32Array(7000).fill(8).fill(9, 6022);
    const [curated, good] = sortingsOf('cortexlab-single-phase-3');
    const checks = checkSortingAgainstCatalogue(curated!, { unitIds, clusters });
    expect(checks.map(({ what, expected, holds }) => [what, expected, holds])).toEqual([
      ['units', '675', true],
      ['unit_ids[3]', '8', true],
      ['events of unit 8', '6,022', true],
    ]);
    const wrong = checkSortingAgainstCatalogue(curated!, { unitIds: unitIds.slice(1), clusters: clusters.slice(1) });
    expect(wrong.map(({ holds }) => holds)).toEqual([false, false, false]);
    expect(checkSortingAgainstCatalogue(good!, { unitIds, clusters })).toEqual([]);
    expect(matchSortings(['d/cortexlab-single-phase-3_curated.npz']).map(({ id }) => id)).toEqual([
      'cortexlab-single-phase-3:curated',
    ]);
    expect(matchSortings(['cortexlab-single-phase-3 Curated (good units)']).map(({ id }) => id)).toEqual([
      'cortexlab-single-phase-3:curated_good',
    ]);
    expect(matchSortings(['sorting'])).toEqual([]);
    const [allen] = sortingsOf('allen_mouse419112_probeE');
    expect(checkSortingAgainstCatalogue(allen!, { unitIds, clusters })[0]).toMatchObject({
      what: 'units',
      found: '675',
      holds: false,
    });
  });
});
