// The montage of a region: cut-outs of the movie around its strongest transients, one contrast for all, each under its time; a
// press on one shows that frame of the movie.
import { type ReactElement, useEffect, useRef } from 'react';
import type { Region } from '../../../base/region.ts';
import { reportError } from '../../../state/log.ts';
import { token } from '../../../ui/css-vars.ts';
import { Empty } from '../../../ui/empty.tsx';
import type { CalciumDataset } from './datasets.ts';
import { useCalcium, useTask } from './hooks.ts';
import { timeLabel } from './time-ticks.ts';
import type { TraceLane } from './trace-lanes.ts';
import type { RegionTrace } from './traces.ts';
import { type Box, boxAround, cutOut, sharedContrast, transientFrames } from './transients.ts';

interface MontageProps {
  readonly dataset: CalciumDataset;
  /** The selected region's lane. */
  readonly lane: TraceLane | null;
  readonly region: Region | null;
}

interface Reel {
  readonly key: string;
  readonly box: Box;
  readonly low: number;
  readonly high: number;
  /** Null where the frame is damaged. */
  readonly transients: readonly Transient[];
  readonly failed?: boolean;
}

interface Transient {
  readonly peak: number;
  readonly frames: readonly { readonly frame: number; readonly data: Float32Array | null }[];
}

export function Montage({ dataset, lane, region }: MontageProps): ReactElement {
  const trace = lane?.trace ?? null;
  const key = `${dataset.id} ${lane?.key} ${trace?.exact} ${trace?.raw.length}`;
  const reel = useTask(async (): Promise<Reel | null> => {
    if (!trace || !region) return null;
    try {
      return { key, ...(await makeReel(dataset, trace, region)) };
    } catch (error) {
      reportError(error, `${dataset.name}: the transients could not be cut out`);
      return { key, box: boxAround(region, 1, 1), low: 0, high: 1, transients: [], failed: true };
    }
  }, key);
  if (!lane || !region) return <Empty text="Select a region to see its strongest transients." />;
  if (!reel || reel.key !== key) return <Empty text={trace ? 'Cutting out the movie …' : 'The movie is not read yet.'} />;
  if (reel.failed) return <Empty text="The movie around the transients could not be read." />;
  if (reel.transients.length === 0) return <Empty text={`${lane.title} has no transients.`} />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by Tab
    <section className="montage" aria-label={`Transients of ${lane.title}`} tabIndex={0}>
      {reel.transients.map(({ peak, frames }, i) => (
        <TransientStrip key={peak} dataset={dataset} rank={i + 1} list={frames} peak={peak} reel={reel} region={region} />
      ))}
    </section>
  );
}

async function makeReel(dataset: CalciumDataset, trace: RegionTrace, region: Region): Promise<Omit<Reel, 'key'>> {
  const { height, width } = dataset.files.movie;
  const box = boxAround(region, height, width);
  const read = async (frame: number) => {
    const found = await dataset.player.source.read(frame);
    return { frame, data: 'data' in found ? cutOut(found.data, width, box) : null };
  };
  const transients = await Promise.all(
    (await transientFrames(dataset, trace)).map(async ({ peak, frames }) => ({
      peak,
      frames: await Promise.all(frames.map(read)),
    })),
  );
  const [low, high] = sharedContrast(transients.flatMap(({ frames }) => frames.flatMap(({ data }) => data ?? [])));
  return { box, low, high, transients };
}

interface TransientProps {
  readonly dataset: CalciumDataset;
  readonly rank: number;
  readonly list: Transient['frames'];
  readonly peak: number;
  readonly reel: Reel;
  readonly region: Region;
}

function TransientStrip({ dataset, rank, list, peak, reel, region }: TransientProps): ReactElement {
  const shown = useCalcium(dataset, (state) => state.frame);
  const rate = dataset.rateKnown ? dataset.rateHz : null;
  const show = (frame: number) => {
    dataset.player.pause();
    dataset.player.seek(frame);
  };
  const timeOf = (frame: number) => timeLabel(frame, rate);
  return (
    <figure>
      <figcaption>
        <span className="strong">{rank}</span>
        <span className="t2">peak at {timeOf(peak)}</span>
      </figcaption>
      <div className="frames">
        {list.map(({ frame, data }) => (
          <button
            key={frame}
            type="button"
            aria-label={`Frame ${frame}, ${timeOf(frame)}`}
            aria-current={frame === shown ? 'true' : undefined}
            onClick={() => show(frame)}
          >
            <CutOut data={data} reel={reel} region={region} />
            <span aria-hidden="true">{timeOf(frame)}</span>
          </button>
        ))}
      </div>
    </figure>
  );
}

const SIDE = 64;

function CutOut({ data, reel, region }: { readonly data: Float32Array | null; readonly reel: Reel; readonly region: Region }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { box } = reel;
  const scale = Math.max(1, Math.floor((2 * SIDE) / Math.max(box.height, box.width)));
  useEffect(() => {
    if (canvas.current) drawCutOut(canvas.current, data, reel, region, scale);
  }, [data, reel, region, scale]);
  const style = {
    width: (box.width / Math.max(box.height, box.width)) * SIDE,
    height: (box.height / Math.max(box.height, box.width)) * SIDE,
  };
  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a canvas without tabindex takes no focus
  return <canvas ref={canvas} width={box.width * scale} height={box.height * scale} style={style} aria-hidden="true" />;
}

/** Grey values between the limits, and the region's edge. */
function drawCutOut(
  canvas: HTMLCanvasElement,
  data: Float32Array | null,
  { box, low, high }: Reel,
  { points, dims }: Region,
  scale: number,
): void {
  const context = canvas.getContext('2d');
  if (!context || !data) return;
  const { height, width, top, left } = box;
  const grey = (value: number) => Math.round(255 * Math.min(1, Math.max(0, (value - low) / (high - low || 1))));
  for (let i = 0; i < data.length; i++) {
    const level = grey(data[i]!);
    context.fillStyle = `rgb(${level} ${level} ${level})`;
    context.fillRect((i % width) * scale, Math.floor(i / width) * scale, scale, scale);
  }
  const inside = new Set<number>();
  const at = (row: number, col: number) => row * 65536 + col;
  for (let i = 0; i + 1 < points.length; i += dims) inside.add(at(Math.floor(points[i]!), Math.floor(points[i + 1]!)));
  context.fillStyle = token('--tp');
  const line = Math.max(1, Math.round(scale / 3));
  for (let row = top; row < top + height; row++) {
    for (let col = left; col < left + width; col++) {
      if (!inside.has(at(row, col))) continue;
      const [x, y] = [(col - left) * scale, (row - top) * scale];
      if (!inside.has(at(row - 1, col))) context.fillRect(x, y, scale, line);
      if (!inside.has(at(row + 1, col))) context.fillRect(x, y + scale - line, scale, line);
      if (!inside.has(at(row, col - 1))) context.fillRect(x, y, line, scale);
      if (!inside.has(at(row, col + 1))) context.fillRect(x + scale - line, y, line, scale);
    }
  }
}
