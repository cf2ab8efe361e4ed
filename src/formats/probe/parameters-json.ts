// params.json beside a recording: the sampling rate, and where given the channel count, type, offset and gain. MountainSort writes
// {"samplerate", "spike_sign"}; SpikeInterface's binary.json has sampling_frequency, num_chan, dtype, file_offset, gain_to_uV.
import { SomascopeError } from '../../base/errors.ts';
import { isRecord, parseJson } from '../neurofinder/json.ts';

export interface JsonParameters {
  /** Hz; NaN where the file does not say; so are the others. */
  readonly samplingRate: number;
  readonly channels: number;
  readonly offset: number;
  readonly gain: number;
  readonly dtype: string | undefined;
}

/** Throws Invalid where it says nothing of a recording, else as `parseJson`. */
export function readParametersJson(bytes: Uint8Array, file: string): JsonParameters {
  const value = parseJson(bytes, { file });
  const outer = isRecord(value) ? value : {};
  const fields = isRecord(outer['kwargs']) ? outer['kwargs'] : outer;
  const number = (...names: readonly string[]) => {
    for (const name of names) {
      const found = fields[name];
      const one = Array.isArray(found) ? found[0] : found;
      if (typeof one === 'number') return one;
    }
    return Number.NaN;
  };
  const dtype = fields['dtype'] ?? fields['data_type'];
  const told = {
    samplingRate: number('samplerate', 'sample_rate', 'sampling_rate', 'sampling_frequency', 'fs'),
    channels: number('n_channels_dat', 'num_channels', 'num_chan', 'n_channels', 'raw_num_channels'),
    offset: number('offset', 'file_offset'),
    gain: number('gain', 'gain_uV', 'gain_to_uV'),
    dtype: typeof dtype === 'string' ? dtype : undefined,
  };
  if (!Number.isNaN(told.samplingRate) || !Number.isNaN(told.channels)) return told;
  const hint = 'It needs a "samplerate", and for a flat file a "num_channels".';
  throw new SomascopeError('Invalid', `${file} says neither a sampling rate nor a channel count.`, { file }, hint);
}
