// Parameters of the detection and the one main button.
import type { ReactElement } from 'react';
import { fixed } from '../../../base/number-format.ts';
import { Button } from '../../../ui/button.tsx';
import { Section } from '../../../ui/section.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Slider } from '../../../ui/slider.tsx';
import type { Labels } from '../shared/detection.ts';
import type { CalciumDataset } from './datasets.ts';
import { detect } from './detect.ts';
import { useCalcium } from './hooks.ts';

const LABELS: readonly { value: Labels; label: string; name?: string }[] = [
  { value: 'both', label: 'Both', name: 'Active and visible cells' },
  { value: 'active', label: 'Active', name: 'Active cells' },
  { value: 'visible', label: 'Visible', name: 'All visible cells' },
];

/** What the labels of a benchmark mean is its makers' choice: no movie tells. */
const MEANS: Readonly<Record<Labels, string>> = {
  both: 'A cell counts whether it can be seen or fires.',
  active: 'Only cells that fire count; those that only glow do not.',
  visible: 'Every cell that can be seen counts, firing or not.',
};

const DIAMETER = { min: 4, max: 30, usual: 10 };

export function DetectionPanel({ dataset }: { readonly dataset: CalciumDataset }): ReactElement {
  const labels = useCalcium(dataset, (state) => state.labels);
  const sensitivity = useCalcium(dataset, (state) => state.sensitivity);
  const diameter = useCalcium(dataset, (state) => state.diameter);
  const found = useCalcium(dataset, (state) => state.foundDiameter);
  const set = dataset.store.setState;
  const shown = diameter ?? found ?? DIAMETER.usual;
  return (
    <Section
      title="Detection"
      padded
      tools={<Segmented label="Labels are" value={labels} choices={LABELS} onChange={(value) => set({ labels: value })} small />}
    >
      <p className="s t3 means" aria-live="polite">
        {MEANS[labels]}
      </p>
      <Slider
        label="Soma diameter"
        caption="Diameter"
        value={Math.round(shown * 2) / 2}
        min={DIAMETER.min}
        max={DIAMETER.max}
        step={0.5}
        decimals={1}
        unit="px"
        onChange={(value) => set({ diameter: value })}
      />
      <Slider
        label="Sensitivity"
        value={sensitivity}
        min={0}
        max={1}
        step={0.05}
        decimals={2}
        onChange={(value) => set({ sensitivity: value })}
      />
      <div className="note-row s t3">
        <span className="grow">{diameterNote(diameter, found, dataset.info.facts.pixelsPerMicron)}</span>
        {diameter !== null && (
          <Button small onClick={() => set({ diameter: null })}>
            Find from movie
          </Button>
        )}
      </div>
      <Button kind="main" keys="Ctrl+Enter" className="wide" onClick={() => void detect(dataset)}>
        Detect neurons
      </Button>
    </Section>
  );
}

function diameterNote(diameter: number | null, found: number | null, pixelsPerMicron: number | null): string {
  const micrometres = (px: number) => (pixelsPerMicron ? `, ${fixed(px / pixelsPerMicron, 1)} µm` : '');
  if (diameter !== null) return `Diameter set by hand${micrometres(diameter)}`;
  if (found !== null) return `Diameter found: ${fixed(found, 1)} px${micrometres(found)}`;
  return 'Diameter will be found from the movie';
}
