import { type CSSProperties, useMemo } from 'react';
import type { Box } from '../../../figures';
import { useExplain } from '../../../state/explain-store';
import { say } from '../../../text/say';
import { signName } from '../signs/flow-view';
import { followedOutlines } from '../signs/layer-outlines';
import { SignOutline } from './SignOutline';

function useFollowedOutlines() {
  const signs = useExplain((state) => state.signs);
  const followed = useExplain((state) => state.followed);
  const outlines = useMemo(
    () => (signs && followed ? followedOutlines(signs, followed) : null),
    [signs, followed],
  );
  return { signs, followed, outlines };
}

/** The sign that is followed, over the large picture of the selected layer. */
export function FollowedSign({ style }: { style: CSSProperties }) {
  const { signs, followed, outlines } = useFollowedOutlines();
  const analysis = useExplain((state) => state.analysis);
  const layer = useExplain((state) => state.layer);
  if (!signs || !followed || !outlines?.[layer]) return null;
  const { loops, kind } = outlines[layer];
  const name = signName({ analysis, signs }, followed);
  const here = analysis?.layers[layer]?.name;
  const label = {
    own: say('Outline of {name}', { name }),
    family: say('Outline in {here} of what belongs to {name}', { here, name }),
    elsewhere: say('Place of {name}, of which {here} holds nothing', { name, here }),
  }[kind];
  return <SignOutline loops={loops} grid={signs.grid} kind={kind} label={label} style={style} />;
}

/** The sign that is followed, over the thumbnails of all layers. */
export function FollowedInThumbnails({ boxOf }: { boxOf(layer: number): Box | undefined }) {
  const { signs, outlines } = useFollowedOutlines();
  if (!signs || !outlines) return null;
  return outlines.map(({ loops, kind }, i) => {
    const box = boxOf(i);
    return (
      box &&
      kind !== 'elsewhere' && (
        <SignOutline
          // biome-ignore lint/suspicious/noArrayIndexKey: a thumbnail is its layer's place.
          key={i}
          loops={loops}
          grid={signs.grid}
          kind={kind}
          style={{ left: box.x, top: box.y, width: box.width, height: box.height }}
        />
      )
    );
  });
}
