// Regions that could not be used, in words: "Region 1 leaves the image …; region 4 has no pixels."
import type { BadRegion } from '../shared/info.ts';

const LISTED = 5;

/** The first `listed` by index and reason, the rest by number. */
export function listBad(bad: readonly BadRegion[], listed: number = LISTED): string {
  const named = bad.slice(0, listed).map(({ index, name, reason }) => `${name ?? `region ${index}`} ${reason}`);
  const rest = bad.length - named.length;
  return `Left out: ${[...named, ...(rest > 0 ? [`and ${rest} more`] : [])].join('; ')}.`;
}
