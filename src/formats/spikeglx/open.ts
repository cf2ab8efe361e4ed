// A SpikeGLX recording: int16 samples (.bin, or .cbin after mtscomp) and what the .meta file says of them.

import { grouped } from '../../base/number-format.ts';
import type { Probe } from '../../base/probe.ts';
import { flatSamples, sampleType } from '../flat-binary/index.ts';
import { type Recording, type RecordingFacts, recordingOf, type Samples } from '../recording.ts';
import type { ByteSource } from '../source.ts';
import { adcShiftOf } from './adc-shift.ts';
import { gainsOf, isDigital } from './gains.ts';
import { sitesOf } from './geometry.ts';
import { type Meta, metaNumber } from './meta.ts';
import { type Stream, streamOf } from './stream.ts';

/** The recording in a .bin file. Throws Invalid for an impossible .meta, CutOff where there is no whole frame. */
export function openSpikeGlx(source: ByteSource, meta: Meta): Recording {
  const channels = streamOf(meta).columns.length;
  const samples = flatSamples(source.name, [source], { type: sampleType('int16', source.name), channels, header: 0 });
  return withMeta(samples, meta, source.size);
}

/** Samples with what `meta` says of them; `bytes` is how many there are unpacked, to be compared with what was recorded. */
export function withMeta(samples: Samples, meta: Meta, bytes: number): Recording {
  const stream = streamOf(meta);
  if (stream.columns.length !== samples.channels) {
    const message = `${meta.file} describes ${stream.columns.length} columns, ${samples.name} has ${samples.channels}: they do not belong together. The samples are shown without it, in counts.`;
    return recordingOf(samples, { format: 'SpikeGLX', samplingRate: stream.samplingRate, notices: [message] });
  }
  const facts = factsOf(meta, stream);
  const notices = [...(facts.notices ?? []), ...sizeNotices(meta, samples, bytes)];
  return recordingOf(samples, { ...facts, notices });
}

function factsOf(meta: Meta, stream: Stream): RecordingFacts {
  const { gain, notices: gainNotices } = gainsOf(meta, stream);
  const { probe, notices } = probeOf(meta, stream);
  const first = metaNumber(meta, 'firstSample');
  return {
    format: 'SpikeGLX',
    samplingRate: stream.samplingRate,
    gain,
    sync: [...stream.columns.keys()].filter((column) => isDigital(stream.columns[column]!.kind)),
    channelIds: stream.columns.map(({ kind, number }) => `${kind}${number}`),
    probe,
    firstSample: Number.isSafeInteger(first) && first >= 0 ? first : 0,
    notices: [...stream.notices, ...gainNotices, ...notices],
  };
}

/** Where the electrodes of a .meta file are; no probe where it does not say. */
export function probeOf(meta: Meta, stream: Stream): { probe: Probe | undefined; notices: readonly string[] } {
  const sites = sitesOf(meta, stream);
  if (!sites) return { probe: undefined, notices: [] };
  const { columns, places, notices } = sites;
  const numbers = Int32Array.from(columns, (column) => stream.columns[column]!.number);
  const shift = adcShiftOf(meta);
  const probe = {
    name: meta.values.get('imDatPrb_pn') ?? meta.values.get('imProbeOpt') ?? '',
    x: Float64Array.from(places, ({ x }) => x),
    y: Float64Array.from(places, ({ y }) => y),
    shank: Int32Array.from(places, ({ shank }) => shank),
    column: Int32Array.from(columns),
    channelNumber: numbers,
    adcShift: shift && Float64Array.from(numbers, shift),
    used: Uint8Array.from(places, ({ used }) => (used ? 1 : 0)),
  };
  return { probe, notices };
}

function sizeNotices(meta: Meta, { name, frames, channels }: Samples, bytes: number): string[] {
  const said = metaNumber(meta, 'fileSizeBytes');
  if (Number.isNaN(said)) {
    return [
      `${meta.file} does not say how large the recording is: it was copied while SpikeGLX was still writing. ${grouped(frames)} frames are shown.`,
    ];
  }
  if (said === bytes) return [];
  const what = said > bytes ? 'the recording is cut off' : 'the recording is longer than it should be';
  return [
    `${meta.file} says ${grouped(said)} bytes, ${name} has ${grouped(bytes)}: ${what}. The ${grouped(frames)} whole frames of ${channels} columns are shown; copy the file again, or drop the .meta that belongs to it.`,
  ];
}
