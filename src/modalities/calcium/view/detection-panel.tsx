// Parameters of the detection and the one main button.
import type { ReactElement } from 'react';
import { fixed } from '../../../base/number-format.ts';
import { useActions } from '../../../ui/actions.ts';
import { Button } from '../../../ui/button.tsx';
import { Section } from '../../../ui/section.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Slider } from '../../../ui/slider.tsx';
import type { Labels } from '../shared/detection.ts';
import type { CalciumDataset } from './datasets.ts';
import { detect } from './detect.ts';
import { useCalcium } from './hooks.ts';
import { MotionNote } from './motion-note.tsx';
import { endPreview, preview } from './preview.ts';
import type { CalciumState } from './store.ts';

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
  const change = (to: Partial<Pick<CalciumState, 'diameter' | 'sensitivity'>>) => {
    set(to);
    preview(dataset);
  };
  const shown = diameter ?? found ?? DIAMETER.usual;
  return (
    <Section
      title="Detection"
      padded
      foldable
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
        onChange={(value) => change({ diameter: value })}
      />
      <Slider
        label="Sensitivity"
        value={sensitivity}
        min={0}
        max={1}
        step={0.05}
        decimals={2}
        onChange={(value) => change({ sensitivity: value })}
      />
      <div className="note-row s t3">
        <span className="grow">{diameterNote(diameter, found, dataset.info.facts.pixelsPerMicron)}</span>
        {diameter !== null && (
          <Button small onClick={() => set({ diameter: null })}>
            Find from movie
          </Button>
        )}
      </div>
      <MotionNote dataset={dataset} />
      <PreviewNote dataset={dataset} />
      <Button kind="main" keys="Ctrl+Enter" className="wide" onClick={() => void detect(dataset)}>
        Detect neurons
      </Button>
    </Section>
  );
}

/** What the preview found, and how to be rid of it. */
function PreviewNote({ dataset }: { readonly dataset: CalciumDataset }): ReactElement | null {
  const shown = useCalcium(dataset, (state) => state.preview);
  useActions([
    { label: 'Preview the parameters', group: 'Detection', run: () => preview(dataset) },
    {
      label: 'Hide the preview',
      group: 'Detection',
      run: () => endPreview(dataset),
      disabled: shown ? undefined : 'none is shown',
    },
  ]);
  if (!shown) return null;
  const { count, area, milliseconds } = shown;
  return (
    <div className="note-row s t2" role="status" aria-label="Preview">
      <span className="grow" title={`${milliseconds.toFixed(0)} ms`}>
        Preview: {count} {count === 1 ? 'cell' : 'cells'} in {area.height} × {area.width} px
      </span>
      <Button small onClick={() => endPreview(dataset)}>
        Hide
      </Button>
    </div>
  );
}

function diameterNote(diameter: number | null, found: number | null, pixelsPerMicron: number | null): string {
  const micrometres = (px: number) => (pixelsPerMicron ? `, ${fixed(px / pixelsPerMicron, 1)} µm` : '');
  if (diameter !== null) return `Diameter set by hand${micrometres(diameter)}`;
  if (found !== null) return `Diameter found: ${fixed(found, 1)} px${micrometres(found)}`;
  return 'Diameter will be found from the movie';
}
