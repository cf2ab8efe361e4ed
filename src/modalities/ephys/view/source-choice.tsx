// What of a drop is on screen, where it holds more than one: the recording, its stream, and the segment of its sorting.
import type { ReactElement } from 'react';
import { useSession } from '../../../state/hooks.ts';
import { session } from '../../../state/session.ts';
import { Select } from '../../../ui/select.tsx';
import { placesOf } from '../shared/streams.ts';
import { type EphysDataset, siblingsOf } from './datasets.ts';
import { useEphys } from './hooks.ts';

interface SourceChoiceProps {
  readonly dataset: EphysDataset;
  readonly onSorting: (index: number) => void;
}

/** Nothing where there is nothing to choose. */
export function SourceChoice({ dataset, onSorting }: SourceChoiceProps): ReactElement | null {
  useSession();
  const current = useEphys(dataset, (state) => state.sorting);
  const siblings = siblingsOf(dataset);
  const places = placesOf(siblings.map(({ info }) => info.found!));
  const streams = siblings.map(({ id }, i) => ({ id, ...places[i]! }));
  const own = streams.find(({ id }) => id === dataset.id);
  const recordings = [...new Set(streams.map(({ recording }) => recording))];
  const inRecording = streams.filter(({ recording }) => recording === own?.recording);
  const { sortings } = dataset.info;
  const segments = sortings.flatMap(({ root, segment }, index) =>
    segment !== undefined && root === sortings[current]?.root ? [{ index, segment }] : [],
  );
  const show = (id: string) => session.setState({ activeId: id });
  const showRecording = (name: string) => {
    const there = streams.filter(({ recording }) => recording === name);
    show((there.find(({ stream }) => stream === own?.stream) ?? there[0]!).id);
  };
  const rows = [
    own &&
      recordings.length > 1 && {
        label: 'Recording',
        select: (
          <Select
            label="Recording"
            value={own.recording}
            onChange={showRecording}
            choices={recordings.map((name) => ({ value: name, label: name }))}
          />
        ),
      },
    own &&
      inRecording.length > 1 && {
        label: 'Stream',
        select: (
          <Select
            label="Stream"
            value={own.id}
            onChange={show}
            choices={inRecording.map(({ id, stream }) => ({ value: id, label: stream }))}
          />
        ),
      },
    segments.length > 1 && {
      label: 'Segment',
      select: (
        <Select
          label="Segment"
          value={String(current)}
          onChange={(value) => onSorting(Number(value))}
          choices={segments.map(({ index, segment }) => ({
            value: String(index),
            label: `${segment + 1} of ${segments.length}`,
          }))}
        />
      ),
    },
  ].filter((row) => row !== false && row !== undefined);
  if (rows.length === 0) return null;
  return (
    <div className="ephys-source">
      {rows.map(({ label, select }) => (
        <div key={label} className="row">
          <span className="s t2">{label}</span>
          {select}
        </div>
      ))}
    </div>
  );
}
