// What curating lays over the picture: the sketch, the tool bar, the hint of the tool in hand, the trace under the pointer.
import { type ReactElement, useEffect, useRef } from 'react';
import type { CalciumDataset } from './datasets.ts';
import { EditBar } from './edit-bar.tsx';
import { EditHands } from './edit-hands.ts';
import { useEditShortcuts } from './edit-shortcuts.ts';
import { Sketch } from './edit-sketch.ts';
import { BRUSHES, TOOLS } from './edit-tools.ts';
import { useCalcium } from './hooks.ts';
import { PixelTrace } from './pixel-trace.tsx';
import { PreviewRings } from './preview-rings.tsx';
import { brushDiameter } from './soma.ts';
import type { StagePicture } from './stage-picture.ts';
import './edit.css';

interface EditStageProps {
  readonly dataset: CalciumDataset;
  readonly picture: StagePicture;
}

export function EditStage({ dataset, picture }: EditStageProps): ReactElement {
  const svg = useRef<SVGSVGElement>(null);
  const hands = useRef<EditHands | null>(null);
  const edit = useCalcium(dataset, (state) => state.edit);
  useEffect(() => {
    if (!svg.current) return;
    const sketch = new Sketch(svg.current);
    const made = new EditHands(dataset, picture, sketch);
    hands.current = made;
    const stops = [
      picture.subscribeCamera(() => {
        if (picture.view) sketch.setCamera(picture.view.camera, picture.view.box);
      }),
      dataset.store.subscribe((now, before) => {
        // Another tool begins with nothing in the making.
        if (now.edit.tool !== before.edit.tool) made.drop();
        else if (now.edit !== before.edit || now.diameter !== before.diameter) made.redraw();
      }),
    ];
    made.redraw();
    return () => {
      for (const stop of stops) stop();
      made.destroy();
      hands.current = null;
      svg.current?.replaceChildren();
    };
  }, [dataset, picture]);
  useEditShortcuts(dataset, edit, () => hands.current);
  const tool = TOOLS.find(({ name }) => name === edit.tool);
  return (
    <>
      <PreviewRings dataset={dataset} picture={picture} />
      <svg ref={svg} className="sketch" aria-hidden="true" />
      {edit.pixelTrace && <PixelTrace dataset={dataset} picture={picture} />}
      <EditBar dataset={dataset} edit={edit} />
      <span className="on edit-hint" aria-live="polite" hidden={!tool}>
        {tool && (
          <span>
            {tool.hint}
            {BRUSHES.includes(tool.name) && ` Brush ${brushDiameter(dataset)} px: [ and ] change it.`} Esc leaves.
          </span>
        )}
      </span>
    </>
  );
}
