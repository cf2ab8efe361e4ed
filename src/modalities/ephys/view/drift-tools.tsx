// At the head of the drift map: what the lines mean, how near the estimate is to what was imposed, and the button that estimates.
import type { ReactElement } from 'react';
import { motionError } from '../../../base/motion.ts';
import { fixed } from '../../../base/number-format.ts';
import { useJobs } from '../../../state/hooks.ts';
import { Button } from '../../../ui/button.tsx';
import { LineSample } from '../../../ui/line-sample.tsx';
import type { EphysDataset } from './datasets.ts';
import { DRIFT_LABEL, estimateDrift, middleDepth, motionOf } from './drift.ts';
import { useEphys } from './hooks.ts';

export function DriftTools({ dataset }: { readonly dataset: EphysDataset }): ReactElement {
  useEphys(dataset, (state) => `${state.versions.drift} ${state.sorting}`);
  const running = useJobs().some(
    ({ dataset: of, label }) => of === dataset.id && (label === DRIFT_LABEL || label === 'Finding spikes'),
  );
  const estimated = motionOf(dataset);
  const imposed = dataset.info.motion;
  return (
    <>
      {estimated && (
        <span className="mk s t2 hide-narrow">
          <LineSample kind="trace" />
          Estimated
        </span>
      )}
      {imposed && (
        <span className="mk s t2 hide-narrow">
          <LineSample kind="dashed" />
          Imposed
        </span>
      )}
      {estimated && imposed && (
        <span className="s">
          <span className="t3">RMS error</span>{' '}
          <span className="strong">{fixed(motionError(estimated, imposed, middleDepth(dataset)).rms, 2)} µm</span>
        </span>
      )}
      <Button kind="edge" small disabled={running} onClick={() => void estimateDrift(dataset)}>
        Estimate drift
      </Button>
    </>
  );
}
