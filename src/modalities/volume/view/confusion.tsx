// A confusion matrix as a table: rows truth, columns prediction, each cell the share of its row, darker or brighter by it.
import type { ReactElement } from 'react';
import { fixed, grouped } from '../../../base/number-format.ts';
import { cssVars } from '../../../ui/css-vars.ts';

interface ConfusionProps {
  readonly label?: string;
  /** Called by their short names; the whole ones are told. */
  readonly classes: readonly { readonly name: string; readonly short: string }[];
  readonly counts: readonly (readonly number[])[];
  /** The values themselves are shown, not their share of the row. */
  readonly plain?: boolean;
}

export function Confusion({ label = 'Confusion', classes, counts, plain = false }: ConfusionProps): ReactElement {
  return (
    <div className="volume-confusion-box">
      <table aria-label={label} className="volume-confusion">
        <thead>
          <tr>
            <td />
            {classes.map(({ name, short }) => (
              <th key={name} scope="col" title={name}>
                {short}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {counts.map((row, i) => {
            const total = row.reduce((sum, count) => sum + count, 0);
            return (
              <tr key={classes[i]?.name}>
                <th scope="row" title={classes[i]?.name}>
                  {classes[i]?.short}
                </th>
                {row.map((count, j) => {
                  const share = plain ? count : count / total;
                  const bright = Number.isNaN(share) ? 0 : Math.min(1, Math.max(0, share)) ** 0.6;
                  return (
                    <td
                      // biome-ignore lint/suspicious/noArrayIndexKey: the columns of a matrix are their places
                      key={j}
                      className={bright > 0.5 ? 'bright' : undefined}
                      style={cssVars({ '--share': shadeOf(bright) })}
                      title={plain ? String(count) : `${grouped(count)} of ${grouped(total)}`}
                    >
                      {fixed(share, 3)}
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** Middle greys are left out: neither dark nor bright figures can be read on them. */
const shadeOf = (bright: number) => (bright <= 0.5 ? bright * 0.8 : 0.74 + (bright - 0.5) * 0.52);
