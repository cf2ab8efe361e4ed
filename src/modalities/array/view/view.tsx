// The fallback's view: which array, as what it is treated, the picture of it, and the exports of what is shown.
import { type ReactElement, useState } from 'react';
import { grouped } from '../../../base/number-format.ts';
import { usePhase } from '../../../state/hooks.ts';
import { tracked } from '../../../state/jobs.ts';
import { reportError } from '../../../state/log.ts';
import { session } from '../../../state/session.ts';
import { Empty } from '../../../ui/empty.tsx';
import { Frame } from '../../../ui/frame.tsx';
import { SaveIcon } from '../../../ui/icons.tsx';
import { Menu, type MenuItem } from '../../../ui/menu.tsx';
import { OpenedMenu } from '../../../ui/opened-menu.tsx';
import { Select } from '../../../ui/select.tsx';
import { StatusBar } from '../../../ui/status-bar.tsx';
import { TopBar } from '../../../ui/top-bar.tsx';
import type { ViewProps } from '../../modality.ts';
import { describeItem, isMovieLike, MODE_TITLES, type Mode, modesOf } from '../shared/modes.ts';
import type { ArrayInfo, ArrayItem } from '../shared/types.ts';
import { movieFile } from './exports.ts';
import { Shown } from './shown.tsx';
import './array.css';

const MOVIE = 'movie';

export default function ArrayView({ dataset, shell }: ViewProps): ReactElement {
  const { items, left } = dataset.info as ArrayInfo;
  const [index, setIndex] = useState(0);
  const [mode, setMode] = useState<Mode>();
  const [exports, setExports] = useState<readonly MenuItem[]>([]);
  const phase = usePhase();
  const item = items[index]!;
  const modes = modesOf(item);
  const shown = mode && modes.includes(mode) ? mode : modes[0];
  const treatAs = (as: Mode | typeof MOVIE) => {
    if (as !== MOVIE) return setMode(as);
    tracked({ label: 'Making a movie of it', dataset: dataset.id }, () => movieFile(item)).then(
      (file) => shell.onFiles([{ file, path: file.name }]),
      (error) => reportError(error, `${item.name} cannot be a movie`),
    );
  };
  return (
    <Frame
      modality="array"
      title={dataset.name}
      phase={phase}
      top={
        <TopBar
          onKeyboard={shell.onHelp}
          onCommands={shell.onCommands}
          onOpenLog={shell.onOpenLog}
          opened={<OpenedMenu onShow={(id) => session.setState({ activeId: id })} onClose={shell.onClose} />}
          facts={[describeItem(item)]}
          onFiles={shell.onFiles}
          exports={
            <Menu label="Export" icon={SaveIcon} kind="edge" align="end" groups={[exports]} disabled={exports.length === 0} />
          }
        />
      }
      main={
        <>
          <div className="array-tools">
            {items.length > 1 && (
              <Select
                label="Array"
                value={String(index)}
                onChange={(value) => setIndex(Number(value))}
                choices={items.map((one, i) => ({ value: String(i), label: `${one.name}, ${describeItem(one)}` }))}
              />
            )}
            <span className="t2" aria-hidden="true">
              Treat as
            </span>
            <Select<Mode | typeof MOVIE | ''>
              label="Treat as"
              value={shown ?? ''}
              onChange={(value) => value && treatAs(value)}
              choices={[
                ...(shown ? [] : [{ value: '' as const, label: 'nothing here' }]),
                ...modes.map((value) => ({ value, label: MODE_TITLES[value] })),
                ...(isMovieLike(item) ? [{ value: MOVIE, label: 'Calcium movie' } as const] : []),
              ]}
            />
            {left.length > 0 && <span className="s t3 cut" title={left.join('\n')}>{`${grouped(left.length)} left out`}</span>}
          </div>
          {shown ? (
            <Shown key={`${index} ${shown}`} dataset={dataset.id} item={item} mode={shown} onExports={setExports} />
          ) : (
            <Empty text={whyNot(item)} />
          )}
        </>
      }
      status={<StatusBar onOpenLog={shell.onOpenLog} />}
      tabs={[]}
    />
  );
}

/** Why nothing can be drawn of it, and what to do. */
function whyNot(item: ArrayItem): string {
  if (item.shape.includes(0)) return `This array is empty: ${describeItem(item)}.`;
  return `This is an array of ${describeItem(item)} items, which cannot be drawn here. Save its numbers as an array of their own.`;
}
