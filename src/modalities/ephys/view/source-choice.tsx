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
  if (recordings.length < 2 && inRecording.length < 2 && segments.length < 2) return null;
  return (
    <div className="ephys-source">
      {own && (
        <>
          <Choice
            label="Recording"
            value={own.recording}
            choices={recordings.map((name) => [name, name])}
            onChange={showRecording}
          />
          <Choice label="Stream" value={own.id} choices={inRecording.map(({ id, stream }) => [id, stream])} onChange={show} />
        </>
      )}
      <Choice
        label="Segment"
        value={String(current)}
        choices={segments.map(({ index, segment }) => [String(index), `${segment + 1} of ${segments.length}`])}
        onChange={(value) => onSorting(Number(value))}
      />
    </div>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly (readonly [value: string, label: string])[];
  onChange(value: string): void;
}

/** Nothing where there is but one. */
function Choice({ label, value, choices, onChange }: ChoiceProps): ReactElement | null {
  if (choices.length < 2) return null;
  return (
    <div className="row">
      <span className="s t2">{label}</span>
      <Select
        label={label}
        value={value}
        onChange={onChange}
        choices={choices.map(([one, text]) => ({ value: one, label: text }))}
      />
    </div>
  );
}
