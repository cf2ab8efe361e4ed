import { expect, it } from 'vitest';
import { writeNpy } from '../../../formats/npy/index.ts';
import { loadEphysJson } from '../../../test/ephys-golden.ts';
import { headOf, listingOf } from '../../../test/listing.ts';
import { loadGolden } from '../../../test/load-npy.ts';
import { findEphys } from '../shared/find-ephys.ts';
import type { MeasureColumns, SpikeFeatures } from '../shared/metrics.ts';
import type { PhySpikes } from '../shared/phy-features.ts';
import { readPhySample } from './phy-features.ts';
import { phyPlaneJob } from './phy-jobs.ts';
import { qualityJob } from './quality-job.ts';

const context = { signal: new AbortController().signal, progress: () => {} };
const points = Float32Array.from(loadGolden('ephys/pipeline/pcs.npy').data);
const labels = Int32Array.from(loadGolden('ephys/pipeline/pcs_labels.npy').data);
const [COMPONENTS, CHANNELS] = [3, 2];
const count = labels.length;

/** The golden points as a sorter saves them: [spike][component][channel], in C or Fortran order; every template has the channels 4 and 7. */
function folder(fortran: boolean): Record<string, Uint8Array<ArrayBuffer>> {
  const size = COMPONENTS * CHANNELS;
  const data = new Float32Array(count * size);
  for (let spike = 0; spike < count; spike++) {
    for (let c = 0; c < COMPONENTS; c++) {
      for (let k = 0; k < CHANNELS; k++) {
        const at = fortran ? spike + count * (c + COMPONENTS * k) : spike * size + c * CHANNELS + k;
        // The golden's points: components of the first channel first.
        data[at] = points[spike * size + k * COMPONENTS + c]!;
      }
    }
  }
  const bytes = writeNpy({ data, shape: [count, COMPONENTS, CHANNELS] });
  if (fortran) {
    const header = new TextDecoder('latin1').decode(bytes.subarray(0, 128)).replace("order': False", "order': True ");
    bytes.set(new TextEncoder().encode(header.slice(10, 128)), 10);
  }
  const list = (values: ArrayLike<number>) => writeNpy({ data: Int32Array.from(values), shape: [values.length] });
  const templates = 1 + Math.max(...labels);
  return {
    'p/pc_features.npy': bytes,
    'p/pc_feature_ind.npy': writeNpy({
      data: Float64Array.from({ length: templates * CHANNELS }, (_, i) => [4, 7][i % 2]!),
      shape: [templates, CHANNELS],
    }),
    'p/spike_times.npy': list(labels.map((_, i) => 10 * i)),
    'p/spike_clusters.npy': list(labels),
    'p/spike_templates.npy': list(labels),
  };
}

let opened = 0;

async function phyIn(files: Parameters<typeof listingOf>[0]): Promise<Omit<PhySpikes, 'units'>> {
  const listing = listingOf(files);
  const { sets } = await findEphys(listing, headOf(listing));
  return { key: String(++opened), listing, found: sets[0]!.sortings.find(({ kind }) => kind === 'phy')! };
}

const ids = [...new Set(labels)].sort((a, b) => a - b);
const units = ids.map((id) => Int32Array.from(labels.keys()).filter((spike) => labels[spike] === id));

async function separation(sample: SpikeFeatures): Promise<MeasureColumns> {
  const merger = qualityJob.merger(sample);
  const parts = qualityJob.split(sample);
  for (const [i, part] of parts.entries()) merger.add(await qualityJob.run(sample, part, context, undefined), i);
  return merger.finish();
}

it.each([false, true])('saved features give the golden separation (Fortran order: %s)', async (fortran) => {
  const sample = await readPhySample({ ...(await phyIn(folder(fortran))), units }, context.signal);
  const columns = await separation(sample);
  const golden = loadEphysJson<{ spikeinterface: Record<string, Record<string, number>> }>('metrics_pc').spikeinterface;
  ids.forEach((id, u) => {
    const expected = golden[String(id)];
    if (!expected) return;
    for (const [name, key] of [
      ['isolation', 'isolation_distance'],
      ['lRatio', 'l_ratio'],
      ['dPrime', 'd_prime'],
      ['silhouette', 'silhouette_simplified'],
    ] as const)
      expect(Math.abs(columns[name]![u]! / expected[key]! - 1), `${id} ${name}`).toBeLessThan(1e-6);
    const n = units[u]!.length;
    expect(columns.nnHitAllen![u]).toBeGreaterThan(0);
    expect(Math.abs(columns.nnHit![u]! - expected['nn_hit_rate_k5']!)).toBeLessThanOrEqual(2 / (5 * n) + 1e-12);
  });
  expect(Object.keys(golden).every((id) => ids.includes(Number(id)))).toBe(true);
});

it('the plane is the first two components on the channel where the first unit is the largest', async () => {
  const phy = await phyIn(folder(true));
  const chosen = [units[1]!.slice(3, 9), units[0]!.slice(0, 4)];
  const input = { ...phy, units: chosen };
  const plane = await phyPlaneJob.run(input, null, context, undefined);
  const channel = [4, 7].indexOf(plane.channel);
  expect(channel).toBeGreaterThanOrEqual(0);
  const at = (spike: number, component: number) => points[spike * COMPONENTS * CHANNELS + channel * COMPONENTS + component]!;
  chosen.forEach((spikes, u) => {
    expect([...plane.units[u]!.x]).toEqual(Array.from(spikes, (spike) => at(spike, 0)));
    expect([...plane.units[u]!.y]).toEqual(Array.from(spikes, (spike) => at(spike, 1)));
  });
});

it('features of another sorting are refused', async () => {
  const files = folder(false);
  const short = writeNpy({ data: Int32Array.of(0, 0), shape: [2] });
  const phy = await phyIn({
    ...files,
    'p/spike_templates.npy': short,
    'p/spike_clusters.npy': short,
    'p/spike_times.npy': short,
  });
  await expect(readPhySample({ ...phy, units: [Int32Array.of(0)] }, context.signal)).rejects.toThrow(
    /1867 spikes, the sorting 2/,
  );
});
