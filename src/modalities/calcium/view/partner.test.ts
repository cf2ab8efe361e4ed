import { expect, it } from 'vitest';
import { regionFrom } from '../../../base/region.ts';
import type { Detection } from '../shared/detection.ts';
import { partnerOf } from './partner.ts';

const at = (row: number, col: number): Detection => ({
  region: regionFrom([[row, col]]),
  row,
  col,
  confidence: 0.5,
  kind: 'both',
  evidence: '',
});
// Detection 1 is below the cut: the score knows 0, 2 and 3 only.
const detections = [at(10, 10), at(11, 11), at(50, 50), at(90, 10)];
const estimates = [detections[0]!, detections[2]!, detections[3]!];
const truth = [regionFrom([[51, 50]]), regionFrom([[80, 12]]), regionFrom([[10, 11]])];
const score = { match: Int32Array.from([1, -1, 0]), estimates };
const lists = { detections, truth, score };

it('pairs what the score has matched, both ways', () => {
  expect(partnerOf({ layer: 'predictions', index: 2 }, lists)).toEqual({ layer: 'truth', index: 0 });
  expect(partnerOf({ layer: 'truth', index: 0 }, lists)).toEqual({ layer: 'predictions', index: 2 });
  expect(partnerOf({ layer: 'predictions', index: 0 }, lists)).toEqual({ layer: 'truth', index: 2 });
});

it('takes the nearest for what was missed and for what is extra', () => {
  expect(partnerOf({ layer: 'truth', index: 1 }, lists)).toEqual({ layer: 'predictions', index: 3 });
  expect(partnerOf({ layer: 'predictions', index: 3 }, lists)).toEqual({ layer: 'truth', index: 1 });
});

it('has no partner without a score, for what the score leaves out, and after the predictions were replaced', () => {
  expect(partnerOf({ layer: 'predictions', index: 2 }, { ...lists, score: undefined })).toBeNull();
  expect(partnerOf({ layer: 'predictions', index: 1 }, lists)).toBeNull();
  expect(partnerOf({ layer: 'predictions', index: 99 }, lists)).toBeNull();
  expect(partnerOf({ layer: 'truth', index: 99 }, lists)).toBeNull();
  expect(partnerOf({ layer: 'truth', index: 0 }, { ...lists, detections: [at(0, 0)] })).toBeNull();
  expect(partnerOf({ layer: 'truth', index: 1 }, { ...lists, score: { match: score.match, estimates: [] } })).toBeNull();
  expect(partnerOf({ layer: 'predictions', index: 3 }, { ...lists, truth: [] })).toBeNull();
});
