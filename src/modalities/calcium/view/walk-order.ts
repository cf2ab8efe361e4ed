// The order in which places of a picture are visited: bands from top to bottom, to and fro, so that the picture moves little.

export interface Place {
  readonly row: number;
  readonly col: number;
}

const BANDS = 8;

/** `height`: of the image, px. */
export function walkOrder<T extends Place>(places: readonly T[], height: number): T[] {
  const bandOf = ({ row }: Place) => Math.floor((row / Math.max(1, height)) * BANDS);
  return [...places].sort((a, b) => {
    const band = bandOf(a);
    if (band !== bandOf(b)) return band - bandOf(b);
    return (band % 2 === 0 ? 1 : -1) * (a.col - b.col);
  });
}
