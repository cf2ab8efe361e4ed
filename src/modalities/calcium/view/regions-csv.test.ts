import { expect, it } from 'vitest';
import { type RegionLine, regionsCsv } from './regions-csv.ts';

const LINE: RegionLine = {
  layer: 'predictions',
  index: 0,
  label: '1',
  result: 'matched',
  area: 101,
  distance: 0.5,
  confidence: 0.9125,
  kind: 'both',
  row: 12.25,
  col: 30,
  match: '9004',
  measures: [4.5, 1, 0.25, 0.875],
};
const HEAD =
  'region,layer,result,status,row,col,area_px,confidence,found_by,distance_px,match,snr,skewness,largest_rise_deltaf_over_f,roundness\n';

it('writes a row per region, numbers in full', () => {
  expect(regionsCsv([LINE])).toBe(`${HEAD}1,predictions,matched,,12.25,30,101,0.9125,both,0.5,9004,4.5,1,0.25,0.875\n`);
});

it('leaves cells empty where there is nothing to say, and quotes where it must', () => {
  const missed: RegionLine = {
    ...LINE,
    layer: 'truth',
    label: 'T a,b',
    result: 'missed',
    confidence: Number.NaN,
    distance: Number.POSITIVE_INFINITY,
    kind: 'truth',
    match: '',
    measures: [Number.NaN, Number.NaN, Number.NaN, 0.5],
  };
  expect(regionsCsv([missed])).toBe(`${HEAD}"T a,b",truth,missed,,12.25,30,101,,truth,,,,,,0.5\n`);
});

it('says what a person decided and what the cut leaves out', () => {
  const status = (change: Partial<RegionLine>) =>
    regionsCsv([{ ...LINE, ...change }])
      .split('\n')[1]!
      .split(',')[3];
  expect(status({ accepted: true })).toBe('accepted');
  expect(status({ result: null, leftOut: 'rejected' })).toBe('rejected');
  expect(status({ result: null, leftOut: 'below' })).toBe('below the cut');
});
