// Canvases that lie over one another on screen, as one picture for saving.

/** The canvases in this order on a new one of the first one's size, device px. */
export function flatten(...canvases: readonly [HTMLCanvasElement, ...HTMLCanvasElement[]]): HTMLCanvasElement {
  const out = document.createElement('canvas');
  out.width = canvases[0].width;
  out.height = canvases[0].height;
  const context = out.getContext('2d')!;
  for (const canvas of canvases) context.drawImage(canvas, 0, 0);
  return out;
}
