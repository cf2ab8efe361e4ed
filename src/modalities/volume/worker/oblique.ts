// A tilted plane through a position, as large as an XY plane: image trilinear, labels nearest.
import type { NumericArray } from '../../../base/ndarray.ts';
import { sliceOblique, turnFrame, uprightFrame } from '../../../pipeline/volume/slice/oblique.ts';
import type { ObliqueInput, ObliqueOutput } from '../shared/types.ts';

export interface ObliquePayload {
  readonly image: NumericArray;
  readonly labels: readonly (Uint8Array<ArrayBuffer> | null)[];
}

const RADIANS = Math.PI / 180;

export function cutOblique({ shape, centre, tilt }: ObliqueInput, { image, labels }: ObliquePayload): ObliqueOutput {
  const [, height, width] = shape;
  // The frame is centred on the crosshair along the viewing direction only, so that the picture stays where it is.
  const middle = [centre[0], (height - 1) / 2, (width - 1) / 2] as const;
  const tilted = turnFrame(turnFrame(uprightFrame('XY', middle), 'right', tilt.across * RADIANS), 'down', tilt.down * RADIANS);
  const size = { height, width, step: 1 };
  return {
    image: sliceOblique({ data: image, shape }, tilted, size, 'linear').data,
    labels: labels.map((data) => data && sliceOblique({ data, shape }, tilted, size, 'nearest').data),
  };
}
