// The drift map: every spike by time and depth, its shade its amplitude; once the motion is known the corrected map beside it. Below
// runs the motion. A click moves the traces there; a drag along the foot sets the time brush.
import { type PointerEvent, type ReactElement, useEffect, useLayoutEffect, useRef } from 'react';
import { reportError } from '../../../state/log.ts';
import { Empty } from '../../../ui/empty.tsx';
import type { EphysDataset } from './datasets.ts';
import { placesOf } from './drift.ts';
import { DriftPicture } from './drift-picture.ts';
import { useEphys } from './hooks.ts';
import { secondsOf } from './units.ts';
import { showFrame } from './window.ts';

export function DriftView({ dataset }: { readonly dataset: EphysDataset }): ReactElement {
  const canvas = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const picture = useRef<DriftPicture | null>(null);
  const brushStart = useRef<number | null>(null);
  const version = useEphys(
    dataset,
    (state) => `${state.versions.drift} ${state.versions.units} ${state.versions.metrics} ${state.sorting}`,
  );
  const there = (placesOf(dataset)?.seconds.length ?? 0) > 0;
  useLayoutEffect(() => {
    if (!canvas.current || !overlay.current) return;
    try {
      picture.current = new DriftPicture(canvas.current, overlay.current, dataset);
    } catch (error) {
      reportError(error, 'The drift map cannot be drawn');
    }
    return () => {
      picture.current?.destroy();
      picture.current = null;
    };
  }, [dataset]);
  // The version stands for the arrays behind the picture.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => picture.current?.refresh(), [version]);
  const secondsAt = (event: PointerEvent<HTMLCanvasElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return picture.current?.secondsAt(event.clientX - box.left) ?? null;
  };
  return (
    <div className="plot ephys-drift">
      <canvas
        ref={canvas}
        role="img"
        aria-label="Drift map"
        aria-description={there ? 'Spikes by time and depth' : 'No spike has a place yet'}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          brushStart.current = secondsAt(event);
        }}
        onPointerMove={(event) => {
          const [start, now] = [brushStart.current, secondsAt(event)];
          if (start === null || now === null || Math.abs(now - start) < secondsOf(dataset) / 200) return;
          dataset.store.setState({ brush: { from: Math.min(start, now), to: Math.max(start, now) } });
        }}
        onPointerUp={(event) => {
          const [start, now] = [brushStart.current, secondsAt(event)];
          brushStart.current = null;
          if (start !== null && now !== null && Math.abs(now - start) < secondsOf(dataset) / 200)
            showFrame(dataset, now * dataset.rate);
        }}
      />
      {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: a canvas without tabindex takes no focus */}
      <canvas ref={overlay} className="ephys-overlay" aria-hidden="true" />
      {!there && (
        <div className="ephys-empty">
          <Empty
            text={
              dataset.recording
                ? 'No spike has a place yet. Press Estimate drift: it finds spikes in the recording and places them.'
                : 'This sorting does not say where its spikes are. Drop the recording with it, or spike_positions.npy.'
            }
          />
        </div>
      )}
    </div>
  );
}
