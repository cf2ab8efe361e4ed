// The XY picture at an angle: a plane through the crosshair, cut in a worker from the part of the stack that is shown. One request is
// under way at a time; the newest wish follows it.
import type { NumericArray } from '../../../base/ndarray.ts';
import { reportError } from '../../../state/log.ts';
import { ask } from '../../../workers/client.ts';
import { bytesOf } from '../shared/planes.ts';
import type { ObliqueInput, ObliqueOutput } from '../shared/types.ts';
import { askKnown } from './ask-known.ts';
import { isTooLarge } from './bricks.ts';
import { imageOf, labelsOf, shownRange, type VolumeDataset } from './datasets.ts';
import type { ShownPlane } from './shown-plane.ts';
import { type Layer, shownLayer, type VolumeState } from './store.ts';

interface Cut {
  readonly key: string;
  readonly plane: ShownPlane;
}

export class ObliquePlane {
  current: Cut | null = null;
  private readonly dataset: VolumeDataset;
  private readonly onCut: () => void;
  private isBusy = false;
  private isStopped = false;
  private wanted = '';

  constructor(dataset: VolumeDataset, onCut: () => void) {
    this.dataset = dataset;
    this.onCut = onCut;
  }

  get isTilted(): boolean {
    const { across, down } = this.dataset.store.getState().tilt;
    return across !== 0 || down !== 0;
  }

  /** Cuts anew where the tilt, the crosshair or the voxels changed. */
  follow({ tilt, position, versions, cutout }: VolumeState): void {
    const key = this.isTilted ? JSON.stringify([tilt, position, versions, cutout]) : '';
    if (key === this.wanted) return;
    this.wanted = key;
    if (key !== '') return void this.cut();
    this.current = null;
    this.onCut();
  }

  stop(): void {
    this.isStopped = true;
  }

  private async cut(): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    try {
      while (!this.isStopped && this.wanted !== '' && this.current?.key !== this.wanted) {
        const key = this.wanted;
        const plane = await this.ask();
        if (!plane) return;
        this.current = { key, plane };
        if (!this.isStopped) this.onCut();
      }
    } catch (error) {
      reportError(error, 'The oblique slice could not be cut');
    } finally {
      this.isBusy = false;
    }
  }

  private async ask(): Promise<ShownPlane | null> {
    const { dataset } = this;
    const { tilt, position } = dataset.store.getState();
    const image = imageOf(dataset);
    const { from, to } = shownRange(dataset);
    const [, height, width] = dataset.shape;
    const part = <T extends NumericArray>(data: T): T => data.slice(from * height * width, to * height * width) as T;
    if (!image) return this.askFile();
    const labels = (['truth', 'prediction'] as const).map((role) => {
      const found = labelsOf(dataset, role)?.data;
      return found instanceof Uint8Array ? part(found) : null;
    });
    const input: ObliqueInput = {
      shape: [to - from, height, width],
      centre: [position[0] - from, position[1], position[2]],
      tilt,
    };
    const cut = await ask<ObliqueOutput>('volume', 'oblique', input, { payload: { image: part(image.data), labels } });
    return shownOf(cut);
  }

  /** Of a volume too large to be held. */
  private async askFile(): Promise<ShownPlane | null> {
    const { dataset } = this;
    const { tilt, position } = dataset.store.getState();
    const layer = shownLayer(dataset.store.getState(), 'image');
    if (!layer || !isTooLarge(dataset, layer)) return null;
    const input: ObliqueInput = { shape: dataset.shape, centre: position, tilt };
    const cutOf = (one: Layer) => askKnown<ObliqueOutput>(dataset, one, 'tilted', input);
    const cut = await cutOf(layer);
    if (!cut) return null;
    const labels = (['truth', 'prediction'] as const).map(async (role) => {
      const one = shownLayer(dataset.store.getState(), role);
      const marked = one && isTooLarge(dataset, one) ? await cutOf(one) : null;
      return marked ? bytesOf(marked.image) : null;
    });
    return shownOf({ ...cut, labels: await Promise.all(labels) });
  }
}

function shownOf({ image, labels, height, width, step }: ObliqueOutput): ShownPlane {
  return {
    image: { data: image, height, width },
    labels: [...labels, null],
    height,
    width,
    aspect: { row: step, col: step },
  };
}
