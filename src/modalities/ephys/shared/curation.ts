// A curation JSON that is dropped on an open sorting: how it is told from other JSON, and what its reader hands over.
import type { Curation, UnitName } from '../../../base/curation.ts';
import type { FileListing } from '../../../base/listing.ts';

export interface DroppedCurationInput {
  readonly listing: FileListing;
  readonly index: number;
}

export interface DroppedCuration {
  /** Of the file. */
  readonly name: string;
  readonly curation: Curation<UnitName>;
  /** Labels that are none of good, MUA and noise. */
  readonly ignored: number;
}

/** SpikeInterface's curations, sortingview's older ones among them: these are refused with their version. */
export function isCurationHead(head: Uint8Array): boolean {
  const text = new TextDecoder('latin1').decode(head);
  const has = (key: string) => text.includes(`"${key}"`);
  if (has('labelsByUnit') || has('mergeGroups')) return true;
  return has('unit_ids') && ['format_version', 'label_definitions', 'manual_labels', 'merge_unit_groups'].some(has);
}
