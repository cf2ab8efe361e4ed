// The row of tools above the pictures: overlay, plane and part, crosshair, swipe, slab, tilt, 3-D, the hand's tool, layout.
import type { ReactElement } from 'react';
import { IconButton } from '../../../ui/button.tsx';
import { Check } from '../../../ui/check.tsx';
import { BrushIcon, CutIcon, DrawIcon, EraseIcon, FitIcon, type Icon, ProbeIcon, SplitIcon } from '../../../ui/icons.tsx';
import { NumberField } from '../../../ui/number-field.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Select } from '../../../ui/select.tsx';
import type { Projection } from '../shared/planes.ts';
import type { VolumeDataset } from './datasets.ts';
import { useVolume } from './hooks.ts';
import { chooseCutout } from './move.ts';
import type { Overlay, Tool } from './store.ts';

const TOOLS: readonly { tool: Tool; label: string; icon: Icon; keys: string }[] = [
  { tool: 'look', label: 'Look', icon: ProbeIcon, keys: 'Escape' },
  { tool: 'scribble', label: 'Scribble', icon: DrawIcon, keys: 'd' },
  { tool: 'paint', label: 'Paint labels', icon: BrushIcon, keys: 'p' },
  { tool: 'erase', label: 'Erase labels', icon: EraseIcon, keys: 'x' },
  { tool: 'ruler', label: 'Ruler', icon: CutIcon, keys: 'm' },
  { tool: 'angle', label: 'Angle', icon: SplitIcon, keys: 'Shift+m' },
];

export function Toolbar({ dataset }: { readonly dataset: VolumeDataset }): ReactElement {
  const overlay = useVolume(dataset, (state) => state.overlay);
  const crosshair = useVolume(dataset, (state) => state.crosshair);
  const swipe = useVolume(dataset, (state) => state.swipe);
  const tool = useVolume(dataset, (state) => state.tool);
  const cutout = useVolume(dataset, (state) => state.cutout);
  const moved = useVolume(dataset, (state) => state.camera !== null);
  const set = dataset.store.setState;
  return (
    <div className="tools volume-tools">
      <Segmented<Overlay>
        small
        label="Overlay"
        value={overlay}
        onChange={(to) => set({ overlay: to })}
        choices={[
          { value: 'classes', label: 'Classes' },
          { value: 'errors', label: 'Errors' },
          { value: 'none', label: 'None' },
        ]}
      />
      {dataset.info.cutouts.length > 0 && (
        <Select
          label="Area"
          value={cutout ?? ''}
          onChange={(to) => chooseCutout(dataset, to || null)}
          choices={[{ value: '', label: 'All areas' }, ...dataset.info.cutouts.map(({ name }) => ({ value: name, label: name }))]}
        />
      )}
      <span className="vr hide-narrow" />
      <Check label="Crosshair" checked={crosshair} onChange={(on) => set({ crosshair: on })} />
      <Check label="Swipe" checked={swipe !== null} onChange={(on) => set({ swipe: on ? 0.5 : null })} />
      <Slab dataset={dataset} />
      <Oblique dataset={dataset} />
      <span className="push" />
      <div className="volume-hands" role="toolbar" aria-label="Tools">
        {TOOLS.map((one) => (
          <IconButton
            key={one.tool}
            small
            label={one.label}
            keys={one.keys}
            icon={one.icon}
            pressed={tool === one.tool}
            onClick={() => set({ tool: one.tool, measure: [] })}
          />
        ))}
      </div>
      <IconButton small label="Fit" keys="f" icon={FitIcon} disabled={!moved} onClick={() => set({ camera: null })} />
    </div>
  );
}

function Slab({ dataset }: { readonly dataset: VolumeDataset }): ReactElement {
  const slab = useVolume(dataset, (state) => state.slab);
  const { setState } = dataset.store;
  const isOn = slab.planes > 1;
  return (
    <>
      <Check label="Slab" checked={isOn} onChange={(on) => setState({ slab: { ...slab, planes: on ? 9 : 1 } })} />
      {isOn && (
        <>
          <NumberField
            label="Slab planes"
            width={44}
            value={slab.planes}
            min={2}
            max={200}
            onCommit={(planes) => setState({ slab: { ...slab, planes } })}
          />
          <Select<Projection>
            label="Projection"
            value={slab.projection}
            onChange={(projection) => setState({ slab: { ...slab, projection } })}
            choices={[
              { value: 'mean', label: 'Mean' },
              { value: 'maximum', label: 'Maximum' },
              { value: 'minimum', label: 'Minimum' },
            ]}
          />
        </>
      )}
    </>
  );
}

function Oblique({ dataset }: { readonly dataset: VolumeDataset }): ReactElement {
  const tilt = useVolume(dataset, (state) => state.tilt);
  const isTilted = tilt.across !== 0 || tilt.down !== 0;
  const { setState } = dataset.store;
  return (
    <>
      <Check
        label="Oblique"
        checked={isTilted}
        onChange={(on) => setState({ tilt: on ? { across: 20, down: 0 } : { across: 0, down: 0 } })}
      />
      {isTilted && (
        <>
          <NumberField
            label="Tilt across"
            unit="°"
            width={52}
            value={tilt.across}
            min={-90}
            max={90}
            step={5}
            onCommit={(across) => setState({ tilt: { ...tilt, across } })}
          />
          <NumberField
            label="Tilt down"
            unit="°"
            width={52}
            value={tilt.down}
            min={-90}
            max={90}
            step={5}
            onCommit={(down) => setState({ tilt: { ...tilt, down } })}
          />
        </>
      )}
    </>
  );
}
