// What each part of the detector is worth: the same searches, united once more with a part taken away. Costs next to nothing,
// because the searches are remembered.
import type { Region } from '../../src/base/region.ts';
import type { UniteInput } from '../../src/modalities/calcium/shared/detection.ts';
import { type FindRunner, findRegions } from '../../src/modalities/calcium/shared/find-regions.ts';
import type { ShapeSearches } from '../../src/modalities/calcium/worker/detection-jobs.ts';
import { disc } from '../../src/pipeline/roi/detect/disc.ts';
import { type NeurofinderScore, scoreRegions } from '../../src/pipeline/score/neurofinder.ts';
import type { ReadMovie } from './movie.ts';

export interface AblationFigures {
  readonly without: string;
  readonly score: Pick<NeurofinderScore, 'recall' | 'precision' | 'combined' | 'inclusion' | 'exclusion'>;
}

interface Variant {
  readonly without: string;
  readonly change?: (searches: ShapeSearches) => ShapeSearches;
  readonly silent?: true;
  readonly discs?: true;
}

const VARIANTS: readonly Variant[] = [
  { without: 'nothing' },
  { without: 'half movies', change: (searches) => ({ ...searches, odd: null, even: null }) },
  { without: 'neighbouring radii', change: (searches) => ({ ...searches, smaller: null, larger: null }) },
  { without: 'both rankings', change: (searches) => ({ ...searches, odd: null, even: null, smaller: null, larger: null }) },
  { without: 'activity', silent: true },
  { without: 'outlines (discs instead)', discs: true },
];

/** `runner` has run the detection with labels "both" before. */
export async function ablate(movie: ReadMovie, truth: readonly Region[], runner: FindRunner): Promise<AblationFigures[]> {
  const { height, width } = movie.planes;
  const figures: AblationFigures[] = [];
  for (const variant of VARIANTS) {
    const changed: FindRunner = {
      ...runner,
      ask: (job, input) => {
        const { shape, activity, ...rest } = input as UniteInput;
        const searches = (variant.change ?? ((same) => same))(shape as ShapeSearches);
        return runner.ask(job, { ...rest, shape: searches, activity: variant.silent ? null : activity });
      },
    };
    const { detections, defaultCut, radius } = await findRegions(
      { ...movie.planes, labels: 'both', sensitivity: 0.5, radius: null },
      changed,
    );
    const regions = detections
      .filter(({ confidence }) => confidence >= defaultCut)
      .map(({ region, row, col, kind }) =>
        variant.discs && kind !== 'activity' ? disc(row, col, radius, height, width) : region,
      );
    const { recall, precision, combined, inclusion, exclusion } = scoreRegions(truth, regions, movie.threshold);
    figures.push({ without: variant.without, score: { recall, precision, combined, inclusion, exclusion } });
  }
  return figures;
}
