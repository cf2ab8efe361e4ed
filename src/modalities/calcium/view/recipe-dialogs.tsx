// The dialogs around recipes: save what was done, choose one to replay, and save what a replayed one names.
import { type ChangeEvent, type ReactElement, useState } from 'react';
import { reportError } from '../../../state/log.ts';
import { AlertStrip } from '../../../ui/alert-strip.tsx';
import { Button } from '../../../ui/button.tsx';
import { Check } from '../../../ui/check.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { exportsOf, RECIPE_EXPORTS, type Recipe, type RecipeExport, type RecipeStep, readRecipe } from '../shared/recipe.ts';
import type { CalciumDataset } from './datasets.ts';
import { exportName } from './export-names.ts';
import { saveRecipe } from './exports.ts';
import { recipeOf } from './recipe.ts';
import { SAVE } from './recipe-exports.ts';
import { describeStep, shortened } from './recipe-words.ts';
import { replay } from './replay.ts';

interface DialogProps {
  readonly dataset: CalciumDataset;
  readonly onClose: () => void;
}

export function RecipeDialog({ dataset, onClose }: DialogProps): ReactElement {
  const [files, setFiles] = useState<readonly RecipeExport[]>(['Regions JSON']);
  const recipe = recipeOf(dataset, files);
  const save = async () => {
    await saveRecipe(dataset, recipe);
    onClose();
  };
  const toggle = (name: RecipeExport, on: boolean) =>
    setFiles(RECIPE_EXPORTS.filter((one) => (one === name ? on : files.includes(one))));
  return (
    <Dialog
      title="Recipe JSON"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="main" onClick={() => void save()}>
            {`Save ${exportName(dataset.info.shortName, 'recipe.json')}`}
          </Button>
        </>
      }
    >
      <p className="t2">Drop the file on any data set to do the same there.</p>
      <Steps steps={recipe.steps} />
      <LeftOut names={recipe.leftOut} />
      <fieldset className="recipe-files">
        <legend className="s t2">Then offer to save</legend>
        {RECIPE_EXPORTS.map((name) => (
          <Check key={name} label={name} checked={files.includes(name)} onChange={(on) => toggle(name, on)} />
        ))}
      </fieldset>
    </Dialog>
  );
}

export function ReplayDialog({ dataset, onClose }: DialogProps): ReactElement {
  const [recipe, setRecipe] = useState<Recipe | null>(null);
  const choose = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    // So that choosing the same file again is a change.
    event.target.value = '';
    if (!file) return;
    try {
      setRecipe(readRecipe(await file.text(), { file: file.name }));
    } catch (error) {
      setRecipe(null);
      onClose();
      reportError(error, `${file.name} could not be replayed`);
    }
  };
  const start = () => {
    if (recipe) void replay(dataset, recipe);
    onClose();
  };
  return (
    <Dialog
      title="Replay recipe"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="main" disabled={recipe === null} onClick={start}>
            {`Replay on ${dataset.info.shortName}`}
          </Button>
        </>
      }
    >
      <label className="file-button">
        <input className="vh" type="file" accept=".json,application/json" onChange={(event) => void choose(event)} />
        <span className="b edge">Choose recipe</span>
      </label>
      {recipe && <Steps steps={recipe.steps} />}
      {recipe && <LeftOut names={recipe.leftOut} />}
    </Dialog>
  );
}

interface ReplayedDialogProps extends DialogProps {
  readonly recipe: Recipe;
  readonly onSubmission: () => void;
}

export function ReplayedDialog({ dataset, recipe, onClose, onSubmission }: ReplayedDialogProps): ReactElement {
  return (
    <Dialog title="Recipe replayed" onClose={onClose} actions={<Button onClick={onClose}>Close</Button>}>
      <p className="t2">Done on {dataset.info.shortName}; it ends with these files.</p>
      <Steps steps={recipe.steps} />
      <div className="recipe-files">
        {exportsOf(recipe).map((name) => (
          <Button
            key={name}
            kind="edge"
            onClick={name === 'Submission JSON' ? onSubmission : () => void SAVE[name](dataset)}
          >{`Save ${name}`}</Button>
        ))}
      </div>
      <LeftOut names={recipe.leftOut} />
    </Dialog>
  );
}

function Steps({ steps }: { readonly steps: readonly RecipeStep[] }): ReactElement {
  const lines = steps.map(describeStep).map((text, i) => ({ text, key: `${i} ${text}` }));
  return (
    <ol className="recipe-steps" aria-label="Steps">
      {lines.map(({ text, key }) => (
        <li key={key}>{text}</li>
      ))}
    </ol>
  );
}

function LeftOut({ names }: { readonly names: readonly string[] }): ReactElement | null {
  if (names.length === 0) return null;
  return <AlertStrip>{`Not part of it, because only a hand can do it again: ${shortened(names)}.`}</AlertStrip>;
}
