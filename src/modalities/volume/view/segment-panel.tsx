// Segmenting without weights: the method, its settings, the brush and its marks; Train, then Segment.
import { type ReactElement, useMemo } from 'react';
import { grouped } from '../../../base/number-format.ts';
import { useJobs } from '../../../state/hooks.ts';
import { Button } from '../../../ui/button.tsx';
import { Check } from '../../../ui/check.tsx';
import { Section } from '../../../ui/section.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Select } from '../../../ui/select.tsx';
import { useShortcuts } from '../../../ui/shortcuts.ts';
import { Slider } from '../../../ui/slider.tsx';
import { isCut, isFound, isLearnt, isMask, METHOD_TITLES, METHODS, type SegmentMethod } from '../shared/segment-types.ts';
import { isVast } from './bricks.ts';
import { imageOf, scribblesOf, type VolumeDataset } from './datasets.ts';
import { useVolume } from './hooks.ts';
import { readableImage } from './image-box.ts';
import { classColour, classesOf, cssColour } from './palette.ts';
import { clearScribbles, countScribbles } from './scribbles.ts';
import { segmentAll, setSegment, train } from './segmenting.ts';
import { shownLayer } from './store.ts';

const SEGMENT_KEYS = 'Ctrl+Enter';

export function SegmentPanel({ dataset }: { readonly dataset: VolumeDataset }): ReactElement {
  const segment = useVolume(dataset, (state) => state.segment);
  const trained = useVolume(dataset, (state) => state.trained);
  useVolume(dataset, (state) => state.versions.image);
  const isBusy = useJobs().some((job) => job.dataset === dataset.id && !job.idle);
  useVolume(dataset, (state) => state.layers);
  const hasImage = readableImage(dataset) !== undefined;
  const extent = useVolume(dataset, (state) => state.extent);
  const learnt = isLearnt(segment.method);
  const isLarge = isVast(dataset.shape);
  const live = isLarge ? 'What is around the crosshair on this slice' : 'The slice on screen';
  const all = isLarge && extent === 'near' ? '64 × 512 × 512 voxels around the crosshair' : 'the volume';
  const run = () => void segmentAll(dataset);
  useShortcuts([{ keys: SEGMENT_KEYS, label: 'Segment', group: 'Segmentation', run }], hasImage && !isBusy);
  return (
    <Section
      title="Segmentation"
      foldable
      tools={
        <Select<SegmentMethod>
          label="Method"
          value={segment.method}
          onChange={(method) => setSegment(dataset, { method })}
          choices={METHODS.map((value) => ({ value, label: METHOD_TITLES[value] }))}
        />
      }
      padded
    >
      <Brush dataset={dataset} />
      <Settings dataset={dataset} />
      {isLarge && (
        <div className="volume-brush">
          <span className="s t2">Extent</span>
          <Select<typeof extent>
            label="Extent"
            value={extent}
            onChange={(to) => dataset.store.setState({ extent: to })}
            choices={[
              { value: 'near', label: 'Around the crosshair' },
              { value: 'all', label: 'Whole volume' },
            ]}
          />
        </div>
      )}
      <div className="volume-segment-buttons">
        <Button kind="edge" disabled={!hasImage || !learnt || isBusy} onClick={() => void train(dataset)}>
          Train
        </Button>
        <Button kind="main" keys={SEGMENT_KEYS} disabled={!hasImage || isBusy} onClick={run}>
          Segment
        </Button>
      </div>
      <p className="s t3 volume-note">
        {learnt
          ? trained
            ? `Learnt from ${trained}. ${live} is labelled; Segment labels ${all}.`
            : 'Scribble a few voxels of each class and train; without scribbles the truth on this slice is learnt.'
          : `${live} is labelled at once; Segment labels ${all}.`}
      </p>
    </Section>
  );
}

