// The steps of a data set's own instructions, and what to do here instead.
import { type ReactElement, useId } from 'react';
import type { ComingFrom } from '../modalities/modality.ts';

export function ComingFromTable({ text }: { readonly text: ComingFrom }): ReactElement {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h3 id={id}>{text.source}</h3>
      <table aria-label={`Coming from ${text.source}`}>
        <thead>
          <tr>
            <th className="l" scope="col">
              There
            </th>
            <th className="l" scope="col">
              Here
            </th>
          </tr>
        </thead>
        <tbody>
          {text.steps.map(({ there, here }) => (
            <tr key={there}>
              <th className="l" scope="row">
                {there}
              </th>
              <td className="l">{here}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
