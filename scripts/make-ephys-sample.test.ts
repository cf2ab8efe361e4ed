import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { entryAt, type FileListing } from '../src/base/listing.ts';
import { entrySource } from '../src/formats/entry.ts';
import { listFiles } from '../src/formats/listing.ts';
import { readTemplates } from '../src/formats/phy/index.ts';
import { findEphys } from '../src/modalities/ephys/shared/find-ephys.ts';
import type { FoundEphysSet } from '../src/modalities/ephys/shared/found.ts';
import { openFoundMotion, openFoundRecording, openFoundSorting, phyFilesOf } from '../src/modalities/ephys/worker/open-files.ts';
import { ephysFiles } from './simulate/ephys-sample.ts';
import { CHANNELS, FRAMES, MOTION, RATE, SCENE } from './simulate/ephys-scene.ts';

const zip = Uint8Array.from(readFileSync(new URL('../public/samples/ephys.zip', import.meta.url)));

it('keeps public/samples/ephys.zip as the script makes it, at most 1.5 MB', () => {
  expect(zip.length).toBeLessThanOrEqual(1_500_000);
  // Entries, not zip bytes: zlib packs a little differently on other processors.
  const kept = unzipSync(zip);
  const made = ephysFiles();
  expect(Object.keys(kept)).toEqual(made.map(({ path }) => path));
  for (const { path, bytes } of made) expect(Buffer.compare(bytes, kept[path]!), path).toBe(0);
});

describe('the sample, dropped', () => {
  let listing: FileListing;
  let set: FoundEphysSet;
  beforeAll(async () => {
    listing = await listFiles([{ file: new File([zip], 'ephys.zip'), path: 'ephys.zip' }]);
    const head = async (index: number) => {
      const source = entrySource(entryAt(listing, index));
      return source.read(0, Math.min(4096, source.size));
    };
    const { sets } = await findEphys(listing, head);
    expect(sets).toHaveLength(1);
    set = sets[0]!;
  });

  it('is one recording with two sortings and a motion', () => {
    expect(set.reason).toBe(
      'found SpikeGLX recording sample_g0_t0.imec0.ap.bin with its .meta, phy folder sorting, sorting truth.npz, imposed motion',
    );
  });

  it('is a recording without anything odd', async () => {
    const recording = await openFoundRecording(listing, set.recording!);
    expect(recording).toMatchObject({
      frames: FRAMES,
      channels: CHANNELS + 1,
      samplingRate: RATE,
      notices: [],
      sync: [CHANNELS],
    });
    expect([recording.gain[0], recording.probe!.name]).toEqual([4.6875, 'NP1000']);
    const all = (await recording.read(0, FRAMES)) as Int16Array;
    const meta = new TextDecoder().decode(unzipSync(zip)['sample-ephys/sample_g0_t0.imec0.ap.meta']!);
    expect(meta).toContain(createHash('sha1').update(new Uint8Array(all.buffer)).digest('hex').toUpperCase());
  });

  it('has a sorting with mistakes, and the truth', async () => {
    const recording = await openFoundRecording(listing, set.recording!);
    const open = (kind: 'phy' | 'npz') =>
      openFoundSorting(listing, set.sortings.find((one) => one.kind === kind)!, { recording });
    const [truth, sorting] = [await open('npz'), await open('phy')];
    expect([truth.notices, sorting.notices]).toEqual([[], []]);
    expect([truth.unitIds.length, sorting.unitIds.length]).toEqual([SCENE.units.length, 10]);
    expect(truth.times.length).toBeGreaterThan(1000);
    const near = new Set(Array.from(truth.times).flatMap((time) => [time - 1, time, time + 1]));
    const hits = Array.from(sorting.times).filter((time) => near.has(time)).length;
    expect(hits / sorting.times.length).toBeGreaterThan(0.9);
    expect(sorting.times.length).toBeLessThan(truth.times.length);
    const templates = await readTemplates(phyFilesOf(listing, set.sortings.find(({ kind }) => kind === 'phy')!));
    expect(templates!.shape).toEqual([11, 64, CHANNELS]);
  });

  it('holds spikes where the truth says', async () => {
    const recording = await openFoundRecording(listing, set.recording!);
    const truth = await openFoundSorting(listing, set.sortings.find(({ kind }) => kind === 'npz')!);
    const all = await recording.read(0, FRAMES);
    const { y } = recording.probe!;
    // At rest, the trough of the strongest unit is deepest near where it is.
    const mean = new Float64Array(CHANNELS);
    truth.times.forEach((time, i) => {
      if (truth.clusters[i] === 6 && time < 15_000)
        for (let k = 0; k < CHANNELS; k++) mean[k]! += all[time * (CHANNELS + 1) + k]!;
    });
    expect(Math.abs(y[mean.indexOf(Math.min(...mean))]! - SCENE.units[6]!.y)).toBeLessThan(30);
  });

  it('says how it was moved', async () => {
    const motion = await openFoundMotion(listing, set.motions[0]!);
    expect(Array.from(motion.times, (time, i) => [time, motion.displacement[i]])).toEqual(MOTION);
  });
});
