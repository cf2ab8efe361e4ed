// Text files of a data set, contrast of a picture.
import { singleJob } from '../../../base/job.ts';
import { entryAt, type FileListing } from '../../../base/listing.ts';
import { entryBytes } from '../../../formats/listing.ts';
import { AUTO_CONTRAST, histogram, percentiles } from '../../../pipeline/image/percentiles.ts';
import type { ContrastInput, ContrastOutput } from '../shared/images.ts';

const LONGEST_TEXT = 2 ** 20;

/** A text inside a data set (README.md, examples), at most 1 MiB of it. */
export const readTextFile = singleJob<{ listing: FileListing; entry: number }, string>(async ({ listing, entry }, { signal }) => {
  const bytes = await entryBytes(entryAt(listing, entry), { signal });
  const text = new TextDecoder().decode(bytes.subarray(0, LONGEST_TEXT));
  return bytes.length > LONGEST_TEXT ? `${text}\n… (the first MiB)` : text;
});

export const contrast = singleJob<ContrastInput, ContrastOutput>(({ data }) => {
  const { low: min, high: max, counts } = histogram(data);
  const [low, high] = percentiles(data, AUTO_CONTRAST) as [number, number];
  return { min, max, counts, low, high };
});
