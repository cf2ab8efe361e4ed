// The partial badge and other short facts: "1,204 of 3,024 frames".
import type { ReactElement, ReactNode } from 'react';
import { grouped } from '../base/number-format.ts';

export function Tag({ children }: { readonly children: ReactNode }): ReactElement {
  return <span className="tag">{children}</span>;
}

/** Every partial image or curve says so; nothing when it is whole. */
export function PartialTag({
  done,
  total,
  unit,
}: {
  readonly done: number;
  readonly total: number;
  readonly unit: string;
}): ReactElement | null {
  return done < total ? <Tag>{`${grouped(done)} of ${grouped(total)} ${unit}`}</Tag> : null;
}
