// The files of public/samples/ephys.zip: a SpikeGLX recording, a phy folder that a sorter with mistakes might have written, the true
// sorting, and the motion that was imposed. Seeded; nothing in it was recorded from an animal.
import { writeNpy } from '../../src/formats/npy/index.ts';
import { writeClusterGroups } from '../../src/formats/phy/index.ts';
import { makeSha1 } from '../../src/formats/sha1.ts';
import { orderedSorting } from '../../src/formats/sorting.ts';
import { writeSortingNpz } from '../../src/formats/sorting-npz/index.ts';
import { hashAt, makeSynth, type Synth } from '../../src/test/ephys-synth.ts';
import { metaText, siteAt } from '../../src/test/spikeglx-meta.ts';
import { CHANNELS, FRAMES, MOTION, RATE, SCENE } from './ephys-scene.ts';

export interface SampleFile {
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const ROOT = 'sample-ephys';
const RUN = 'sample_g0_t0.imec0.ap';
/** All channels rest at the same count, well above zero: the high bytes are alike, and the zip is small. */
const REST = 96;

/** int16 [frame, 33]: the electrodes, and a digital word whose bit 6 is on every other half second. */
function recording(synth: Synth): Int16Array<ArrayBuffer> {
  const traces = synth.traces(0, FRAMES);
  const level = Array.from({ length: CHANNELS }, (_, k) => (hashAt(SCENE.seed, 3, k) % 101) - 50);
  const out = new Int16Array(FRAMES * (CHANNELS + 1));
  for (let frame = 0; frame < FRAMES; frame++) {
    for (let k = 0; k < CHANNELS; k++) out[frame * (CHANNELS + 1) + k] = traces[frame * CHANNELS + k]! - level[k]! + REST;
    out[frame * (CHANNELS + 1) + CHANNELS] = Math.floor(frame / (RATE / 2)) % 2 === 1 ? 64 : 0;
  }
  return out;
}

function sha1Of(bytes: Uint8Array): string {
  const sha1 = makeSha1();
  sha1.update(bytes);
  return sha1.digest();
}

interface Spike {
  readonly time: number;
  readonly unit: number;
  /** Of its template. */
  readonly scale: number;
}

export function trueSpikes(synth: Synth): Spike[] {
  const spikes = synth.trains.flatMap(({ times, scales }, unit) =>
    times.map((time, i) => ({ time, unit, scale: scales[i]! / 1024 })),
  );
  return spikes.sort((a, b) => a.time - b.time || a.unit - b.unit);
}

/** What a sorter makes of it: few spikes missed, more of the weak unit; one unit split in two, two units in one, some false ones. */
function sortedSpikes(truth: readonly Spike[]): Spike[] {
  const found = truth.flatMap(({ time, unit, scale }, i) => {
    const x = hashAt(SCENE.seed, 60, i);
    if (x % 100 < (unit === 8 ? 45 : 4)) return [];
    const isSecondHalf = unit === 0 && time >= FRAMES / 2;
    const label = isSecondHalf ? 10 : unit === 3 ? 2 : unit;
    return [{ time: time + ((x >>> 8) % 3) - 1, unit: label, scale }];
  });
  const noise = Array.from({ length: 60 }, (_, i) => {
    const time = 300 + (hashAt(SCENE.seed, 61, i) % (FRAMES - 600));
    return { time, unit: hashAt(SCENE.seed, 62, i) % 11, scale: 0.75 };
  });
  return [...found, ...noise.filter(({ unit }) => unit !== 3)].sort((a, b) => a.time - b.time || a.unit - b.unit);
}

const GROUPS = new Map([
  [0, 'good'],
  [1, 'good'],
  [2, 'mua'],
  [4, 'mua'],
  [5, 'good'],
  [6, 'good'],
  [8, 'noise'],
  [9, 'good'],
] as const);

/** [template, 64 samples, channel] in the sorter's unit: whitened data have about one per noise. Template 10 is the other half of 0. */
function templates(): Float32Array<ArrayBuffer> {
  const all = [...SCENE.units, SCENE.units[0]!];
  const length = all[0]!.shape.length;
  const out = new Float32Array(all.length * length * CHANNELS);
  for (const [u, { x, y, A, d0, shape }] of all.entries()) {
    for (let channel = 0; channel < CHANNELS; channel++) {
      const [cx, cy] = siteAt(channel);
      const amplitude = (A * d0 * d0) / (d0 * d0 + (x - cx) ** 2 + (y - cy) ** 2);
      // Sorters keep a template only near its peak.
      if (amplitude < A / 12) continue;
      for (const [t, value] of shape.entries()) out[(u * length + t) * CHANNELS + channel] = (value * amplitude) / 10_240;
    }
  }
  return out;
}

/** Cosine of every pair of templates. */
function similarity(data: Float32Array, count: number): Float32Array<ArrayBuffer> {
  const size = data.length / count;
  const dot = (a: number, b: number) => {
    let sum = 0;
    for (let i = 0; i < size; i++) sum += data[a * size + i]! * data[b * size + i]!;
    return sum;
  };
  const norms = Array.from({ length: count }, (_, u) => Math.sqrt(dot(u, u)));
  return Float32Array.from({ length: count * count }, (_, i) => {
    const [a, b] = [Math.floor(i / count), i % count];
    return dot(a, b) / (norms[a]! * norms[b]!);
  });
}

function phyFiles(spikes: readonly Spike[]): SampleFile[] {
  const numbers = (data: Parameters<typeof writeNpy>[0]['data'], ...shape: number[]) => writeNpy({ data, shape });
  const count = spikes.length;
  const units = Int32Array.from(spikes, ({ unit }) => unit);
  const data = templates();
  const positions = Array.from({ length: CHANNELS }, (_, channel) => siteAt(channel)).flat();
  const params = `dat_path = '../${RUN}.bin'\nn_channels_dat = ${CHANNELS + 1}\ndtype = 'int16'\noffset = 0\nsample_rate = ${RATE}.\nhp_filtered = False\n`;
  const files: Readonly<Record<string, Uint8Array<ArrayBuffer>>> = {
    'spike_times.npy': numbers(
      BigInt64Array.from(spikes, ({ time }) => BigInt(time)),
      count,
      1,
    ),
    'spike_clusters.npy': numbers(units, count),
    'spike_templates.npy': numbers(units, count, 1),
    'amplitudes.npy': numbers(
      Float64Array.from(spikes, ({ scale }) => scale),
      count,
      1,
    ),
    'templates.npy': numbers(data, 11, 64, CHANNELS),
    'similar_templates.npy': numbers(similarity(data, 11), 11, 11),
    'channel_map.npy': numbers(
      Int32Array.from({ length: CHANNELS }, (_, i) => i),
      CHANNELS,
      1,
    ),
    'channel_positions.npy': numbers(Float64Array.from(positions), CHANNELS, 2),
    'cluster_group.tsv': text(writeClusterGroups(GROUPS)),
    'params.py': text(params),
  };
  return Object.entries(files).map(([name, bytes]) => ({ path: `${ROOT}/sorting/${name}`, bytes }));
}

const README = `# sample-ephys: a simulated Neuropixels recording

3 seconds of 32 sites of a Neuropixels 1.0 probe at 30 kHz, ten units, the tissue moved 30 µm up and down twice:

- ${RUN}.bin and .meta: the recording as SpikeGLX writes it, 33 columns, the last a digital word
- sorting/: what a sorter with mistakes might have found, as a phy folder; unit 0 is split (0 and 10), 2 and 3 are one
- truth.npz: the true spikes, as SpikeInterface writes a sorting
- manip.timestamps.npy (s) and manip.positions.npy (µm): the motion

Nothing in it was recorded from an animal. Made by "npm run samples" of Somascope; the same script gives the same bytes.
`;

function text(content: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(content);
}

/** The files in public/samples/ephys.zip. */
export function ephysFiles(): SampleFile[] {
  const synth = makeSynth(SCENE);
  const truth = trueSpikes(synth);
  const raw = new Uint8Array(recording(synth).buffer);
  const sorting = orderedSorting({
    name: 'truth',
    format: 'simulated',
    samplingRate: RATE,
    times: truth.map(({ time }) => time),
    clusters: truth.map(({ unit }) => unit),
  });
  const npz = writeSortingNpz(sorting);
  const facts = { fileName: `${RUN}.bin`, bytes: raw.length, sha1: sha1Of(raw), rate: RATE, electrodes: CHANNELS };
  const motion = (column: 0 | 1) =>
    writeNpy({ data: Float64Array.from(MOTION, (row) => row[column]), shape: [MOTION.length, 1] });
  return [
    { path: `${ROOT}/README.md`, bytes: text(README) },
    { path: `${ROOT}/${RUN}.bin`, bytes: raw },
    { path: `${ROOT}/${RUN}.meta`, bytes: text(metaText(facts)) },
    ...phyFiles(sortedSpikes(truth)),
    { path: `${ROOT}/truth.npz`, bytes: Uint8Array.from(Buffer.concat(npz)) },
    { path: `${ROOT}/manip.timestamps.npy`, bytes: motion(0) },
    { path: `${ROOT}/manip.positions.npy`, bytes: motion(1) },
  ];
}
