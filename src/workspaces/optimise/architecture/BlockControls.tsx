import { say } from '../../../text/say';
import type { Architecture } from '../../../training/architecture/architecture';
import { Choice, NumberField } from '../../../ui/fields';
import css from '../optimise.module.css';
import { editArchitecture } from '../optimise-controller';
import { filterSizes, stageEnds } from './architecture-text';
import {
  type BlockPlace,
  blockAt,
  placesOf,
  withBlock,
  withBlockBehind,
  withoutBlock,
  withoutStage,
  withShrink,
  withStageBehind,
} from './change-architecture';

const endNames = {
  max: '2 × 2 maximum',
  average: '2 × 2 average',
  stride: 'Last block at stride 2',
  none: 'Keeps its size',
} as const;

const wholeTo4096 = (text: string) => {
  const value = /^\d+$/.test(text) ? Number(text) : 0;
  return value >= 1 && value <= 4096 ? value : undefined;
};

/** What can be changed about the selected block and its stage. */
export function BlockControls({
  architecture,
  selected,
  busy,
}: {
  architecture: Architecture;
  selected: BlockPlace;
  busy: boolean;
}) {
  const block = blockAt(architecture, selected);
  if (!block) return null;
  const stage = architecture.stages[selected.stage];
  const alone = placesOf(architecture).length === 1;
  return (
    <fieldset className={css.controls} disabled={busy}>
      <legend>{block.name}</legend>
      <NumberField
        label={say('Width')}
        unit={say('channels')}
        value={block.width}
        parse={wholeTo4096}
        allowed="a whole number from 1 to 4096"
        onChange={(width) => editArchitecture(withBlock(architecture, selected, { width }))}
      />
      <Choice
        label={say('Kind')}
        value={block.kind}
        options={[
          { value: 'convolution', title: say('Convolution (VGG-like)') },
          { value: 'residual', title: say('Residual block') },
          { value: 'separable', title: say('Separable (depthwise, then 1 × 1)') },
        ]}
        onChange={(kind) => editArchitecture(withBlock(architecture, selected, { kind }))}
      />
      {block.kind === 'convolution' && (
        <Choice
          label={say('Filter')}
          value={block.size as number}
          options={filterSizes.map((size) => ({ value: size as number, title: `${size} × ${size}` }))}
          onChange={(size) =>
            editArchitecture(
              withBlock(architecture, selected, { size: size as (typeof filterSizes)[number] }),
            )
          }
        />
      )}
      <Choice
        label={say('Stage {stage} ends in', { stage: selected.stage + 1 })}
        value={stage.shrink}
        options={stageEnds.map((end) => ({ value: end, title: say(endNames[end]) }))}
        onChange={(end) => editArchitecture(withShrink(architecture, selected.stage, end))}
      />
      <div className={css.buttons}>
        <button
          type="button"
          onClick={() =>
            editArchitecture(withBlockBehind(architecture, selected), {
              ...selected,
              block: selected.block + 1,
            })
          }
        >
          {say('Add block')}
        </button>
        <button
          type="button"
          disabled={alone}
          onClick={() => editArchitecture(withoutBlock(architecture, selected))}
        >
          {say('Remove block')}
        </button>
        <button
          type="button"
          onClick={() =>
            editArchitecture(withStageBehind(architecture, selected.stage), {
              stage: selected.stage + 1,
              block: 0,
            })
          }
        >
          {say('Add stage')}
        </button>
        <button
          type="button"
          disabled={architecture.stages.length === 1}
          onClick={() => editArchitecture(withoutStage(architecture, selected.stage))}
        >
          {say('Remove stage')}
        </button>
      </div>
    </fieldset>
  );
}
