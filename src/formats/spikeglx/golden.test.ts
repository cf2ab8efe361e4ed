// Real .meta files against SpikeGLX's documented rule, IBL's reader and probeinterface, and a recording of the golden set.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { dataPath, describeWithData, goldenPath } from '../../test/shared-data.ts';
import { bytesSource } from '../source.ts';
import { gainsOf } from './gains.ts';
import { openSpikeGlx, parseMeta, streamOf } from './index.ts';
import { probeOf } from './open.ts';

interface Expected {
  readonly spikeglx_doc_rule: { readonly uV_per_bit: number; readonly fs: number; readonly n_saved: number };
  readonly ibl: Readonly<Record<'x' | 'y' | 'shank' | 'sample_shift', readonly number[]>> & { readonly version: string | null };
  readonly probeinterface?: {
    readonly n: number;
    readonly positions_first8: readonly (readonly [number, number])[];
    readonly positions_sum: readonly [number, number];
  };
}

const load = (path: string) => parseMeta(readFileSync(path), path.slice(path.lastIndexOf('/') + 1));

describeWithData('the .meta files of 18 recordings', () => {
  it('give rate, columns, gain, positions and sampling delay', () => {
    const golden: Record<string, Expected> = JSON.parse(readFileSync(goldenPath('neuropixels/meta_expected.json'), 'utf8'));
    for (const [name, { spikeglx_doc_rule: rule, ibl, probeinterface }] of Object.entries(golden)) {
      const meta = load(dataPath(`neuropixels-meta/${name}`));
      const stream = streamOf(meta);
      const { gain, notices } = gainsOf(meta, stream);
      expect([stream.columns.length, stream.samplingRate], name).toEqual([rule.n_saved, rule.fs]);
      expect(gain[0]! / rule.uV_per_bit, name).toBeCloseTo(1, 9);
      expect([gain.at(-1), notices], name).toEqual([Number.NaN, []]);
      if (ibl.version === null) continue;
      const { probe } = probeOf(meta, stream);
      const first = Array.from({ length: 8 }, (_, i) => i);
      expect(probe!.x.length, name).toBe(probeinterface?.n ?? rule.n_saved - 1);
      expect(Array.from(probe!.shank.subarray(0, 8)), name).toEqual(ibl.shank);
      for (const i of first) expect(probe!.adcShift![i], name).toBeCloseTo(ibl.sample_shift[i]!, 12);
      if (!/NHP|ultra/i.test(name))
        expect(
          first.map((i) => probe!.y[i]! + 20),
          name,
        ).toEqual(ibl.y);
      if (/^sample3/.test(name))
        expect(
          first.map((i) => 70 - probe!.x[i]!),
          name,
        ).toEqual(ibl.x);
      if (!probeinterface) continue;
      const left = Math.min(...probe!.x);
      expect(
        first.map((i) => [probe!.x[i]! - left, probe!.y[i]]),
        name,
      ).toEqual(probeinterface.positions_first8);
      const sums = [probe!.x.reduce((sum, x) => sum + x - left, 0), probe!.y.reduce((sum, y) => sum + y, 0)];
      expect(sums, name).toEqual(probeinterface.positions_sum);
    }
  });

  it('and seven more are read without a notice', () => {
    const names = readdirSync(dataPath('spikeglx-meta')).filter((name) => name.endsWith('.meta'));
    expect(names).toHaveLength(7);
    for (const name of names) {
      const meta = load(dataPath(`spikeglx-meta/${name}`));
      const stream = streamOf(meta);
      const { gain, notices } = gainsOf(meta, stream);
      const { probe, notices: siteNotices } = probeOf(meta, stream);
      expect([...stream.notices, ...notices, ...siteNotices], name).toEqual([]);
      const electrodes = stream.columns.filter(({ kind }) => kind === 'AP').length;
      expect([probe!.x.length, gain.findIndex(Number.isNaN)], name).toEqual([electrodes, electrodes]);
    }
  });
});

describeWithData('the recording of the golden set', () => {
  it('is read exactly', async () => {
    const folder = goldenPath('neuropixels/formats');
    const golden = JSON.parse(readFileSync(`${folder}/expected.json`, 'utf8'));
    const bytes = Uint8Array.from(readFileSync(`${folder}/synth_g0_t0.imec0.ap.bin`));
    const recording = openSpikeGlx(bytesSource('synth.bin', bytes), load(`${folder}/synth_g0_t0.imec0.ap.meta`));
    expect(recording).toMatchObject({ frames: 3000, channels: 33, samplingRate: 30_000, sync: [32], notices: [] });
    expect([recording.firstSample, recording.channelIds[31], recording.channelIds[32]]).toEqual([150_000, 'AP31', 'SY0']);
    expect(Array.from(await recording.read(0, 1))).toEqual(golden.first_sample);
    expect(Array.from(await recording.read(2999, 3000))).toEqual(golden.last_sample);
    const all = await recording.read(0, 3000);
    const hash = createHash('sha256').update(new Uint8Array(all.buffer)).digest('hex');
    expect(hash).toBe(golden.sha256['synth_g0_t0.imec0.ap.bin']);
    expect(recording.gain[0]).toBe(0.762939453125);
    expect(Array.from(recording.probe!.x.subarray(0, 2))).toEqual([27, 59]);
    expect(recording.probe!.adcShift![2]).toBe(1 / 16);
  });
});
