// The views of the modalities, loaded before their first data set is put on screen: React would hold a view that it has to wait
// for back for another third of a second.
import type { ComponentType } from 'react';
import type { Modality, ViewProps } from '../modalities/modality.ts';

const loaded = new Map<string, ComponentType<ViewProps>>();

export async function loadView({ id, view }: Modality): Promise<void> {
  if (!loaded.has(id)) loaded.set(id, (await view()).default);
}

/** The view of a modality that `loadView` was awaited for. */
export function loadedView({ id }: Modality): ComponentType<ViewProps> {
  const view = loaded.get(id);
  if (!view) throw new Error(`the view of ${id} is not loaded`);
  return view;
}