function Brush({ dataset }: { readonly dataset: VolumeDataset }): ReactElement {
  const brush = useVolume(dataset, (state) => state.brush);
  const size = useVolume(dataset, (state) => state.brushSize);
  const layers = useVolume(dataset, (state) => state.layers);
  const version = useVolume(dataset, (state) => state.versions.scribbles);
  const undone = useVolume(dataset, (state) => state.undo.length);
  const layer = shownLayer({ layers }, 'truth') ?? shownLayer({ layers }, 'prediction');
  const kind = layer?.kind === 'regions' ? 'regions' : 'microstructure';
  const classes = useMemo(() => classesOf({ kind }, []), [kind]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: counted when a stroke ends, which is a step of undo
  const counts = useMemo(() => countScribbles(scribblesOf(dataset)), [dataset, undone, version === 0]);
  const { setState } = dataset.store;
  return (
    <>
      <div className="volume-brush">
        <span className="s t2">Brush</span>
        <Select
          label="Brush"
          value={String(brush)}
          onChange={(to) => setState(({ tool }) => ({ brush: Number(to), tool: tool === 'paint' ? tool : 'scribble' }))}
          choices={classes.map(({ id, name }) => ({ value: String(id), label: name }))}
          swatch={cssColour(classColour(classes.find(({ id }) => id === brush) ?? classes[0]!))}
        />
      </div>
      <Slider
        label="Brush size"
        unit="voxels"
        value={size}
        min={1}
        max={31}
        step={2}
        onChange={(brushSize) => setState({ brushSize })}
      />
      <div className="volume-scribbles s t2">
        <span>Scribbles</span>
        {classes.slice(0, 5).map((one) => (
          <span key={one.id} className="mk" title={one.name}>
            <span className="sw" style={{ background: cssColour(classColour(one)) }} />
            {grouped(counts.get(one.id) ?? 0)}
          </span>
        ))}
        {counts.size > 0 && (
          <Button small onClick={() => clearScribbles(dataset)}>
            Clear
          </Button>
        )}
      </div>
    </>
  );
}

function Settings({ dataset }: { readonly dataset: VolumeDataset }): ReactElement | null {
  const segment = useVolume(dataset, (state) => state.segment);
  const { method } = segment;
  const set = (change: Partial<typeof segment>) => setSegment(dataset, change);
  return (
    <>
      {method === 'forest' && (
        <Slider label="Trees" value={segment.trees} min={5} max={200} step={5} onChange={(trees) => set({ trees })} />
      )}
      {method === 'threshold' && (
        <Slider
          label="Threshold"
          value={segment.threshold}
          min={0}
          max={topOf(dataset)}
          onChange={(threshold) => set({ threshold })}
        />
      )}
      {(method === 'threshold' || isFound(method)) && (
        <Check label="Darker than the threshold" checked={segment.darker} onChange={(darker) => set({ darker })} />
      )}
      {isCut(method) && (
        <Check label="Median of 27 voxels first" checked={segment.median} onChange={(median) => set({ median })} />
      )}
      {method === 'multi-otsu' && (
        <Segmented
          small
          label="Levels"
          value={String(segment.classes) as '3' | '4'}
          onChange={(to) => set({ classes: Number(to) })}
          choices={[
            { value: '3', label: '3 levels' },
            { value: '4', label: '4 levels' },
          ]}
        />
      )}
      {method === 'vessels' && (
        <Slider
          label="Vesselness"
          value={segment.vesselness}
          min={0}
          max={1}
          step={0.01}
          onChange={(vesselness) => set({ vesselness })}
        />
      )}
      {isMask(method) && (
        <Slider
          label="Open and close"
          unit="voxels"
          value={segment.smooth}
          min={0}
          max={5}
          step={0.5}
          onChange={(smooth) => set({ smooth })}
        />
      )}
      {isMask(method) && (
        <Slider
          label="Smallest piece"
          unit="voxels"
          value={segment.least}
          min={0}
          max={1000}
          step={10}
          onChange={(least) => set({ least })}
        />
      )}
    </>
  );
}

function topOf(dataset: VolumeDataset): number {
  const data = imageOf(dataset)?.data;
  return data instanceof Uint8Array ? 255 : data instanceof Uint16Array ? 65_535 : 1000;
}
