// Channels of a sorter's folder: channel_positions.npy (µm), channel_map.npy (columns of the recording), channel_shanks.npy.
import { SomascopeError } from '../../base/errors.ts';
import { type Probe, probeFrom } from '../../base/probe.ts';
import { readNpyList, readNpyNumbers } from '../npy/index.ts';
import type { ByteSource } from '../source.ts';

export interface FoundProbe {
  readonly probe: Probe;
  readonly notices: readonly string[];
}

/**
 * The probe of `channel_positions.npy` [channel, (x, y)], mapped to columns where there is a `channel_map.npy`; `columns` is how many
 * the recording has, where that is known. Entries of the map past the last column are told and have column -1.
 */
export async function readChannels(
  files: ReadonlyMap<string, ByteSource>,
  columns: number | undefined,
  signal?: AbortSignal,
): Promise<FoundProbe> {
  const file = files.get('channel_positions.npy');
  if (!file) throw new SomascopeError('Invalid', 'There is no channel_positions.npy.', {}, 'Drop the whole folder.');
  const { data, shape } = await readNpyNumbers(file, signal);
  const [channels = 0, axes = 0] = shape;
  if (shape.length !== 2 || axes < 2) {
    const message = `${file.name} holds an array (${shape.join(', ')}); positions are one row (x, y) a channel.`;
    throw new SomascopeError('Invalid', message, { file: file.name }, 'Save it as (channels, 2).');
  }
  const row = Array.from({ length: channels }, (_, i) => axes * i);
  const probe = probeFrom(
    row.map((at) => data[at]!),
    row.map((at) => data[at + 1]!),
  );
  const notices: string[] = [];
  const map = files.get('channel_map.npy');
  const mapped = map && mapOf(map.name, await readNpyList(map, signal), channels, columns, notices);
  const shanksFile = files.get('channel_shanks.npy');
  const shanks = shanksFile && (await readNpyList(shanksFile, signal));
  const withMap = mapped ? { ...probe, column: mapped, channelNumber: mapped.slice() } : probe;
  return {
    probe: shanks?.length === channels ? { ...withMap, shank: Int32Array.from(shanks) } : withMap,
    notices,
  };
}

function mapOf(
  name: string,
  map: ArrayLike<number>,
  channels: number,
  columns: number | undefined,
  notices: string[],
): Int32Array<ArrayBuffer> | undefined {
  if (map.length !== channels) {
    notices.push(`${name} maps ${map.length} channels, and there are positions for ${channels}; channels are taken in order.`);
    return undefined;
  }
  const limit = columns !== undefined && columns > 0 ? columns : Number.POSITIVE_INFINITY;
  const isColumn = (column: number) => Number.isInteger(column) && column >= 0 && column < limit;
  const wrong = Array.from(map).filter((column) => !isColumn(column));
  if (wrong.length > 0) {
    const has = Number.isFinite(limit) ? `the recording has ${limit} columns` : 'columns are counted from 0';
    notices.push(
      `${name}: ${wrong.length} entries are out of range (${wrong[0]}); ${has}. These channels are shown without a trace. Check n_channels_dat in params.py, and that both are of one recording.`,
    );
  }
  return Int32Array.from(map, (column) => (isColumn(column) ? column : -1));
}
