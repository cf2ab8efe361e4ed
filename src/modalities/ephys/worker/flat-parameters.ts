// How a flat file is laid out: what a params.py or params.json beside it says, and what its first samples suggest.
import { entryAt, type FileListing } from '../../../base/listing.ts';
import { entrySource } from '../../../formats/entry.ts';
import { type ChannelGuess, FLAT_DEFAULTS, type FlatParameters, guessChannels } from '../../../formats/flat-binary/index.ts';
import { parseParameters } from '../../../formats/phy/index.ts';
import { readParametersJson } from '../../../formats/probe/index.ts';
import type { FoundRecording } from '../shared/found.ts';

/** Undefined where no file describes it; `channels` is NaN where the file does not say it. Throws as its readers. */
export async function flatParametersOf(
  listing: FileListing,
  { parameters }: FoundRecording,
  signal?: AbortSignal,
): Promise<FlatParameters | undefined> {
  if (parameters === undefined) return undefined;
  const source = entrySource(entryAt(listing, parameters));
  const bytes = await source.read(0, source.size, signal);
  if (/\.csv$/i.test(source.name)) {
    const channels = Number(new TextDecoder().decode(bytes).trim() || Number.NaN);
    return { ...FLAT_DEFAULTS, channels };
  }
  if (/\.py$/i.test(source.name)) {
    const { channels, samplingRate, dtype, offset } = parseParameters(new TextDecoder().decode(bytes), source.name);
    return { ...FLAT_DEFAULTS, channels, samplingRate, dtype, offset };
  }
  const { channels, samplingRate, offset, gain, dtype } = readParametersJson(bytes, source.name);
  return { channels, samplingRate, gain, offset: Number.isNaN(offset) ? 0 : offset, dtype: dtype ?? FLAT_DEFAULTS.dtype };
}

export interface FlatSuggestion {
  readonly parameters: FlatParameters;
  /** Channel counts, the likeliest first; none where the file is too short to tell. */
  readonly guesses: readonly ChannelGuess[];
}

const LOOKED_AT = 512 * 1024;

/** What the first 512 kB of a flat int16 file suggest; 30 kHz, as Neuropixels have it. */
export async function suggestFlat(listing: FileListing, { data }: FoundRecording, signal?: AbortSignal): Promise<FlatSuggestion> {
  const source = entrySource(entryAt(listing, data[0]!));
  const bytes = await source.read(0, Math.floor(Math.min(source.size, LOOKED_AT) / 2) * 2, signal);
  const guesses = guessChannels(new Int16Array(bytes.buffer), source.size / 2);
  const channels = guesses[0]?.channels ?? 1;
  return { parameters: { ...FLAT_DEFAULTS, channels, samplingRate: 30_000 }, guesses };
}
