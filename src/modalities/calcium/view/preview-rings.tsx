// The preview on the picture: a ring for each cell that the parameters would find, and the border of the part that was searched.
// Follows the camera; the rings are no regions.
import { type ReactElement, useEffect, useRef } from 'react';
import { resources } from '../../../state/resources.ts';
import type { PreviewOutput } from '../shared/tools.ts';
import type { CalciumDataset } from './datasets.ts';
import { useCalcium } from './hooks.ts';
import type { StagePicture } from './stage-picture.ts';

interface PreviewRingsProps {
  readonly dataset: CalciumDataset;
  readonly picture: StagePicture;
}

export function PreviewRings({ dataset, picture }: PreviewRingsProps): ReactElement | null {
  // What a detector would find is no sight for somebody who labels blind.
  const preview = useCalcium(dataset, ({ preview: found, blind }) => (blind === null ? found : null));
  const group = useRef<SVGGElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the group is there while there is a preview
  useEffect(
    () =>
      picture.subscribeCamera(() => {
        const { view } = picture;
        if (!view || !group.current) return;
        const { row, col, zoom } = view.camera;
        const [x, y] = [view.box.width / 2 - col * zoom, view.box.height / 2 - row * zoom];
        group.current.setAttribute('transform', `translate(${x} ${y}) scale(${zoom})`);
      }),
    [picture, preview],
  );
  const found = preview && resources.get<PreviewOutput>(`${dataset.id}/preview`);
  if (!preview || !found) return null;
  const { area, count, radius } = preview;
  return (
    <svg className="sketch preview" role="img" aria-label={`Preview: ${count} cells`}>
      <g ref={group}>
        <rect x={area.left} y={area.top} width={area.width} height={area.height} />
        {Array.from(found.row, (row, i) => (
          // A pixel's middle is half a pixel from its corner.
          <circle key={`${row} ${found.col[i]}`} cx={area.left + found.col[i]! + 0.5} cy={area.top + row + 0.5} r={radius} />
        ))}
      </g>
    </svg>
  );
}
