// Recordings and sortings as the data set's scripts exchange them: JSON objects that name their files by address. Recordings "bin1"
// (flat int16) and "mda"; sortings "npy1" (times, labels), "npy2" (an .npz) and "mda" (firings). Addresses are sha1://…, or paths.
import { SomascopeError } from '../../base/errors.ts';
import { type Probe, probeFrom } from '../../base/probe.ts';
import { isRecord, parseJson } from '../neurofinder/json.ts';

export interface Bin1Recording {
  readonly kind: 'bin1';
  readonly raw: string;
  readonly rawChannels: number;
  readonly frames: number;
  readonly samplingRate: number;
  /** Channels in the object's order; `probe.column` says their column of the raw file. */
  readonly channelIds: readonly string[];
  readonly probe: Probe;
}

export interface MdaRecording {
  readonly kind: 'mda';
  readonly raw: string;
  readonly geom: string | undefined;
  /** Address of params.json, or the rate itself. */
  readonly params: string | undefined;
  readonly samplingRate: number;
}

export type SortingObject =
  | { readonly kind: 'npy1'; readonly times: string; readonly labels: string; readonly samplingRate: number }
  | { readonly kind: 'npy2'; readonly npz: string; readonly samplingRate: number }
  | { readonly kind: 'mda'; readonly firings: string; readonly samplingRate: number };

export interface EphysObject {
  /** What the file calls it: recordingLabel, sortingLabel … ; '' where it has no name. */
  readonly label: string;
  readonly recording?: Bin1Recording | MdaRecording;
  readonly sorting?: SortingObject;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * The objects of a file: one, a list of them, or entries that hold them as recordingObject and sortingObject. Throws Unsupported for
 * formats other than those above, Invalid where fields are missing or none is there, else as `parseJson`.
 */
export function parseEphysObjects(bytes: Uint8Array, file: string): EphysObject[] {
  const value = parseJson(bytes, { file });
  const outer = isRecord(value) ? [value, ...listOf(value['recordings']), ...listOf(value['sortings'])] : listOf(value);
  const found = outer.filter(isRecord).flatMap((entry) => {
    const label =
      textOf(entry, 'recordingLabel') ??
      textOf(entry, 'sortingLabel') ??
      textOf(entry, 'recordingId') ??
      textOf(entry, 'sortingId') ??
      '';
    const recordings = [entry, entry['recordingObject']].filter(isRecord).filter((one) => 'recording_format' in one);
    const sortings = [entry, entry['sortingObject']].filter(isRecord).filter((one) => 'sorting_format' in one);
    return [
      ...recordings.map((one): EphysObject => ({ label, recording: recordingFrom(one, file) })),
      ...sortings.map((one): EphysObject => ({ label, sorting: sortingFrom(one, file) })),
    ];
  });
  if (found.length === 0) throw invalid(file, 'it holds no recording_format or sorting_format');
  return found;
}

function recordingFrom(object: Fields, file: string): Bin1Recording | MdaRecording {
  const data = dataOf(object, file);
  const format = object['recording_format'];
  if (format === 'mda') {
    const params = data['params'];
    const rate = isRecord(params) ? numberOf(params, 'samplerate') : numberOf(data, 'samplerate');
    return {
      kind: 'mda',
      raw: needText(data, 'raw', file),
      geom: textOf(data, 'geom'),
      params: textOf(data, 'params'),
      samplingRate: rate,
    };
  }
  if (format !== 'bin1') throw unsupported(file, 'recording', format, 'bin1 and mda');
  const rawChannels = numberOf(data, 'raw_num_channels');
  const ids = listOf(data['channel_ids']).map(String);
  if (!Number.isInteger(rawChannels) || rawChannels < 1 || ids.length === 0) {
    throw invalid(file, 'raw_num_channels or channel_ids is missing');
  }
  const map = isRecord(data['channel_map']) ? data['channel_map'] : {};
  const positions = isRecord(data['channel_positions']) ? data['channel_positions'] : {};
  const place = ids.map((id) => listOf(positions[id]).map(Number));
  const column = Int32Array.from(ids, (id, i) => {
    const raw = map[id] ?? i;
    return typeof raw === 'number' && Number.isInteger(raw) && raw >= 0 && raw < rawChannels ? raw : -1;
  });
  const probe = probeFrom(
    place.map(([x]) => x ?? Number.NaN),
    place.map(([, y]) => y ?? Number.NaN),
  );
  return {
    kind: 'bin1',
    raw: needText(data, 'raw', file),
    rawChannels,
    frames: numberOf(data, 'num_frames'),
    samplingRate: numberOf(data, 'samplerate'),
    channelIds: ids,
    probe: { ...probe, column, channelNumber: column.slice() },
  };
}

function sortingFrom(object: Fields, file: string): SortingObject {
  const data = dataOf(object, file);
  const samplingRate = numberOf(data, 'samplerate');
  const format = object['sorting_format'];
  if (format === 'npy1') {
    const [times, labels] = [needText(data, 'times_npy_uri', file), needText(data, 'labels_npy_uri', file)];
    return { kind: 'npy1', times, labels, samplingRate };
  }
  if (format === 'npy2') return { kind: 'npy2', npz: needText(data, 'npz_uri', file), samplingRate };
  if (format === 'mda') return { kind: 'mda', firings: needText(data, 'firings', file), samplingRate };
  throw unsupported(file, 'sorting', format, 'npy1, npy2 and mda');
}

function dataOf(object: Fields, file: string): Fields {
  if (isRecord(object['data'])) return object['data'];
  throw invalid(file, '"data" is missing');
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function textOf(fields: Fields, key: string): string | undefined {
  const value = fields[key];
  return typeof value === 'string' ? value : undefined;
}

function needText(fields: Fields, key: string, file: string): string {
  const text = textOf(fields, key);
  if (text === undefined) throw invalid(file, `"${key}" is missing`);
  return text;
}

function numberOf(fields: Fields, key: string): number {
  const value = fields[key];
  return typeof value === 'number' ? value : Number.NaN;
}

function invalid(file: string, what: string): SomascopeError {
  return new SomascopeError('Invalid', `${file} describes no recording or sorting: ${what}.`, { file });
}

function unsupported(file: string, what: string, format: unknown, known: string): SomascopeError {
  const message = `${file} describes a ${what} of the format ${JSON.stringify(format)}; ${known} are read here.`;
  return new SomascopeError('Unsupported', message, { file }, 'Drop the files of the recording themselves.');
}
