// The layers of labels with their looks: shown or not, fill, outline, and what their numbers stand for.
import type { ReactElement } from 'react';
import { IconButton } from '../../../ui/button.tsx';
import { HiddenIcon, VisibleIcon } from '../../../ui/icons.tsx';
import { Section } from '../../../ui/section.tsx';
import { Select } from '../../../ui/select.tsx';
import { Range } from '../../../ui/slider.tsx';
import { CONVENTIONS, conventionById } from '../shared/label-conventions.ts';
import { forgetLayerBricks } from './bricks.ts';
import { setConvention } from './conventions.ts';
import type { VolumeDataset } from './datasets.ts';
import { useVolume } from './hooks.ts';
import { shortName } from './short-name.ts';
import { changeLayer, type Layer, layerById } from './store.ts';

export function Layers({ dataset }: { readonly dataset: VolumeDataset }): ReactElement {
  const layers = useVolume(dataset, (state) => state.layers).filter(({ role }) => role !== 'image');
  return (
    <Section title="Layers" count={layers.length}>
      {layers.length === 0 && <p className="pad s t2">Drop labels or a prediction of this volume.</p>}
      <ul className="volume-list">
        {layers.map((layer) => (
          <LayerRow key={layer.id} dataset={dataset} layer={layer} />
        ))}
      </ul>
    </Section>
  );
}

/** Shows a layer and hides the one of its role that was shown. */
export function showLayer(dataset: VolumeDataset, id: string, visible: boolean): void {
  const { store } = dataset;
  // What could not be read is tried again.
  if (visible && layerById(store.getState(), id)?.status === 'failed') forgetLayerBricks(dataset, id);
  store.setState(({ layers }) => {
    const role = layers.find((one) => one.id === id)?.role;
    return {
      layers: layers.map((one) =>
        one.id === id
          ? { ...one, visible, status: one.status === 'failed' ? 'waiting' : one.status }
          : one.role === role && visible
            ? { ...one, visible: false }
            : one,
      ),
    };
  });
}

function LayerRow({ dataset, layer }: { readonly dataset: VolumeDataset; readonly layer: Layer }): ReactElement {
  const { id, name, visible, fill, outline, kind, convention } = layer;
  const word = shortName(name, dataset);
  const conventions = CONVENTIONS.filter((one) => one.kind === kind);
  return (
    <li className="volume-layer">
      <div className="line">
        <IconButton
          small
          label={`${visible ? 'Hide' : 'Show'} ${name}`}
          icon={visible ? VisibleIcon : HiddenIcon}
          onClick={() => showLayer(dataset, id, !visible)}
        />
        <span className="grow cut" title={name}>
          {word}
        </span>
        <Range
          label={`Fill of ${name}`}
          value={Math.round(fill * 100)}
          min={0}
          max={100}
          unit="%"
          onChange={(to) => changeLayer(dataset.store, id, { fill: to / 100 })}
        />
        {/* biome-ignore lint/a11y/useSemanticElements: the box is drawn, so that it looks the same everywhere */}
        <button
          type="button"
          role="checkbox"
          className="check"
          aria-checked={outline}
          aria-label={`Outline of ${name}`}
          title="Outline"
          onClick={() => changeLayer(dataset.store, id, { outline: !outline })}
        >
          <i />
        </button>
      </div>
      {conventions.length > 1 && visible && dataset.sources.has(id) && (
        <div className="line sub">
          <span className="s t3">numbers as</span>
          <Select
            unlisted
            label={`Label numbers of ${name}`}
            value={convention}
            onChange={(to) => setConvention(dataset, layer, to)}
            choices={conventions.map((one) => ({ value: one.id, label: one.title }))}
          />
        </div>
      )}
      {conventions.length > 1 && visible && convention !== 'bossdb' && (
        <p className="s t3 note">{conventionById(convention)?.note}</p>
      )}
    </li>
  );
}
