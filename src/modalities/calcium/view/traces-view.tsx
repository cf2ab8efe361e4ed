// The tab Traces: names at the left, curves right, one time axis. The curves are drawn by TracesPicture; what React draws are
// the names, the ticks and the way in for the keyboard.
import {
  type MouseEvent,
  type ReactElement,
  useCallback,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { reportError } from '../../../state/log.ts';
import { classNames } from '../../../ui/class-names.ts';
import { cssVars } from '../../../ui/css-vars.ts';
import { Empty } from '../../../ui/empty.tsx';
import { LineSample } from '../../../ui/line-sample.tsx';
import { useNarrow } from '../../../ui/use-media.ts';
import type { CalciumDataset } from './datasets.ts';
import { describeLane } from './describe-lane.ts';
import { drawnLane, snrText } from './drawn-lane.ts';
import type { TraceKind } from './lane-curves.ts';
import { scaleBar, type ValueRange } from './lane-scale.ts';
import { selectRegion } from './selection.ts';
import type { Selection } from './store.ts';
import { placePlayhead, TimeAxis, ZoomButtons } from './time-axis.tsx';
import { pressTimeKey, useTimeHands } from './time-hands.ts';
import { revealFrame, type TimeRange, wholeRange } from './time-range.ts';
import { timeLabel, timeTicks } from './time-ticks.ts';
import type { TraceLane } from './trace-lanes.ts';
import { TracesPicture } from './traces-picture.ts';

interface TracesViewProps {
  readonly dataset: CalciumDataset;
  readonly lanes: readonly TraceLane[];
  readonly kind: TraceKind | null;
}

const HINT = 'Click a region to see its trace.';
const HEADROOM = 4;
/** In the narrow window the names stand above their curves. */
const NAME_HEADROOM = 22;

/** A data set's own: it is rendered with its id as key, because a destroyed canvas cannot be used again. */
export function TracesView({ dataset, lanes, kind }: TracesViewProps): ReactElement {
  const { player, rateHz } = dataset;
  const rate = dataset.rateKnown ? rateHz : null;
  const canvas = useRef<HTMLCanvasElement>(null);
  const plot = useRef<HTMLDivElement>(null);
  const slider = useRef<HTMLDivElement>(null);
  const playhead = useRef<HTMLSpanElement>(null);
  const picture = useRef<TracesPicture | null>(null);
  const [range, setRange] = useState<TimeRange>(() => wholeRange(player.frames));
  const [width, setWidth] = useState(0);
  const narrow = useNarrow();
  const ticks = useMemo(() => timeTicks(range, width, rate), [range, width, rate]);
  const drawn = useMemo(() => lanes.map((lane) => drawnLane(lane, kind, rateHz)), [lanes, kind, rateHz]);
  const hinted = lanes.every(({ selection }) => selection === null);

  const movePlayhead = useEffectEvent((frame: number, x: number) => {
    const label = playhead.current;
    const hands = slider.current;
    if (!label || !hands) return;
    const text = timeLabel(frame, rate);
    placePlayhead(label, text, x, width);
    hands.setAttribute('aria-valuenow', String(frame));
    hands.setAttribute('aria-valuetext', text);
  });

  useLayoutEffect(() => {
    const element = canvas.current;
    if (!element) return;
    try {
      picture.current = new TracesPicture(element, player, player.shown?.frame ?? dataset.store.getState().frame, {
        onWidth: setWidth,
        onPlayhead: (frame, x) => movePlayhead(frame, x),
        onFrame: (frame) => setRange((before) => revealFrame(before, frame, player.frames)),
      });
    } catch (error) {
      reportError(error, 'Traces cannot be drawn');
    }
    return () => {
      picture.current?.destroy();
      picture.current = null;
    };
  }, [dataset, player]);

  const selected = lanes[0]?.selection ?? null;
  const answered = useRef<Selection | null>(null);
  useLayoutEffect(() => {
    const strips = drawn.map(({ curves, range: limits }) => (curves && limits ? { curves, range: limits } : null));
    const fresh = selected !== null && selected !== answered.current && strips[0] !== null;
    if (fresh || selected === null) answered.current = selected;
    picture.current?.show(hinted ? [...strips, null] : strips, narrow ? NAME_HEADROOM : HEADROOM, fresh);
  }, [drawn, hinted, narrow, selected]);
  useLayoutEffect(() => {
    picture.current?.setTime(
      range,
      ticks.map(({ frame }) => frame),
    );
  }, [range, ticks]);
  useEffect(() => dataset.store.setState({ timeRange: range }), [dataset, range]);
  const change = useCallback((next: (before: TimeRange) => TimeRange) => setRange(next), []);
  const hands = useTimeHands({ plot, player, range, setRange: change });
  // The slider lets the pointer through to the canvas, so a press on the plot has to be told to focus it.
  const focusSlider = (event: MouseEvent) => {
    event.preventDefault();
    slider.current?.focus({ preventScroll: true });
  };
  const rows = cssVars({ '--strips': drawn.length + (hinted ? 1 : 0) });
  const description = lanes.length > 0 ? drawn.map(({ lane, curves }) => describeLane(lane, curves, rate)).join(' ') : HINT;
  return (
    <div className="trace-grid">
      <ul className="trace-names" style={rows}>
        {drawn.map(({ lane }, i) => (
          <li key={lane.key} className={classNames('trace-name', i === 0 && lane.selection && 'is-selected')}>
            <LaneName dataset={dataset} lane={lane} first={i === 0} />
          </li>
        ))}
      </ul>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the slider below is the way in for keyboards and screen readers */}
      <div ref={plot} className="plot trace-plot" {...hands} onMouseDown={focusSlider}>
        <canvas ref={canvas} role="img" aria-label="Traces" aria-description={description} />
        <div className="trace-strips" style={rows} aria-hidden="true">
          {drawn.map(({ lane, curves, range: limits }) => (
            <div key={lane.key} className="trace-strip">
              {curves && limits ? (
                <ScaleBar range={limits} unit={curves.unit} />
              ) : (
                <span className="trace-wait">not read yet</span>
              )}
            </div>
          ))}
        </div>
        {hinted && (
          <div className={classNames('trace-hint', drawn.length > 0 && 'is-below')}>
            <Empty text={HINT} />
          </div>
        )}
        <div
          ref={slider}
          role="slider"
          tabIndex={0}
          className="trace-slider"
          aria-label="Time"
          aria-valuemin={0}
          aria-valuemax={Math.max(0, player.frames - 1)}
          aria-valuenow={dataset.store.getState().frame}
          onKeyDown={(event) => {
            if (pressTimeKey(event, player, change)) event.preventDefault();
          }}
        />
      </div>
      <ZoomButtons player={player} range={range} setRange={change} />
      <TimeAxis ticks={ticks} range={range} width={width} playhead={playhead} />
    </div>
  );
}

/** The partner's name selects it. */
function LaneName({
  dataset,
  lane,
  first,
}: {
  readonly dataset: CalciumDataset;
  readonly lane: TraceLane;
  readonly first: boolean;
}): ReactElement {
  const { selection, title, text, line } = lane;
  const snr = snrText(lane);
  const name = (
    <>
      <LineSample kind={line} />
      <span className="cut">{title}</span>
    </>
  );
  return (
    <>
      {selection && !first ? (
        <button type="button" className="mk strong" onClick={() => selectRegion(dataset, selection)}>
          {name}
        </button>
      ) : (
        <span className="mk strong">{name}</span>
      )}
      <span className="s t2 cut" title={`${text}${snr}`}>
        {text}
        {snr}
      </span>
    </>
  );
}

function ScaleBar({ range, unit }: { readonly range: ValueRange; readonly unit: string }): ReactElement {
  const bar = scaleBar(range, unit);
  return (
    <span className="trace-scale">
      <span>{bar.label}</span>
      <i style={cssVars({ '--share': bar.share })} />
    </span>
  );
}
