// The status bar: what left the tab (nothing), what runs in words, workers, cache, frames per second, log.
import type { ReactElement, ReactNode } from 'react';
import { byteSize, grouped } from '../base/number-format.ts';
import { useJobs, useLog, useSaving, useSession, useTraffic } from '../state/hooks.ts';
import type { RunningJob } from '../state/jobs.ts';
import { isRemotePage } from '../state/remote-page.ts';
import { Button } from './button.tsx';
import { CacheMeter } from './cache-meter.tsx';
import { ShieldIcon } from './icons.tsx';

interface StatusBarProps {
  readonly onOpenLog: () => void;
  /** What is going on where no job says it; "Ready" unless given. */
  readonly status?: string;
  readonly workers?: number;
  /** Frames drawn per second; left out while nothing plays. */
  readonly fps?: number | null;
  /** Further facts at the right: "Saved 12:03:11", "Version 1.0.0". */
  readonly children?: ReactNode;
}

/** "Exact traces, 1,940 of 3,024 frames". */
function sayJob({ label, unit, done, total, share }: RunningJob): string {
  return unit ? `${label}, ${grouped(done)} of ${grouped(total)} ${unit}` : `${label}, ${Math.floor(share * 100)} %`;
}

/** Whom the page asked, and how much came. */
function sayTraffic(hosts: Readonly<Record<string, number>>): string {
  const all = Object.entries(hosts).map(([host, bytes]) => `${byteSize(bytes)} from ${host}`);
  return all.length > 0 ? `Remote: ${all.join(', ')}` : 'Remote page: no server asked yet';
}

export function StatusBar({ onOpenLog, status = 'Ready', workers, fps, children }: StatusBarProps): ReactElement {
  const newest = useJobs()
    .filter(({ idle }) => !idle)
    .at(-1);
  const { opening } = useSession();
  const notices = useLog().length;
  const hosts = useTraffic();
  return (
    <footer className="status">
      <span className="private">
        <ShieldIcon size={14} />
        {isRemotePage() ? sayTraffic(hosts) : '0 bytes sent, files stay in this tab'}
      </span>
      {/* biome-ignore lint/a11y/noRedundantRoles: the role is a name that stays */}
      <output role="status" aria-label="Status">
        {newest ? sayJob(newest) : opening ? `Opening ${opening}` : status}
      </output>
      <span className="push" />
      {workers !== undefined && <span className="hide-narrow">{`${workers} worker${workers === 1 ? '' : 's'}`}</span>}
      <CacheMeter />
      {fps !== undefined && fps !== null && <span className="hide-narrow fps">{`${Math.round(fps)} fps`}</span>}
      {children}
      <Saved />
      <Button small onClick={onOpenLog}>
        {notices > 0 ? `Log ${notices}` : 'Log'}
      </Button>
    </footer>
  );
}

/** When the edits were written last. */
function Saved(): ReactElement | null {
  const { savedAt, isRefused } = useSaving();
  if (isRefused) return <span className="hide-narrow">Not saved</span>;
  if (savedAt === null) return null;
  return <span className="hide-narrow">{`Last saved ${new Date(savedAt).toLocaleTimeString('en-GB')}`}</span>;
}
