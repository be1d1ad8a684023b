import { useExplain } from '../../../state/explain-store';
import { useLayerAxis } from '../layers/shown-layers';
import type { ReadFigure } from './figure-readings';
import { ReadingText } from './ReadingText';
import css from './reading.module.css';
import { WhyLink } from './WhyLink';

export interface ReadingProps {
  figure: ReadFigure | 'within';
  width: number;
  /** What it shows, where that is known already. */
  says?: string | null;
}

/** Below a figure of the instrument: what it shows of this picture, and the way to how it is read. The column of the selected layer goes through. */
export function ReadingLine({ figure, width, says }: ReadingProps) {
  const layer = useExplain(({ layer, position }) => (Number.isInteger(position) ? layer : null));
  const shown = useExplain((state) => state.analysis !== null);
  const axis = useLayerAxis(width);
  const { of, section } = sections[figure];
  const background =
    layer !== null && shown && axis.shows(layer)
      ? `linear-gradient(var(--accent-soft) 0 0) ${axis.x(layer) - axis.step / 2}px 0 / ${axis.step}px 100% no-repeat`
      : undefined;
  return (
    <p className={css.reading} style={{ background }}>
      <WhyLink of={of} section={section} />
      {figure === 'within' ? <span>{says}</span> : shown && <ReadingText figure={figure} />}
    </p>
  );
}

const sections: Record<ReadFigure | 'within', { of: string; section: string }> = {
  layers: { of: 'the maps of all layers', section: 'saliency' },
  entropy: { of: 'entropy beside its null', section: 'entropy' },
  change: { of: 'class and complex formation', section: 'formation' },
  within: { of: 'a share beside its null', section: 'null-model' },
  flow: { of: 'the flow of signs', section: 'superization' },
};
