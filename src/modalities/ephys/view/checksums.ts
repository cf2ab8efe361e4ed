// Check SHA-1: hashes the files of a data set that the catalogue or an object file may know, one after another, and says what each is.
import { toPlain } from '../../../base/errors.ts';
import { baseName, entryAt } from '../../../base/listing.ts';
import { tracked } from '../../../state/jobs.ts';
import { reportError } from '../../../state/log.ts';
import { resources } from '../../../state/resources.ts';
import { ask, runJob } from '../../../workers/client.ts';
import { type Checksum, type ChecksumInput, judgeChecksum, type Sha1Address, type Verdict } from '../shared/checksums.ts';
import type { EphysDataset } from './datasets.ts';
import { recordingsMeant, rememberChecksum } from './published-facts.ts';
import { bump } from './store.ts';

export interface CheckedFile extends Verdict {
  readonly name: string;
  readonly sha1: string;
}

const checkedKey = ({ id }: EphysDataset) => `${id}/checked-files`;

export function checkedFiles(dataset: EphysDataset): readonly CheckedFile[] {
  return resources.get<readonly CheckedFile[]>(checkedKey(dataset)) ?? [];
}

const SORTING_FILES =
  /^(spike_times|spike_clusters|curated_unit_times|curated_unit_ids|unit_times|unit_ids|spike_labels|times|labels)\.npy$/i;
const MOTION_FILES = /^manip\.(timestamps|positions).*\.npy$/i;
const SAMPLE_FILES = /\.(bin|dat|raw|i16|cbin)$/i;

/** Entries of the listing that somebody may know by their SHA-1, the smallest first. */
export function filesToCheck({ source: { listing, found }, info }: EphysDataset): number[] {
  const own = new Set([...(found?.data ?? []), ...info.sortings.flatMap(({ entries, kind }) => (kind === 'phy' ? [] : entries))]);
  const isMeant = (path: string, index: number) => {
    const name = baseName(path);
    return (
      own.has(index) ||
      SORTING_FILES.test(name) ||
      MOTION_FILES.test(name) ||
      (found?.kind === 'object' && SAMPLE_FILES.test(name))
    );
  };
  return listing.paths
    .flatMap((path, index) => (isMeant(path, index) && !/\.json$/i.test(path) ? [index] : []))
    .sort((a, b) => entryAt(listing, a).size - entryAt(listing, b).size);
}

export async function checkChecksums(dataset: EphysDataset): Promise<void> {
  const { source, id, store } = dataset;
  const { listing, found } = source;
  const done: CheckedFile[] = [];
  const put = () => {
    resources.put(checkedKey(dataset), [...done], 0, true);
    bump(store, 'checks');
  };
  try {
    put();
    const addresses = await ask<Sha1Address[]>('ephys', 'addresses', listing);
    for (const index of filesToCheck(dataset)) {
      const { path, size } = entryAt(listing, index);
      const name = baseName(path);
      const input: ChecksumInput = { listing, index };
      const label = { label: `SHA-1 of ${name}`, dataset: id, unit: 'MB', total: size / 1e6 };
      const { sha1 } = await tracked(label, ({ signal, onProgress }) =>
        runJob<Checksum>('ephys', 'checksum', input, { signal, onProgress }),
      );
      const isRaw = found?.kind === 'object' ? SAMPLE_FILES.test(name) : found?.data.includes(index) === true;
      if (isRaw) rememberChecksum(dataset, sha1);
      done.push({ name, sha1, ...judgeChecksum({ name, sha1, isRaw }, addresses, recordingsMeant(dataset)) });
      put();
    }
  } catch (error) {
    if (toPlain(error).tag !== 'Aborted') reportError(error, 'The SHA-1 could not be computed');
  }
}
