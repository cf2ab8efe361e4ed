// The views as thumbnails: what each shows, which one is chosen. The picture of the choice is the choice.
import { type ReactElement, useEffect, useRef } from 'react';
import type { NumericArray } from '../../../base/ndarray.ts';
import { resources } from '../../../state/resources.ts';
import { useActions } from '../../../ui/actions.ts';
import { KeyHint } from '../../../ui/key-hint.tsx';
import { moveWithin } from '../../../ui/move-within.ts';
import { Select } from '../../../ui/select.tsx';
import type { CalciumDataset } from './datasets.ts';
import { useCalcium } from './hooks.ts';
import { needImage } from './more-images.ts';
import { VIEW_TITLES, VIEWS, type ViewName } from './store.ts';
import { drawThumbnail } from './thumbnail.ts';

/** What is seen below a thumbnail where the name is too long for it. */
const SHORT: Partial<Record<ViewName, string>> = { 'standard-deviation': 'Std dev' };
export const RAIL_VIEWS: readonly ViewName[] = ['movie', 'mean', 'max', 'standard-deviation', 'correlation'];
const MORE_VIEWS = VIEWS.filter((name) => !RAIL_VIEWS.includes(name));

export function Rail({ dataset }: { readonly dataset: CalciumDataset }): ReactElement {
  const view = useCalcium(dataset, (state) => state.view);
  const blinkWith = useCalcium(dataset, (state) => state.blinkWith);
  const choose = (name: ViewName) => {
    dataset.store.setState({ view: name });
    needImage(dataset, name);
  };
  useActions(MORE_VIEWS.map((name) => ({ label: VIEW_TITLES[name], group: 'View', run: () => choose(name) })));
  const chosen = RAIL_VIEWS.includes(view) ? view : 'correlation';
  return (
    <div className="rail hide-narrow">
      <div
        className="views"
        role="radiogroup"
        aria-label="View"
        onKeyDown={(event) => {
          const next = RAIL_VIEWS[moveWithin(event, '[role="radio"]')];
          if (next) choose(next);
        }}
      >
        {RAIL_VIEWS.map((name, i) => (
          // biome-ignore lint/a11y/useSemanticElements: a native radio cannot carry the picture
          <button
            key={name}
            type="button"
            role="radio"
            aria-checked={name === view}
            aria-label={VIEW_TITLES[name]}
            tabIndex={name === chosen ? 0 : -1}
            onClick={() => choose(name)}
          >
            <Thumbnail dataset={dataset} name={name} />
            <span className="lab">
              {SHORT[name] ?? VIEW_TITLES[name]}
              <KeyHint keys={String(i + 1)} />
            </span>
          </button>
        ))}
      </div>
      <Select<ViewName | 'none'>
        label="More views"
        unlisted
        value={RAIL_VIEWS.includes(view) ? 'none' : view}
        onChange={(name) => name !== 'none' && choose(name)}
        choices={[{ value: 'none', label: 'More' }, ...MORE_VIEWS.map((name) => ({ value: name, label: VIEW_TITLES[name] }))]}
      />
      <span className="s t3">Blink, hold B</span>
      <Select<ViewName>
        label="Blink with, while B is held"
        value={blinkWith}
        onChange={(name) => dataset.store.setState({ blinkWith: name })}
        choices={RAIL_VIEWS.map((name) => ({ value: name, label: SHORT[name] ?? VIEW_TITLES[name] }))}
      />
    </div>
  );
}

const MAX_WIDTH = 82;
const MAX_HEIGHT = 60;

function Thumbnail({ dataset, name }: { readonly dataset: CalciumDataset; readonly name: ViewName }): ReactElement {
  const canvas = useRef<HTMLCanvasElement>(null);
  const version = useCalcium(dataset, (state) => state.versions.images);
  const { height, width } = dataset.files.movie;
  const wide = Math.round(Math.min(MAX_WIDTH, (MAX_HEIGHT * width) / height));
  const tall = Math.round(Math.min(MAX_HEIGHT, (MAX_WIDTH * height) / width));
  // The version stands for the image behind the name.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    if (name === 'movie')
      return dataset.player.subscribe(({ data }) => data && !hasContent(element) && drawThumbnail(element, data, height, width));
    const data = resources.get<NumericArray>(`${dataset.id}/${name}`);
    if (data) drawThumbnail(element, data, height, width);
    return undefined;
  }, [dataset, name, version]);
  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a canvas without tabindex takes no focus
  return <canvas ref={canvas} width={wide * 2} height={tall * 2} style={{ width: wide, height: tall }} aria-hidden="true" />;
}

/** The movie's thumbnail is its first frame: it does not change while playing. */
function hasContent(element: HTMLCanvasElement): boolean {
  return element.dataset['drawn'] === 'yes';
}
