import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeProvenance, provenanceLine, provenanceText } from './provenance.ts';
import { VERSION } from './version.ts';

const facts = { dataset: '00.00', fingerprint: 'abc', parameters: { labels: 'both', diameter: null, confidence: 0.5 } };

it('names the version of package.json', () => {
  const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'));
  expect(VERSION).toBe(version);
});

it('holds no time unless one is given, and its keys in a fixed order', () => {
  expect(JSON.stringify(makeProvenance(facts))).toBe(
    `{"tool":"Somascope","version":"${VERSION}","dataset":"00.00","fingerprint":"abc","parameters":{"labels":"both","diameter":null,"confidence":0.5}}`,
  );
  const timed = makeProvenance({ ...facts, time: new Date(Date.UTC(2026, 0, 2, 3, 4, 5)) });
  expect(timed.exportedAt).toBe('2026-01-02T03:04:05.000Z');
  expect(provenanceLine(timed)).toBe(`Somascope ${VERSION}, 00.00, fingerprint abc, 2026-01-02T03:04:05.000Z`);
});

it('is one line of ASCII that reads back', () => {
  const made = makeProvenance({ ...facts, dataset: 'mäuse µ 𝛼\n' });
  const text = provenanceText(made);
  expect(text).toMatch(/^[\x20-\x7e]+$/);
  expect(JSON.parse(text)).toEqual(made);
});
