// A recording of 112 GB that is nowhere: 384 sites and a digital word, 81 minutes at 30 kHz, whose bytes follow from their place alone
// (ephys-synth.ts). As long as the longest published one. For tests that need a file beyond 2^32 bytes and 2^32 samples.
import { makeSynth, type Synth, type SynthConfig, type SynthUnit } from './ephys-synth.ts';
import { META_GAIN_UV, metaText, siteAt } from './spikeglx-meta.ts';

export interface VirtualRecording {
  readonly synth: Synth;
  readonly frames: number;
  /** 385: the electrodes, and a digital word whose bit 6 is on every other half second. */
  readonly columns: number;
  readonly meta: string;
  /** A source of bytes, as readers take them; `reads` lists what was asked for. */
  readonly source: {
    readonly name: string;
    readonly size: number;
    read(offset: number, length: number): Promise<Uint8Array<ArrayBuffer>>;
  };
  readonly reads: { readonly offset: number; readonly length: number }[];
}

export const VIRTUAL_FRAMES = 145_720_955;
const ELECTRODES = 384;
const RATE = 30_000;

/** A narrow spike, the trough at sample 10. */
const SHAPE = [
  0, 0, 0, 0, -20, -80, -250, -550, -890, -1010, -1024, -830, -420, -20, 280, 470, 590, 630, 590, 490, 360, 230, 130, 60, 30, 10,
  0,
];

export function virtualConfig(frames = VIRTUAL_FRAMES): SynthConfig {
  const units = Array.from({ length: 24 }, (_, u): SynthUnit => {
    return {
      x: 20 + ((u * 17) % 40),
      y: 80 + 155 * u,
      A: 40 + ((u * 7) % 30),
      d0: 28,
      shape: SHAPE,
      k0: 10,
      ref: 60,
      isi4: 24_000,
      amp_jit: 260,
    };
  });
  return {
    seed: 112,
    fs: RATE,
    n_samples: frames,
    geometry: Array.from({ length: ELECTRODES }, (_, channel) => siteAt(channel)),
    gain_uV: META_GAIN_UV,
    noise_mul: 12,
    common_mul: 6,
    lfp_period: 3750,
    lfp_amp: 6,
    drift: [[0, 0]],
    units,
  };
}

/** int16 of frames [from, to), all columns, time-major. */
export function virtualSamples(synth: Synth, from: number, to: number): Int16Array<ArrayBuffer> {
  const electrodes = synth.config.geometry.length;
  const traces = synth.traces(from, to);
  const out = new Int16Array((to - from) * (electrodes + 1));
  for (let i = 0; i < to - from; i++) {
    out.set(traces.subarray(i * electrodes, (i + 1) * electrodes), i * (electrodes + 1));
    out[i * (electrodes + 1) + electrodes] = Math.floor((from + i) / (RATE / 2)) % 2 === 1 ? 64 : 0;
  }
  return out;
}

export function virtualRecording(frames = VIRTUAL_FRAMES): VirtualRecording {
  const config = virtualConfig(frames);
  const synth = makeSynth(config);
  const columns = config.geometry.length + 1;
  const frameBytes = 2 * columns;
  const name = 'virtual_g0_t0.imec0.ap.bin';
  const size = frames * frameBytes;
  const reads: { offset: number; length: number }[] = [];
  const read = async (offset: number, length: number) => {
    reads.push({ offset, length });
    if (offset < 0 || length < 0 || offset + length > size)
      throw new RangeError(`bytes ${offset} to ${offset + length} of ${size}`);
    const from = Math.floor(offset / frameBytes);
    const samples = virtualSamples(synth, from, Math.ceil((offset + length) / frameBytes));
    return new Uint8Array(samples.buffer).slice(offset - from * frameBytes, offset - from * frameBytes + length);
  };
  const meta = metaText({ fileName: name, bytes: size, rate: RATE, electrodes: config.geometry.length });
  return { synth, frames, columns, meta, source: { name, size, read }, reads };
}
