// The dialog behind Clip…: which frames, how fast, how large, what is written on them; then how far it is.
import { type ReactElement, type ReactNode, useState } from 'react';
import { useJobs } from '../../../state/hooks.ts';
import { cancelJob } from '../../../state/jobs.ts';
import { AlertStrip } from '../../../ui/alert-strip.tsx';
import { Button } from '../../../ui/button.tsx';
import { Check } from '../../../ui/check.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { JobBar } from '../../../ui/job-bar.tsx';
import { NumberField } from '../../../ui/number-field.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Select } from '../../../ui/select.tsx';
import type { DrawnOverlays } from './clip-painter.ts';
import { type ClipFormat, type ClipOptions, describePlan, planClip } from './clip-plan.ts';
import { CLIP_JOB, clipFile, saveClip } from './clip-save.ts';
import { chooseCodec } from './clip-video.ts';
import type { CalciumDataset } from './datasets.ts';
import { useTask } from './hooks.ts';
import { SIZES, type Size, TIMES } from './picture-dialog.tsx';

interface ClipDialogProps {
  readonly dataset: CalciumDataset;
  readonly stage: DrawnOverlays;
  readonly onClose: () => void;
}

const FORMATS: readonly { value: ClipFormat; label: string }[] = [
  { value: 'webm', label: 'WebM video' },
  { value: 'png', label: 'PNG sequence' },
];
const SPEEDS = [0.25, 0.5, 1, 2, 4, 8, 16, 32];

export function ClipDialog({ dataset, stage, onClose }: ClipDialogProps): ReactElement {
  const [options, setOptions] = useState<ClipOptions>(() => usual(dataset));
  const set = (change: Partial<ClipOptions>) => setOptions((before) => ({ ...before, ...change }));
  const [saving, setSaving] = useState(false);
  const job = useJobs().find(({ label, dataset: id }) => label === CLIP_JOB && id === dataset.id);
  const plan = planClip(options, { ...dataset.files.movie, rateHz: dataset.rateHz });
  const isVideo = options.format === 'webm';
  const codec = useTask(() => chooseCodec(plan), `${plan.width} ${plan.height} ${plan.frameMs}`);
  const impossible = isVideo && codec === null;
  const save = async () => {
    setSaving(true);
    if (await saveClip(dataset, stage, options)) onClose();
    else setSaving(false);
  };
  const actions = (
    <>
      <Button onClick={onClose}>Close</Button>
      <Button kind="main" disabled={impossible || plan.frames.length === 0} onClick={() => void save()}>
        {`Save ${clipFile(dataset.info.shortName, options.format)}`}
      </Button>
    </>
  );
  // While it is written, what it shows must not change: to close it is to cancel.
  return (
    <Dialog title="Clip" onClose={saving ? () => job && cancelJob(job.id) : onClose} actions={saving ? undefined : actions}>
      <p className="t2">{describePlan(plan, options.format)}</p>
      {saving ? (
        <div className="clip-job">{job ? <JobBar job={job} /> : <p className="s t2">Beginning</p>}</div>
      ) : (
        <Choices dataset={dataset} options={options} onChange={set} />
      )}
      {impossible && (
        <AlertStrip>
          {typeof VideoEncoder === 'undefined'
            ? 'This browser has no video encoder (WebCodecs). Save a PNG sequence, or use Chrome, Edge, Safari 16.4 or Firefox 130 and later.'
            : 'This browser encodes no video of this size. Choose a smaller magnification, or save a PNG sequence.'}
        </AlertStrip>
      )}
    </Dialog>
  );
}

/** What the traces show, as fast as the movie plays. */
function usual(dataset: CalciumDataset): ClipOptions {
  const { speed, timeRange } = dataset.store.getState();
  const whole = wholeMovie(dataset);
  const range = timeRange ? shownFrames(dataset, timeRange) : whole;
  return { format: 'webm', ...range, every: 1, speed, magnification: 2, overlays: true, scaleBar: true, timeStamp: true };
}

const wholeMovie = ({ player }: CalciumDataset) => ({ from: 0, to: player.frames - 1 });

/** The frames that lie whole within what the time strip shows. */
function shownFrames({ player }: CalciumDataset, { from, to }: { from: number; to: number }): { from: number; to: number } {
  return { from: Math.max(0, Math.ceil(from)), to: Math.min(player.frames - 1, Math.floor(to)) };
}

interface ChoicesProps {
  readonly dataset: CalciumDataset;
  readonly options: ClipOptions;
  readonly onChange: (change: Partial<ClipOptions>) => void;
}

function Choices({ dataset, options, onChange }: ChoicesProps): ReactElement {
  const { format, from, to, every, speed, magnification, overlays, scaleBar, timeStamp } = options;
  const last = dataset.player.frames - 1;
  const { timeRange } = dataset.store.getState();
  const rate = dataset.rateKnown ? '' : `, ${dataset.rateHz} frames a second taken for 1×`;
  return (
    <>
      <Row name="Format">
        <Segmented label="Format" value={format} choices={FORMATS} onChange={(value) => onChange({ format: value })} />
      </Row>
      <Row name="Frames">
        <NumberField label="First frame" value={from} min={0} max={last} onCommit={(value) => onChange({ from: value })} />
        <span className="t2">to</span>
        <NumberField label="Last frame" value={to} min={0} max={last} onCommit={(value) => onChange({ to: value })} />
        <span className="clip-ranges">
          <Button small onClick={() => onChange(wholeMovie(dataset))}>
            All
          </Button>
          <Button small disabled={timeRange === null} onClick={() => timeRange && onChange(shownFrames(dataset, timeRange))}>
            What the traces show
          </Button>
        </span>
      </Row>
      <Row name="Every">
        <NumberField
          label="Every n-th frame"
          value={every}
          min={1}
          max={last + 1}
          onCommit={(value) => onChange({ every: value })}
        />
        <span className="t2 s">{every === 1 ? 'all frames' : `one frame of ${every}`}</span>
      </Row>
      {format === 'webm' && (
        <Row name="Speed">
          <Select
            label="Speed"
            value={String(speed)}
            choices={SPEEDS.map((value) => ({ value: String(value), label: `${value}×` }))}
            onChange={(value) => onChange({ speed: Number(value) })}
          />
          <span className="t2 s">{`of real time${rate}`}</span>
        </Row>
      )}
      <Row name="Magnification">
        <Segmented
          label="Magnification"
          value={String(magnification) as Size}
          choices={SIZES}
          onChange={(value) => onChange({ magnification: TIMES[value] })}
        />
      </Row>
      <Row name="With">
        <Check label="Overlays" checked={overlays} onChange={(on) => onChange({ overlays: on })} />
        <Check label="Scale bar" checked={scaleBar} onChange={(on) => onChange({ scaleBar: on })} />
        <Check label="Time stamp" checked={timeStamp} onChange={(on) => onChange({ timeStamp: on })} />
      </Row>
    </>
  );
}

function Row({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactElement {
  return (
    <div className="set two clip-row">
      <span aria-hidden="true">{name}</span>
      <div className="picture-size">{children}</div>
    </div>
  );
}
