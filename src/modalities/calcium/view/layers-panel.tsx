// The layers of the data set on screen: every list of predictions by name, with its score against the truth, and the truth. One
// is current: it is edited, scored and exported.
import { type ReactElement, useState } from 'react';
import { fixed, grouped } from '../../../base/number-format.ts';
import { reportError } from '../../../state/log.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { HiddenIcon, MoreIcon, VisibleIcon } from '../../../ui/icons.tsx';
import { type LineKind, LineSample } from '../../../ui/line-sample.tsx';
import { Menu, type MenuItem } from '../../../ui/menu.tsx';
import { Section } from '../../../ui/section.tsx';
import { layerScore } from './comparing.ts';
import { type CalciumDataset, chosenOf, truthOf } from './datasets.ts';
import { useCalcium } from './hooks.ts';
import { copyLayer, deleteLayer, makeCurrent, recolourLayer, renameLayer, setRole, setVisible } from './layer-actions.ts';
import { LAYER_LOOKS } from './layer-looks.ts';
import { LAYER_COLOURS, type Layer } from './layer-set.ts';
import { cameFromFile, readOneBased } from './layers.ts';
import { RenameDialog } from './rename-dialog.tsx';
import './layers.css';

export function LayersPanel({ dataset }: { readonly dataset: CalciumDataset }): ReactElement {
  const layers = useCalcium(dataset, (state) => state.layers);
  const [renaming, setRenaming] = useState<Layer | null>(null);
  const truth = truthOf(dataset);
  const comparable = layers.length + (truth ? 1 : 0) > 1;
  return (
    <Section
      title="Layers"
      tools={
        comparable && (
          <Button small className="hide-narrow" onClick={() => dataset.store.setState({ tab: 'compare' })}>
            Compare
          </Button>
        )
      }
    >
      <ul className="rows layer-rows">
        {layers.map((layer) => (
          <PredictionRow key={layer.id} dataset={dataset} layer={layer} onRename={() => setRenaming(layer)} />
        ))}
        {truth && <TruthRow dataset={dataset} count={truth.regions.length} />}
        {layers.length === 0 && !truth && <li className="row off">No regions yet</li>}
      </ul>
      {renaming && (
        <RenameDialog
          name={renaming.name}
          onRename={(name) => renameLayer(dataset, renaming.id, name)}
          onClose={() => setRenaming(null)}
        />
      )}
    </Section>
  );
}

const regions = (count: number) => `${grouped(count)} ${count === 1 ? 'region' : 'regions'}`;

interface PredictionRowProps {
  readonly dataset: CalciumDataset;
  readonly layer: Layer;
  readonly onRename: () => void;
}

function PredictionRow({ dataset, layer, onRename }: PredictionRowProps): ReactElement {
  const { id, name, colour, visible, role } = layer;
  const current = useCalcium(dataset, (state) => state.currentLayer === id);
  const shown = useCalcium(dataset, (state) => state.show.predictions) && visible;
  const live = useCalcium(dataset, (state) => (current ? state.score : null));
  useCalcium(dataset, (state) => state.versions);
  useCalcium(dataset, (state) => state.confidence);
  const score = live?.combined ?? layerScore(dataset, id)?.combined;
  const count = regions(chosenOf(dataset, id).length);
  return (
    <li className={shown ? 'row layer-row' : 'row layer-row off'} aria-current={current ? 'true' : undefined}>
      <Eye name={name} shown={shown} onChange={(on) => setVisible(dataset, id, on)} />
      <LineSample kind={LAYER_LOOKS[colour].line} />
      <button
        type="button"
        className="layer-name"
        aria-pressed={current}
        title={current ? `${name}, ${count}: edited, scored, exported` : `Make ${name}, ${count}, current`}
        onClick={() => makeCurrent(dataset, id)}
      >
        <span className="cut">{name}</span>
        <span className="s t3 cut">{role === 'second grader' ? 'second grader' : count}</span>
      </button>
      {score !== undefined && (
        <span className="num" title={`Combined score ${score}`}>
          {fixed(score, 3)}
        </span>
      )}
      <Menu
        label={`Actions on ${name}`}
        icon={MoreIcon}
        iconOnly
        small
        align="end"
        groups={actionsOn(dataset, layer, current, onRename)}
      />
    </li>
  );
}

function actionsOn(dataset: CalciumDataset, layer: Layer, current: boolean, onRename: () => void): MenuItem[][] {
  const { id, name, colour, role } = layer;
  const grader = role === 'second grader';
  const readAgain = () => void readOneBased(dataset).catch((error) => reportError(error, 'The file could not be read again'));
  return [
    [
      { label: 'Make current', run: () => makeCurrent(dataset, id), ...(current ? { disabled: true, note: 'it is' } : {}) },
      { label: 'Rename', run: onRename },
      { label: 'Keep a copy', run: () => copyLayer(dataset, id) },
      {
        label: grader ? 'No second grader' : 'Second grader',
        note: grader ? 'a method like others' : 'its score is the ceiling',
        run: () => setRole(dataset, id, grader ? 'predictions' : 'second grader'),
      },
      ...(current && cameFromFile(dataset) ? [{ label: 'Read as counted from one', run: readAgain }] : []),
    ],
    LAYER_COLOURS.map((one) => ({
      label: LAYER_LOOKS[one].title,
      line: LAYER_LOOKS[one].line,
      current: one === colour,
      run: () => recolourLayer(dataset, id, one),
    })),
    [{ label: `Delete ${name}`, run: () => deleteLayer(dataset, id) }],
  ];
}

function TruthRow({ dataset, count }: { readonly dataset: CalciumDataset; readonly count: number }): ReactElement {
  const show = useCalcium(dataset, (state) => state.show);
  const line: LineKind = 'truth';
  return (
    <li className={show.truth ? 'row layer-row' : 'row layer-row off'}>
      <Eye name="Truth" shown={show.truth} onChange={(truth) => dataset.store.setState({ show: { ...show, truth } })} />
      <LineSample kind={line} />
      <span className="layer-name">
        <span className="cut">Truth</span>
        <span className="s t3 cut">{regions(count)}</span>
      </span>
    </li>
  );
}

interface EyeProps {
  readonly name: string;
  readonly shown: boolean;
  readonly onChange: (shown: boolean) => void;
}

function Eye({ name, shown, onChange }: EyeProps): ReactElement {
  return (
    <IconButton
      small
      label={`${shown ? 'Hide' : 'Show'} ${name}`}
      icon={shown ? VisibleIcon : HiddenIcon}
      onClick={() => onChange(!shown)}
    />
  );
}
