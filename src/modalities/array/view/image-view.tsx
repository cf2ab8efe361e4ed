// One plane of an array as an image, with what is under the cursor.
import { type PointerEvent, type ReactElement, useEffect, useRef, useState, type WheelEvent } from 'react';
import type { NumericArray } from '../../../base/ndarray.ts';
import { MISSING } from '../../../base/number-format.ts';
import { ArrayPicture } from '../../../render/array-picture.ts';
import type { Look } from '../../../render/colormap.ts';
import { reportError } from '../../../state/log.ts';

interface ImageViewProps {
  readonly height: number;
  readonly width: number;
  readonly data: NumericArray | undefined;
  /** "plane 3": stands before the cursor's place; '' for a single image. */
  readonly plane: string;
  readonly onLook: (look: Look) => void;
}

export function ImageView({ height, width, data, plane, onLook }: ImageViewProps): ReactElement {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [picture, setPicture] = useState<ArrayPicture>();
  const [at, setAt] = useState<{ x: number; y: number }>();
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    try {
      const made = new ArrayPicture(element, { height, width });
      setPicture(made);
      return () => made.destroy();
    } catch (error) {
      reportError(error, 'The image cannot be drawn');
      return;
    }
  }, [height, width]);
  useEffect(() => {
    if (picture && data?.length === height * width) onLook(picture.show(data));
  }, [picture, data, height, width, onLook]);
  const point = (event: PointerEvent | WheelEvent) => {
    const box = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const under = at && picture?.under(at);
  return (
    <div className="well array-well">
      <canvas
        ref={canvas}
        role="img"
        aria-label="Image"
        onPointerMove={(event) => setAt(point(event))}
        onPointerLeave={() => setAt(undefined)}
        onWheel={(event) => picture?.zoom(Math.exp(-event.deltaY * 0.0015), point(event))}
        onDoubleClick={() => picture?.fit()}
      />
      <output className="on tl" aria-label="Cursor" aria-live="off">
        {[plane, under ? `row ${under.row}  col ${under.col}  value ${under.value}` : MISSING].filter(Boolean).join('  ')}
      </output>
    </div>
  );
}
