// The recordings that this worker has opened, by the key of their source: handles and headers, no samples.
import { getOrMake } from '../../../base/get-or-make.ts';
import { entryAt } from '../../../base/listing.ts';
import type { Recording } from '../../../formats/recording.ts';
import { entrySource } from '../../../formats/listing.ts';
import { openFlat } from '../../../formats/flat-binary/index.ts';
import { openSpikeGlx, parseMeta } from '../../../formats/spikeglx/index.ts';
import type { RecordingSource } from '../shared/info.ts';

const opened = new Map<string, Promise<Recording>>();
const MOST_OPEN = 16;

export function recordingOf(source: RecordingSource): Promise<Recording> {
  return getOrMake(opened, source.key, () => {
    if (opened.size >= MOST_OPEN) opened.delete(opened.keys().next().value!);
    return openRecording(source).catch((error: unknown) => {
      opened.delete(source.key);
      throw error;
    });
  });
}

async function openRecording({ listing, flat }: RecordingSource): Promise<Recording> {
  const bin = listing.paths.findIndex((path) => /\.(bin|dat)$/.test(path));
  const meta = listing.paths.findIndex((path) => /\.meta$/.test(path));
  const raw = entrySource(entryAt(listing, bin));
  if (flat || meta < 0) return openFlat(raw.name, [raw], flat ?? { channels: 32, samplingRate: 30000, dtype: 'int16', offset: 0, gain: 1 });
  const m = entrySource(entryAt(listing, meta));
  return openSpikeGlx(raw, parseMeta(await m.read(0, m.size), m.name));
}
