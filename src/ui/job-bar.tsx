// One running job: label, %, rate, time left, Cancel and a 2 px line. The newest stands in the top bar, the others in a list.
import { type ReactElement, type ReactNode, useId, useState } from 'react';
import { duration, grouped } from '../base/number-format.ts';
import { useJobs } from '../state/hooks.ts';
import { cancelJob, type RunningJob } from '../state/jobs.ts';
import { Button } from './button.tsx';
import { cssVars } from './css-vars.ts';
import { CloseIcon } from './icons.tsx';
import { Pop } from './pop.tsx';

/** "121 frames/s, 9 s left"; empty while neither is known. */
export function jobPace({ rate, unit, secondsLeft }: RunningJob): string {
  const speed = rate === null ? '' : `${rate >= 10 ? grouped(rate) : rate.toFixed(1)} ${unit}/s`;
  const left = secondsLeft === null ? '' : `${duration(secondsLeft)} left`;
  return [speed, left].filter(Boolean).join(', ');
}

/** What assistive technology hears of a job; its children are not heard, so Cancel stands outside. */
function Progress({
  job,
  className,
  children,
}: {
  readonly job: RunningJob;
  readonly className: string;
  readonly children?: ReactNode;
}): ReactElement {
  const percent = Math.floor(job.share * 100);
  const pace = jobPace(job);
  return (
    <div
      className={className}
      role="progressbar"
      aria-label={job.label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={`${percent} %${pace && `, ${pace}`}`}
    >
      {children}
    </div>
  );
}

export function JobBar({ job }: { readonly job: RunningJob }): ReactElement {
  const labelId = useId();
  return (
    <div className="job">
      <Progress job={job} className="say">
        <span className="label cut" id={labelId}>
          {job.label}
        </span>
        <span className="share">{Math.floor(job.share * 100)} %</span>
        <span className="rate">{jobPace(job)}</span>
      </Progress>
      <Button small icon={CloseIcon} aria-describedby={labelId} onClick={() => cancelJob(job.id)}>
        Cancel
      </Button>
      <span className="bar">
        <i style={cssVars({ '--v': job.share })} />
      </span>
    </div>
  );
}

/** What the user asked for and is running; idle work (prefetch) is left to the status bar. */
export function Jobs(): ReactElement | null {
  const [listed, setListed] = useState(false);
  const asked = useJobs().filter(({ idle }) => !idle);
  const newest = asked.at(-1);
  if (!newest) return null;
  const others = asked.slice(0, -1).reverse();
  const button = (
    <>
      <span className="hide-narrow">and </span>
      {others.length} more
    </>
  );
  return (
    <div className="jobs">
      <JobBar job={newest} />
      {others.length > 0 && (
        <Pop label="Running" button={button} className="job-list" onToggle={setListed}>
          {others.map((job) => (
            <JobBar key={job.id} job={job} />
          ))}
        </Pop>
      )}
      {/* Every job has its progress bar, also while the list is closed. */}
      {!listed && others.map((job) => <Progress key={job.id} job={job} className="vh" />)}
    </div>
  );
}
