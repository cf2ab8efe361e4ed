// Whether a layer lies on a movie: pixels outside its frame tell that it belongs to another data set.
import { type ErrorPlace, SomascopeError } from '../../../base/errors.ts';
import type { Region } from '../../../base/region.ts';
import { findOutside } from '../../../formats/neurofinder/points.ts';
import { reachOf } from '../../../formats/neurofinder/regions.ts';
import type { BadRegion } from '../shared/info.ts';

export interface Frame {
  /** Short name of the data set. */
  readonly name: string;
  readonly height: number;
  readonly width: number;
}

/** So many of the regions outside, and more than one, are no slip of the hand. */
const SHARE_OUTSIDE = 0.1;

/** Throws Invalid with both sizes where all of `total` regions, or more than one and a tenth of them, leave the frame. */
export function refuseMisfit(
  outside: number,
  total: number,
  reach: { readonly height: number; readonly width: number },
  frame: Frame,
  place: ErrorPlace,
): void {
  const few = outside < 2 || outside < SHARE_OUTSIDE * total;
  if (outside === 0 || (few && outside < total)) return;
  const many =
    outside === total
      ? total === 1
        ? 'Its region leaves'
        : 'All its regions leave'
      : `${outside} of its ${total} regions leave`;
  throw new SomascopeError(
    'Invalid',
    `${many} the image: they reach over ${reach.height} × ${reach.width} pixels, and ${frame.name} has ${frame.height} × ${frame.width}.`,
    place,
    'Open the data set that these regions belong to, then drop the file again.',
  );
}

export interface Fit {
  readonly isInside: readonly boolean[];
  readonly bad: readonly BadRegion[];
}

/** Which regions lie in the frame with every pixel; throws as `refuseMisfit`. */
export function requireFit(regions: readonly Region[], frame: Frame, place: ErrorPlace): Fit {
  const reasons = regions.map((region) => findOutside(region, frame));
  const bad = reasons.flatMap((reason, index) => (reason === null ? [] : [{ index, reason }]));
  refuseMisfit(bad.length, regions.length, reachOf(regions), frame, place);
  return { isInside: reasons.map((reason) => reason === null), bad };
}
