// How much decoded data the page keeps, and the budget for it, which can be changed.
import type { ReactElement } from 'react';
import { useCacheStats } from '../state/hooks.ts';
import { setPreferences } from '../state/preferences.ts';
import { defaultBudget, resources } from '../state/resources.ts';
import { Button } from './button.tsx';
import { cssVars } from './css-vars.ts';
import { Pop } from './pop.tsx';
import { Slider } from './slider.tsx';

const MEGA = 1e6;

export function CacheMeter(): ReactElement {
  const { bytes, budget } = useCacheStats();
  const choose = (megabytes: number, remembered = megabytes * MEGA) => {
    resources.budget = megabytes * MEGA;
    setPreferences({ cacheBudget: remembered });
  };
  const face = (
    <>
      {`Cache ${Math.round(bytes / MEGA)} of ${Math.round(budget / MEGA)} MB`}
      <span className="meter">
        <i style={cssVars({ '--v': Math.min(1, bytes / budget) })} />
      </span>
    </>
  );
  return (
    <Pop label="Cache budget" side="above" className="cache-pop" button={face}>
      <p className="s t2">
        Decoded frames and images that are kept in memory. What exceeds the budget is read again when it is needed.
      </p>
      <Slider label="Budget" unit="MB" min={64} max={4096} step={64} value={Math.round(budget / MEGA)} onChange={choose} />
      <Button small kind="edge" onClick={() => choose(defaultBudget() / MEGA, 0)}>
        {`Use ${defaultBudget() / MEGA} MB`}
      </Button>
    </Pop>
  );
}
