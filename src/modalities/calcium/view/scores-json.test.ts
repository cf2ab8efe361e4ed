import { expect, it } from 'vitest';
import { makeProvenance } from '../../../base/provenance.ts';
import { scoresJson } from './scores-json.ts';

const provenance = makeProvenance({ dataset: '00.00', fingerprint: 'ab', parameters: { sensitivity: 0.5 } });
const score = {
  recall: 1 / 3,
  precision: 1,
  combined: 0.5,
  inclusion: 1,
  exclusion: 0.7,
  matched: 1,
  extra: 0,
  missed: 2,
  note: '',
};

it('keeps every digit, gives null where there is no score, and says where it comes from', () => {
  const rows = JSON.parse(
    scoresJson([
      { provenance, score, threshold: 6 },
      { provenance, score: null, threshold: 5 },
      { provenance, score: { ...score, note: 'no match' }, threshold: 5 },
    ]),
  );
  const { note: _, ...numbers } = score;
  expect(rows[0]).toEqual({ dataset: '00.00', threshold: 6, score: numbers, provenance });
  expect(rows[1].score).toBeNull();
  expect(rows[2].score.note).toBe('no match');
});
