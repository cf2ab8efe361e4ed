// The workspace: bar, left, centre, right, time strip, status; below 900 px one column with the panels behind tabs.
import { type ReactElement, type ReactNode, useState } from 'react';
import { usePreferences } from '../state/hooks.ts';
import { DEFAULTS, type Preferences, setPreferences } from '../state/preferences.ts';
import { useActions } from './actions.ts';
import { classNames } from './class-names.ts';
import { cssVars } from './css-vars.ts';
import type { Icon } from './icons.tsx';
import { moveWithin } from './move-within.ts';
import { Splitter } from './splitter.tsx';
import { useMedia, useNarrow } from './use-media.ts';

/** 'ready' means that nothing the user asked for is running. */
export type Phase = 'empty' | 'opening' | 'ready' | 'working' | 'error';

export interface FrameTab {
  readonly id: string;
  readonly label: string;
  readonly icon: Icon;
  readonly panel: ReactNode;
}

interface FrameProps {
  readonly modality: string;
  /** The page's heading, read but not seen: the open data set's name. */
  readonly title: string;
  readonly phase: Phase;
  readonly top: ReactNode;
  readonly main: ReactNode;
  readonly left?: ReactNode;
  readonly right?: ReactNode;
  readonly time?: ReactNode;
  readonly status: ReactNode;
  /** Accessible names of the panels. */
  readonly labels?: { readonly left?: string; readonly right?: string; readonly time?: string };
  /** Panels of the narrow window, the first shown first. */
  readonly tabs: readonly FrameTab[];
  /** Sizes in CSS pixels until the person chooses others: 424 px at the right for ephys, say. */
  readonly sizes?: Partial<Pick<Preferences, 'leftWidth' | 'rightWidth' | 'timeHeight'>>;
}

const LIMITS = { leftWidth: [160, 480], rightWidth: [280, 720], timeHeight: [96, 480] } as const;
type Size = keyof typeof LIMITS;

export function Frame(props: FrameProps): ReactElement {
  const { modality, title, phase, top, main, status, tabs } = props;
  const narrow = useNarrow();
  return narrow ? (
    <div className={classNames('app', tabs.length === 0 && 'no-panel')}>
      {top}
      <main className="main" data-modality={modality} data-phase={phase}>
        <h1 className="vh">{title}</h1>
        {main}
      </main>
      <NarrowPanels tabs={tabs} />
      {status}
    </div>
  ) : (
    <WideFrame {...props} />
  );
}

function WideFrame({
  modality,
  title,
  phase,
  top,
  main,
  left,
  right,
  time,
  status,
  labels = {},
  sizes = {},
}: FrameProps): ReactElement {
  const preferences = usePreferences();
  const tight = useMedia('(max-width: 1160px)');
  const size = (name: Size, whenTight: number): { readonly set: boolean; readonly value: number } => {
    const chosen = preferences[name];
    const set = chosen !== DEFAULTS[name];
    return { set, value: set ? chosen : tight ? whenTight : (sizes[name] ?? DEFAULTS[name]) };
  };
  const leftSize = size('leftWidth', 200);
  const rightSize = size('rightWidth', 336);
  const timeSize = size('timeHeight', sizes.timeHeight ?? DEFAULTS.timeHeight);
  const splitter = (of: 'left' | 'right' | 'time', name: Size, label: string, value: number) => (
    <Splitter
      of={of}
      label={label}
      size={value}
      min={LIMITS[name][0]}
      max={LIMITS[name][1]}
      onResize={(to) => setPreferences({ [name]: to })}
      onRestore={() => setPreferences({ [name]: DEFAULTS[name] })}
    />
  );
  return (
    <div
      className={classNames('app', !left && 'no-left', !right && 'no-right', !time && 'no-time')}
      style={cssVars({
        ...(left ? { '--w-left': `${leftSize.value}px` } : {}),
        ...(right ? { '--w-right': `${rightSize.value}px` } : {}),
        ...(time ? { '--h-time': `${timeSize.value}px` } : {}),
      })}
    >
      {top}
      {left && (
        <aside className="left" aria-label={labels.left ?? 'Data sets and layers'}>
          {left}
        </aside>
      )}
      <main className="main" data-modality={modality} data-phase={phase}>
        <h1 className="vh">{title}</h1>
        {left && splitter('left', 'leftWidth', 'Left panel width', leftSize.value)}
        {main}
        {right && splitter('right', 'rightWidth', 'Right panel width', rightSize.value)}
        {time && splitter('time', 'timeHeight', 'Time strip height', timeSize.value)}
      </main>
      {right && (
        <aside className="right" aria-label={labels.right ?? 'Result'}>
          {right}
        </aside>
      )}
      {time && (
        <section className="time" aria-label={labels.time ?? 'Time'}>
          {time}
        </section>
      )}
      {status}
    </div>
  );
}

function NarrowPanels({ tabs }: { readonly tabs: readonly FrameTab[] }): ReactElement | null {
  const [chosen, setChosen] = useState(tabs[0]?.id);
  const shown = tabs.find(({ id }) => id === chosen) ?? tabs[0];
  useActions(tabs.map(({ id, label }) => ({ label, group: 'Panels', run: () => setChosen(id) })));
  if (!shown) return null;
  return (
    <>
      <aside className="panel" aria-label="Panel">
        <div role="tabpanel" id="frame-panel" aria-labelledby={`frame-tab-${shown.id}`}>
          {shown.panel}
        </div>
      </aside>
      <nav className="tabbar" aria-label="Panels">
        <div
          role="tablist"
          aria-label="Panels"
          onKeyDown={(event) => {
            const tab = tabs[moveWithin(event, '[role="tab"]')];
            if (tab) setChosen(tab.id);
          }}
        >
          {tabs.map(({ id, label, icon: Picture }) => (
            <button
              key={id}
              type="button"
              role="tab"
              id={`frame-tab-${id}`}
              aria-selected={id === shown.id}
              aria-controls={id === shown.id ? 'frame-panel' : undefined}
              tabIndex={id === shown.id ? 0 : -1}
              onClick={() => setChosen(id)}
            >
              <Picture />
              {label}
            </button>
          ))}
        </div>
      </nav>
    </>
  );
}
