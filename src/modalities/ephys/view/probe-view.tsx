// The probe beside the traces: a click centres the traces on that electrode, a lasso chooses electrodes, a double-click forgets them.
import { type PointerEvent, type ReactElement, useRef, useState } from 'react';
import { grouped } from '../../../base/number-format.ts';
import { useActivity } from './activity.ts';
import type { EphysDataset } from './datasets.ts';
import { useEphys } from './hooks.ts';
import { Plot } from './plot.tsx';
import { isInside, paintProbe, probeMap } from './probe-picture.ts';
import { depthOf } from './unit-facts.ts';
import { selectedUnits } from './units.ts';
import { showElectrode } from './window.ts';

interface Point {
  readonly x: number;
  readonly y: number;
}

const CLICK_PX = 5;

export function ProbeView({ dataset }: { readonly dataset: EphysDataset }): ReactElement {
  const { electrodes, store } = dataset;
  const [lasso, setLasso] = useState<readonly Point[]>([]);
  const drawing = useRef<Point[]>([]);
  const activity = useActivity(dataset);
  useEphys(
    dataset,
    (state) =>
      `${state.firstRow} ${state.rows} ${state.picked?.join()} ${state.order} ${state.selected.join()} ${state.versions.metrics} ${state.versions.units} ${state.versions.detected}`,
  );
  const at = (event: PointerEvent<HTMLCanvasElement>): Point => {
    const box = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const finish = (event: PointerEvent<HTMLCanvasElement>) => {
    const points = drawing.current;
    drawing.current = [];
    setLasso([]);
    const box = event.currentTarget.getBoundingClientRect();
    const map = probeMap(dataset, box.width, box.height);
    const travelled = points.reduce(
      (sum, point, i) => sum + (i === 0 ? 0 : Math.hypot(point.x - points[i - 1]!.x, point.y - points[i - 1]!.y)),
      0,
    );
    if (travelled > CLICK_PX) {
      const inside = electrodes.byFile.filter((i) => isInside(points, map.place(i).x, map.place(i).y));
      if (inside.length > 0) store.setState({ picked: inside });
      return;
    }
    const to = points.at(-1);
    if (!to) return;
    const distance = (i: number) => Math.hypot(map.place(i).x - to.x, map.place(i).y - to.y);
    const nearest = electrodes.byFile.reduce((best, i) => (distance(i) < distance(best) ? i : best), 0);
    showElectrode(dataset, nearest);
  };
  const units = selectedUnits(dataset).flatMap((unit, place) => {
    const depth = depthOf(dataset, unit);
    return depth === null ? [] : [{ place, depth }];
  });
  return (
    <div className="plot ephys-probe">
      <Plot
        label="Probe"
        description={`${grouped(electrodes.count)} electrodes${electrodes.placed ? '' : ', places unknown'}`}
        paint={(painting) => paintProbe(painting, dataset, { activity: activity ?? null, units, lasso })}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          drawing.current = [at(event)];
        }}
        onPointerMove={(event) => {
          if (drawing.current.length === 0) return;
          drawing.current.push(at(event));
          setLasso([...drawing.current]);
        }}
        onPointerUp={finish}
      />
    </div>
  );
}
