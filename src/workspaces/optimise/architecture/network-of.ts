import type { ImageSource } from '../../../picture/sets/image-set';
import type { Architecture } from '../../../training/architecture/architecture';
import { type PresetId, presetOf, presets } from '../../../training/architecture/presets';
import { freezingDefaults } from '../../../training/freezing/settled-blocks';
import type { Freezing, ProfileOptions, Recipe, TrainingData } from '../../../training/training-methods';
import { type OptimiseSettings, optimiseSettings } from '../optimise-settings';
import { architectureText, parseArchitecture } from './architecture-text';

/** The architecture that settings name. */
export function architectureOf(settings: OptimiseSettings): Architecture {
  const { preset, architecture, side } = settings;
  if (preset !== 'own') return { ...presetOf(preset).architecture, side };
  return parseArchitecture(architecture, side, 10) as Architecture;
}

/** How an architecture is named by settings: as a preset where it is one, whatever its side. */
export function settingsOfArchitecture(
  architecture: Architecture,
): Pick<OptimiseSettings, 'preset' | 'architecture' | 'side'> {
  const text = architectureText(architecture);
  const preset = presets.find((each) => architectureText(each.architecture) === text);
  const { side } = architecture;
  return preset
    ? { preset: preset.id as PresetId, architecture: '', side }
    : { preset: 'own', architecture: text, side };
}

/** How a network is trained by settings. */
export function recipeOf(settings: OptimiseSettings): Recipe {
  const { learningRate, schedule, epochs, batch, weightDecay, labelSmoothing, patience, seed } = settings;
  const { mirror, shift, scale, colour } = settings;
  return {
    optimiser:
      settings.optimiser === 'adam'
        ? { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }
        : { kind: 'sgd', momentum: 0.9 },
    learningRate,
    schedule,
    epochs,
    batch,
    weightDecay,
    labelSmoothing,
    augmentation: { mirror, shift, scale, colour },
    patience: patience === 0 ? null : patience,
    seed,
    ...(settings.freezing !== 'none' && { freezing: freezingOf(settings) }),
  };
}

function freezingOf(settings: OptimiseSettings): Freezing {
  if (settings.freezing === 'clock') return { by: 'clock', from: freezingDefaults.from };
  const profile = profileOptionsOf(settings);
  const pictures = profile.pictures || optimiseSettings.profiled.initial;
  return { by: 'entropy', epochs: freezingDefaults.epochs, profile: { ...profile, pictures } };
}

/** What a network is trained on by settings. */
export function dataOf(settings: OptimiseSettings, sources: ImageSource[] | null): TrainingData {
  const { data, dataSeed: seed, train, heldOut, heldOutShare } = settings;
  if (data === 'pictographs') return { kind: 'pictographs', seed, train, heldOut };
  return { kind: 'images', sources: sources ?? [], heldOutShare, seed };
}

/** The data, as reports and files tell it. */
export function dataInWords(settings: OptimiseSettings, imagesName: string | null): string {
  const { data, dataSeed, side } = settings;
  return data === 'pictographs'
    ? `Pictographs, world ${dataSeed}, ${side} × ${side}`
    : `Pictures from ${imagesName ?? 'dropped files'}, ${side} × ${side}, split by seed ${dataSeed}`;
}

/** How the entropies of the layers are measured by settings. */
export const profileOptionsOf = ({
  profiled,
  method,
  measure,
  levels,
  grid,
}: OptimiseSettings): ProfileOptions => ({
  pictures: profiled,
  method,
  measure,
  levels,
  grid,
  // Means over pictures need fewer shuffles of each than a single picture does.
  shuffles: 4,
});
