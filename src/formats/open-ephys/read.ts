// Open Ephys binary: structure.oebin (JSON) beside a folder continuous/<stream>/ with continuous.dat (int16, time-major) and the
// numbers of its samples. Source: https://open-ephys.github.io/gui-docs/User-Manual/Data-formats/Binary-format.html
import { isSomascopeError, SomascopeError } from '../../base/errors.ts';
import { grouped } from '../../base/number-format.ts';
import { flatSamples, sampleType } from '../flat-binary/index.ts';
import { isRecord, parseJson } from '../neurofinder/json.ts';
import { decodeItems, readNpyHeader } from '../npy/index.ts';
import { type Recording, recordingOf } from '../recording.ts';
import type { ByteSource } from '../source.ts';

export interface OpenEphysStream {
  /** Folder below continuous/, without the slash at its end. */
  readonly folder: string;
  readonly name: string;
  /** Hz; NaN where the file does not say. */
  readonly samplingRate: number;
  readonly channels: number;
  readonly channelNames: readonly string[];
  /** µV a bit, per channel; NaN where the file does not say. */
  readonly gain: readonly number[];
}

/** The continuous streams of a structure.oebin. Throws Invalid where it lists none, else as `parseJson`. */
export function parseStructure(bytes: Uint8Array, file: string): OpenEphysStream[] {
  const value = parseJson(bytes, { file });
  const list = isRecord(value) && Array.isArray(value['continuous']) ? value['continuous'].filter(isRecord) : [];
  const streams = list.map((stream) => streamOf(stream)).filter((stream) => stream !== undefined);
  if (streams.length > 0) return streams;
  const hint = 'Drop the whole folder that Open Ephys recorded.';
  throw new SomascopeError('Invalid', `${file} lists no continuous recording.`, { file }, hint);
}

function streamOf(stream: Readonly<Record<string, unknown>>): OpenEphysStream | undefined {
  const { folder_name: folder, sample_rate: rate, stream_name: name, num_channels: told } = stream;
  const list = Array.isArray(stream['channels']) ? stream['channels'].filter(isRecord) : [];
  const channels = typeof told === 'number' ? told : list.length;
  if (typeof folder !== 'string' || !Number.isInteger(channels) || channels < 1 || channels > 65_536) return undefined;
  const index = Array.from({ length: channels }, (_, i) => i);
  return {
    folder: folder.replace(/\/+$/, ''),
    name: typeof name === 'string' ? name : folder.replace(/\/+$/, ''),
    samplingRate: typeof rate === 'number' && rate > 0 ? rate : Number.NaN,
    channels,
    channelNames: index.map((i) => (typeof list[i]?.['channel_name'] === 'string' ? list[i]['channel_name'] : `CH${i + 1}`)),
    gain: index.map((i) => {
      const { bit_volts: bit, units } = list[i] ?? {};
      // Inputs of the board are in volts, electrodes in microvolts, whatever the field is called.
      const scale = units === 'V' ? 1e6 : units === 'mV' ? 1e3 : 1;
      return typeof bit === 'number' && bit > 0 ? bit * scale : Number.NaN;
    }),
  };
}

/** The stream of the file at `path`: by its folder; where the folders were lost, any if all are laid out alike, else undefined. */
export function streamAt(streams: readonly OpenEphysStream[], path: string): OpenEphysStream | undefined {
  const found = streams.find(({ folder }) => `/${path}`.includes(`/${folder}/`));
  const [first, ...others] = streams;
  const layout = ({ channels, samplingRate, gain }: OpenEphysStream) => `${channels} ${samplingRate} ${gain.join(' ')}`;
  return found ?? (first && others.every((one) => layout(one) === layout(first)) ? first : undefined);
}

/** `clock` holds the numbers of the samples (int64): sample_numbers.npy, or timestamps.npy before version 0.6. Throws as `flatSamples`. */
export async function openStream(
  source: ByteSource,
  stream: OpenEphysStream,
  clock: ByteSource | undefined,
  signal?: AbortSignal,
): Promise<Recording> {
  const { channels, samplingRate, channelNames, gain } = stream;
  const samples = flatSamples(source.name, [source], { type: sampleType('int16', source.name), channels, header: 0 });
  const { firstSample, notices } = clock ? await readClock(clock, samples.frames, signal) : { firstSample: 0, notices: [] };
  return recordingOf(samples, {
    format: 'Open Ephys',
    samplingRate,
    gain: Float64Array.from(gain),
    channelIds: channelNames,
    firstSample,
    notices,
  });
}

/** A damaged clock says nothing; the samples can be shown without it. */
async function readClock(
  clock: ByteSource,
  frames: number,
  signal: AbortSignal | undefined,
): Promise<{ firstSample: number; notices: readonly string[] }> {
  try {
    const header = await readNpyHeader(clock, signal);
    const { type, count, dataOffset } = header;
    const notice = `${clock.name} numbers ${grouped(count)} samples, the recording has ${grouped(frames)}: one of them is cut off or belongs elsewhere.`;
    const notices = count === frames ? [] : [notice];
    // Seconds since version 0.6: they say nothing of samples.
    if (type.storage !== 'int64' || count === 0) return { firstSample: 0, notices };
    const [first] = decodeItems(await clock.read(dataOffset, type.itemBytes, signal), header);
    const firstSample = Number(first);
    return { firstSample: Number.isSafeInteger(firstSample) && firstSample >= 0 ? firstSample : 0, notices };
  } catch (error) {
    if (!isSomascopeError(error) || error.tag === 'Aborted' || error.tag === 'FileChanged') throw error;
    return { firstSample: 0, notices: [`${clock.name} was left out: ${error.message}`] };
  }
}
