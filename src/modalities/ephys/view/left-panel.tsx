// Left of the traces: what is open, the chain of processing, and the spikes that can be seen on screen.
import type { ReactElement } from 'react';
import { baseName } from '../../../base/listing.ts';
import { byteSize, fixed, grouped, MISSING } from '../../../base/number-format.ts';
import { reportError } from '../../../state/log.ts';
import { IconButton } from '../../../ui/button.tsx';
import { DownIcon } from '../../../ui/icons.tsx';
import { NumberField } from '../../../ui/number-field.tsx';
import { Section } from '../../../ui/section.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Select } from '../../../ui/select.tsx';
import { Slider } from '../../../ui/slider.tsx';
import { moveStep, STEP_TITLES, type StepKind, switchStep } from '../shared/chain.ts';
import { sortingId } from '../shared/found.ts';
import { showHistory } from './curation.ts';
import { type EphysDataset, lengthText } from './datasets.ts';
import { useDetected } from './detected.ts';
import { useEphys } from './hooks.ts';
import { SourceChoice } from './source-choice.tsx';
import { Switch } from './switch.tsx';
import { loadSorting, sortingOf, unitsOf } from './units.ts';

export function LeftPanel({ dataset }: { readonly dataset: EphysDataset }): ReactElement {
  return (
    <>
      <OpenFiles dataset={dataset} />
      {dataset.recording && <Processing dataset={dataset} />}
      {dataset.recording && <SpikesOnScreen dataset={dataset} />}
      {dataset.recording && <RecordingCard dataset={dataset} />}
    </>
  );
}

function OpenFiles({ dataset }: { readonly dataset: EphysDataset }): ReactElement {
  const { info, store } = dataset;
  const current = useEphys(dataset, (state) => state.sorting);
  useEphys(dataset, (state) => state.versions.units);
  const shown = info.sortings[current];
  const choose = async (index: number) => {
    try {
      await loadSorting(dataset, index);
      store.setState({ sorting: index, selected: [], other: null });
      showHistory(dataset);
    } catch (error) {
      reportError(error, `${info.sortings[index]!.name} could not be read`);
    }
  };
  return (
    <Section
      title="Open files"
      count={
        Number(dataset.recording !== null) +
        new Set(info.sortings.map(({ root, group }) => sortingId({ root, group }))).size +
        Number(info.motion !== null)
      }
    >
      <ul className="ephys-files">
        {dataset.recording && (
          <li className="row">
            <span className="grow cut" title={dataset.recording.name}>
              {baseName(dataset.recording.name)}
            </span>
            <span className="n t3 s">raw</span>
          </li>
        )}
        {info.sortings.map((found, i) => {
          const { name, kind, segment } = found;
          // The choice Segment has the others.
          if (segment !== undefined && (shown?.root === found.root ? current !== i : segment > 0)) return null;
          const count = unitsOf(dataset, i).units.size;
          const read = sortingOf(dataset, i) !== undefined;
          return (
            <li key={sortingId(found)}>
              <button
                type="button"
                className="row pick"
                aria-current={i === current ? 'true' : undefined}
                onClick={() => void choose(i)}
              >
                <span className="grow cut" title={name}>
                  {name}
                </span>
                <span className="n t3 s">{read ? `${grouped(count)} units` : kind}</span>
              </button>
            </li>
          );
        })}
        {info.motion && (
          <li className="row">
            <span className="grow cut">Imposed motion</span>
            <span className="n t3 s">drift</span>
          </li>
        )}
      </ul>
      <SourceChoice dataset={dataset} onSorting={(index) => void choose(index)} />
    </Section>
  );
}

