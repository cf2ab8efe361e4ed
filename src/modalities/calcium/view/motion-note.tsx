// How much the movie still moves, and the offer to correct it where that is more than a pixel.
import { type ReactElement, useEffect } from 'react';
import { fixed } from '../../../base/number-format.ts';
import { useActions } from '../../../ui/actions.ts';
import { Button } from '../../../ui/button.tsx';
import type { CalciumDataset } from './datasets.ts';
import { useCalcium } from './hooks.ts';
import { MUCH_MOTION, measureMotion, setCorrected } from './motion.ts';

const MEASURED = '99 % of the binned images lie within this of their median place';
const MOVED = `${MEASURED}. Every frame is moved back by fractions of a pixel, between pixels in straight lines (bilinear).`;

export function MotionNote({ dataset }: { readonly dataset: CalciumDataset }): ReactElement | null {
  const motion = useCalcium(dataset, (state) => state.motion);
  const read = useCalcium(dataset, ({ reading, framesRead }) => !reading && framesRead > 0);
  useEffect(() => {
    if (read) void measureMotion(dataset);
  }, [dataset, read]);
  const corrected = useCalcium(dataset, (state) => state.corrected);
  const unknown = motion && 'unknown' in motion ? motion.unknown : undefined;
  useActions([
    {
      label: 'Correct motion',
      group: 'Detection',
      run: () => void setCorrected(dataset, true),
      disabled: !motion ? 'not measured yet' : corrected ? 'it is corrected' : unknown && 'it is not known how it moved',
    },
    {
      label: 'Motion as recorded',
      group: 'Detection',
      run: () => void setCorrected(dataset, false),
      disabled: corrected ? undefined : 'it is not corrected',
    },
  ]);
  if (!motion) return null;
  const much = 'p99' in motion && motion.p99 > MUCH_MOTION;
  return (
    <div className="note-row s t3" role="note" aria-label="Residual motion">
      <span className="grow" title={unknown ?? (corrected ? MOVED : MEASURED)}>
        Residual motion {'p99' in motion ? `${fixed(motion.p99, 1)} px` : 'unknown'}
        {corrected ? ', corrected' : ''}
      </span>
      {corrected ? (
        <Button small onClick={() => void setCorrected(dataset, false)}>
          As recorded
        </Button>
      ) : (
        much && (
          <Button small onClick={() => void setCorrected(dataset, true)}>
            Correct motion
          </Button>
        )
      )}
    </div>
  );
}
