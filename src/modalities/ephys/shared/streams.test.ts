import { describe, expect, it } from 'vitest';
import type { FoundRecording } from './found.ts';
import { placeOf, placesOf } from './streams.ts';

describe('the place of a file of samples', () => {
  it.each<[FoundRecording['kind'], string, string, string]>([
    ['spikeglx', 'a_g0/a_g0_imec0/a_g0_t0.imec0.ap.bin', 'a_g0_t0', 'imec0.ap'],
    ['spikeglx', 'a_g0/a_g0_imec1/a_g0_t12.imec1.lf.bin', 'a_g0_t12', 'imec1.lf'],
    ['spikeglx', 'a_g1_tcat.nidq.bin', 'a_g1_tcat', 'nidq'],
    ['cbin', 'b_g0_t0.imec.ap.4b7b3f6e-0000-0000-0000-000000000000.cbin', 'b_g0_t0', 'imec.ap'],
    ['spikeglx', 'mouse.ap.bin', 'mouse.ap.bin', ''],
    ['flat', 'a_g0_t0.imec0.ap.bin', 'a_g0_t0.imec0.ap.bin', ''],
    [
      'open-ephys',
      'm/Record Node 101/experiment1/recording2/continuous/ProbeA-AP/continuous.dat',
      'Record Node 101, experiment1, recording2',
      'ProbeA-AP',
    ],
    ['open-ephys', 'session/continuous/A-100.0/continuous.dat', 'session', 'A-100.0'],
    ['open-ephys', 'continuous.dat', 'continuous.dat', ''],
  ])('%s %s', (kind, root, recording, stream) => {
    expect(placeOf({ kind, root })).toEqual({ recording, stream });
  });

  it('is told by paths where names are alike', () => {
    const kind = 'spikeglx';
    expect(
      placesOf([
        { kind, root: 'x/a_g0_t0.imec0.ap.bin' },
        { kind, root: 'y/a_g0_t0.imec0.ap.bin' },
        { kind, root: 'y/a_g0_t0.imec1.ap.bin' },
      ]),
    ).toEqual([
      { recording: 'x/a_g0_t0.imec0.ap.bin', stream: '' },
      { recording: 'y/a_g0_t0.imec0.ap.bin', stream: '' },
      { recording: 'a_g0_t0', stream: 'imec1.ap' },
    ]);
  });
});
