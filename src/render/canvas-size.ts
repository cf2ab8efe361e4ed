// Keeps a canvas's drawing buffer at the device px it covers, so that an image px is never resampled by the page.

export interface CanvasSize {
  /** CSS px. */
  readonly width: number;
  readonly height: number;
  /** Device px. */
  readonly deviceWidth: number;
  readonly deviceHeight: number;
  /** Device px per CSS px. */
  readonly pixelRatio: number;
}

/** Calls `onSize` at once and after every change of size or pixel ratio; returns the function that stops it. */
export function observeCanvasSize(canvas: HTMLCanvasElement, onSize: (size: CanvasSize) => void): () => void {
  const observer = new ResizeObserver(([entry]) => {
    if (!entry) return;
    const { width, height } = entry.contentRect;
    // Safari does not report device px; there the product is rounded, which is right but for fractional page zoom.
    const device = entry.devicePixelContentBoxSize?.[0];
    const deviceWidth = device?.inlineSize ?? Math.round(width * devicePixelRatio);
    const deviceHeight = device?.blockSize ?? Math.round(height * devicePixelRatio);
    onSize({ width, height, deviceWidth, deviceHeight, pixelRatio: width > 0 ? deviceWidth / width : devicePixelRatio });
  });
  if ('devicePixelContentBoxSize' in ResizeObserverEntry.prototype) observer.observe(canvas, { box: 'device-pixel-content-box' });
  else observer.observe(canvas);
  return () => observer.disconnect();
}
