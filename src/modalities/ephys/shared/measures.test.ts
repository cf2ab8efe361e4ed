import { describe, expect, it } from 'vitest';
import { definedBy, FIRST_MEASURES, MEASURE_NAMES, meets, meetsAll, PRESETS } from './measures.ts';

it('has at least fifteen measures, and shows as many without being asked', () => {
  expect(MEASURE_NAMES.length).toBeGreaterThanOrEqual(40);
  expect(FIRST_MEASURES.size).toBeGreaterThanOrEqual(15);
});

describe('the Allen criteria', () => {
  const good = { isiAllen: 0.009, cutoffAllen: 0.0099, presenceAllen: 99 / 100, nnHitAllen: 0.961, snr: 3.01, spikes: 1000 };
  it('take every published limit strictly, but presence', () => {
    expect(meetsAll('allen', good)).toBe(true);
    for (const worse of [{ isiAllen: 0.01 }, { cutoffAllen: 0.01 }, { presenceAllen: 0.98 }, { nnHitAllen: 0.96 }, { snr: 3 }]) {
      expect(meetsAll('allen', { ...good, ...worse }), JSON.stringify(worse)).toBe(false);
    }
  });
  it('say nothing of a unit whose measure is missing, unless another fails', () => {
    expect(meetsAll('allen', { ...good, nnHitAllen: Number.NaN })).toBeNull();
    expect(meetsAll('allen', { ...good, nnHitAllen: Number.NaN, snr: 1 })).toBe(false);
    expect(meets(PRESETS.allen.criteria[0]!, {})).toBeNull();
  });
});

it('the Svoboda criteria take few violations by count or by share', () => {
  const good = { snr: 7, isiCount: 4, isolation: 101, spikes: 10 };
  expect(meetsAll('svoboda', good)).toBe(true);
  expect(meetsAll('svoboda', { ...good, isiCount: 49, spikes: 10_000 })).toBe(true);
  expect(meetsAll('svoboda', { ...good, isiCount: 50, spikes: 10_000 })).toBe(false);
  expect(meetsAll('svoboda', { ...good, isolation: 100 })).toBe(false);
});

describe('the definitions', () => {
  const unit = { amplitude: -80, amplitudePublished: -77.7, sliding: 0.1, slidingPublished: Number.NaN, snr: 5 };
  it('are corrected unless somebody asks for what was published', () => {
    expect(definedBy('corrected', unit)).toBe(unit);
    expect(definedBy('published', unit)).toMatchObject({ amplitude: -77.7, sliding: Number.NaN, snr: 5 });
  });
  it('leave a measure that was never published otherwise', () => {
    expect(definedBy('published', { amplitude: -80 }).amplitude).toBe(-80);
  });
});
