// Where a layer draws: a box of the canvas (or of an off-screen picture). Boxes are in CSS px with y down from the top;
// WebGL counts device px from the bottom, so every layer gets its viewport here and nowhere else.

/** CSS px inside the target, y down. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface View {
  readonly box: Box;
  /** Device px per CSS px. */
  readonly pixelRatio: number;
  /** Height of the canvas or picture in device px. */
  readonly targetHeight: number;
}

/** The viewport and scissor of `view` in device px, y up from the bottom; edges rounded so that neighbours share them. */
export function viewportOf({ box, pixelRatio, targetHeight }: View): Box {
  const left = Math.round(box.x * pixelRatio);
  const right = Math.round((box.x + box.width) * pixelRatio);
  const top = Math.round(box.y * pixelRatio);
  const bottom = Math.round((box.y + box.height) * pixelRatio);
  return { x: left, y: targetHeight - bottom, width: right - left, height: bottom - top };
}
