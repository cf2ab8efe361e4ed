// The pictures on screen as a PNG, drawn once more at 1 to 4 times with their lines.

import { SomascopeError } from '../../../base/errors.ts';
import { byteSize } from '../../../base/number-format.ts';
import { encodePng, readPicture } from '../../../render/read-pixels.ts';
import type { Box } from '../../../render/view.ts';
import { notify, reportError } from '../../../state/log.ts';
import { saveBlob } from '../../../ui/download.ts';
import type { VolumeDataset } from './datasets.ts';
import { stemOf } from './exports.ts';
import { drawOverlay } from './overlay-draw.ts';
import type { StagePicture } from './stage-picture.ts';
import { PANELS, type PanelName } from './stage-places.ts';

export interface PictureOptions {
  /** null: all that are on screen. */
  readonly panel: PanelName | null;
  readonly magnification: 1 | 2 | 3 | 4;
  readonly withLines: boolean;
}

const WELL = [10, 10, 10] as const;

export async function savePng(dataset: VolumeDataset, picture: StagePicture, options: PictureOptions): Promise<void> {
  const file = `${stemOf(dataset)}${options.panel ? `.${options.panel}` : ''}.png`;
  try {
    const blob = await encodePng(shoot(dataset, picture, options));
    saveBlob(file, blob);
    notify('success', `Saved ${file}`, `${byteSize(blob.size)}, ${options.magnification}×`);
  } catch (error) {
    reportError(error, `${file} could not be saved`);
  }
}

function shoot(dataset: VolumeDataset, picture: StagePicture, { panel, magnification, withLines }: PictureOptions) {
  const panels = PANELS.flatMap((name) => {
    const box = picture.boxOf(name);
    return box && (panel === null || panel === name) ? [[name, box] as const] : [];
  });
  if (panels.length === 0)
    throw new SomascopeError(
      'Unsupported',
      'This picture is not on screen.',
      {},
      'Show all four pictures (Space), then save it.',
    );
  const [left, top] = [Math.min(...panels.map(([, { x }]) => x)), Math.min(...panels.map(([, { y }]) => y))];
  const width = Math.max(...panels.map(([, box]) => box.x + box.width)) - left;
  const height = Math.max(...panels.map(([, box]) => box.y + box.height)) - top;
  const places = new Map<PanelName, Box>(panels.map(([name, box]) => [name, { ...box, x: box.x - left, y: box.y - top }]));
  const shot = readPicture(
    picture.gl,
    { width, height, pixelRatio: magnification, background: WELL },
    ({ pixelRatio, targetHeight }) =>
      picture.paint(pixelRatio, targetHeight, dataset.store.getState(), (name) => places.get(name)),
  );
  if (!withLines) return shot;
  const canvas = new OffscreenCanvas(shot.width, shot.height);
  const pen = canvas.getContext('2d')!;
  pen.putImageData(new ImageData(shot.rgba, shot.width, shot.height), 0, 0);
  for (const [name, box] of places) {
    pen.save();
    pen.scale(magnification, magnification);
    pen.translate(box.x, box.y);
    pen.beginPath();
    pen.rect(0, 0, box.width, box.height);
    pen.clip();
    drawOverlay(pen, dataset, picture, name, null);
    pen.restore();
  }
  return { ...shot, rgba: pen.getImageData(0, 0, shot.width, shot.height).data as Uint8ClampedArray<ArrayBuffer> };
}