function RecordingCard({
  dataset: { recording, electrodes, info, rate },
}: {
  readonly dataset: EphysDataset;
}): ReactElement | null {
  if (!recording) return null;
  const known = Number.isFinite(recording.samplingRate);
  const facts: [string, string][] = [
    ['Format', recording.format],
    ['Sampling rate', known ? `${grouped(rate)} Hz` : `unknown, ${grouped(rate)} Hz assumed`],
    ['Frames', grouped(recording.frames)],
    ['Channels', `${grouped(electrodes.count)}${recording.sync.length > 0 ? ` + ${recording.sync.length} digital` : ''}`],
    ['Locations', electrodes.placed ? `${grouped(electrodes.count)} electrodes` : 'not given'],
    ['Duration', lengthText(recording.frames / rate)],
    ['Size', byteSize(info.bytes)],
  ];
  return (
    <Section title="Recording">
      <dl className="ephys-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

function Processing({ dataset }: { readonly dataset: EphysDataset }): ReactElement {
  const { store } = dataset;
  const chain = useEphys(dataset, (state) => state.chain);
  const side = useEphys(dataset, (state) => state.side);
  const note = (kind: StepKind) => {
    if (kind === 'band-pass') return `${grouped(chain.low)} – ${grouped(chain.high)} Hz`;
    if (kind === 'high-pass') return `${grouped(chain.low)} Hz`;
    if (kind === 'common-reference') return `${chain.scope === 'local' ? 'local ' : ''}${chain.operator}`;
    return '';
  };
  return (
    <Section
      title="Processing"
      tools={
        <Segmented
          small
          label="Traces show"
          value={side}
          onChange={(value) => store.setState({ side: value })}
          choices={[
            { value: 'raw', label: 'Raw' },
            { value: 'split', label: 'A/B', name: 'Result and raw' },
            { value: 'result', label: 'Result' },
          ]}
        />
      }
    >
      <ul className="ephys-chain">
        {chain.steps.map(({ kind, on }, i) => (
          <li key={kind}>
            <Switch
              label={STEP_TITLES[kind]}
              checked={on}
              onChange={(next) => store.setState({ chain: switchStep(chain, kind, next) })}
            />
            <span className="n s t2">{on ? note(kind) : ''}</span>
            <IconButton
              small
              label={`${STEP_TITLES[kind]} later`}
              icon={DownIcon}
              disabled={i === chain.steps.length - 1}
              onClick={() => store.setState({ chain: moveStep(chain, kind, 1) })}
            />
          </li>
        ))}
      </ul>
      <div className="ephys-settings">
        <span className="s t2">Band</span>
        <NumberField
          label="Low edge"
          value={chain.low}
          min={0.1}
          max={chain.high}
          unit="Hz"
          width={70}
          onCommit={(low) => store.setState({ chain: { ...chain, low } })}
        />
        <NumberField
          label="High edge"
          value={chain.high}
          min={chain.low}
          max={dataset.rate / 2}
          unit="Hz"
          width={76}
          onCommit={(high) => store.setState({ chain: { ...chain, high } })}
        />
        <span className="s t2">Reference</span>
        <Select
          label="Reference by"
          value={chain.operator}
          onChange={(operator) => store.setState({ chain: { ...chain, operator } })}
          choices={[
            { value: 'median', label: 'Median' },
            { value: 'mean', label: 'Mean' },
          ]}
        />
        <Select
          label="Reference over"
          value={chain.scope}
          onChange={(scope) => store.setState({ chain: { ...chain, scope } })}
          choices={[
            { value: 'global', label: 'All' },
            { value: 'local', label: 'Ring' },
          ]}
        />
      </div>
    </Section>
  );
}

function SpikesOnScreen({ dataset }: { readonly dataset: EphysDataset }): ReactElement {
  const { store } = dataset;
  const threshold = useEphys(dataset, (state) => state.threshold);
  const gain = useEphys(dataset, (state) => state.gain);
  const order = useEphys(dataset, (state) => state.order);
  const found = useDetected(dataset);
  return (
    <Section title="Spikes on screen" note="live" padded>
      <Slider
        label="Threshold"
        value={threshold}
        min={3}
        max={15}
        step={0.5}
        unit="σ"
        onChange={(value) => store.setState({ threshold: value })}
      />
      <div className="set">
        <span aria-hidden="true">Order</span>
        <Select
          className="ephys-order"
          label="Order of the rows"
          value={order}
          onChange={(value) => store.setState({ order: value })}
          choices={[
            { value: 'depth', label: 'By depth' },
            { value: 'file', label: 'As in the file' },
          ]}
        />
      </div>
      <Slider
        label="Gain"
        value={gain}
        min={0.1}
        max={5}
        step={0.1}
        unit="×"
        onChange={(value) => store.setState({ gain: value })}
      />
      <dl className="ephys-facts bare">
        <div>
          <dt>Detected</dt>
          <dd>{found ? grouped(found.detected.times.length) : MISSING}</dd>
        </div>
        <div>
          <dt>Assigned to a unit</dt>
          <dd>{found && found.assigned !== null ? grouped(found.assigned) : MISSING}</dd>
        </div>
        <div>
          <dt>Noise, median</dt>
          <dd>{found ? `${fixed(found.detected.noise, 1)} ${dataset.electrodes.unit}` : MISSING}</dd>
        </div>
      </dl>
    </Section>
  );
}
