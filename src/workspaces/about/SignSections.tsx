import { Formula, M } from './Formula';
import { frac, gap, over, row, sub, sum, sup, words } from './mathml';
import { Section } from './Section';

/** From maps to signs, supersigns and what they are worth. */
export function SignSections() {
  return (
    <>
      <Section id="signs" title="Signs" from={['project', 'literature']}>
        <p>
          A <dfn>sign</dfn> is a region that a layer puts its evidence on. Let the sea over the map sink from
          its highest point: peaks come up as islands, islands grow and meet. Where two meet, the lesser peak
          ends; its <dfn>persistence</dfn> is how far it stood above that saddle. Peaks whose persistence is
          at least <M of="τ" /> of the map’s maximum (0.10 at the start) are signs, lesser ones belong to the
          sign they ran into, and every sign is cut off below <M of="θ" /> of the maximum (0.20). Signs are
          found on the network’s input grid, so that those of different layers can lie on each other.
        </p>
        <p>
          A sign has a mass, the sum of the map over it, and a share of the map’s whole mass. Shuffled maps
          have signs too: their number stands below the number found, for fewer signs on a smaller map is no
          finding by itself.
        </p>
      </Section>
      <Section
        id="superization"
        title="Superization: how signs become supersigns"
        from={['paper', 'project']}
      >
        <p>
          From layer to layer signs are aggregated into <dfn>supersigns</dfn>. That is the paper’s thesis; the
          rule by which one sign is said to be taken in by another is this project’s.{' '}
          <M of={sub('w', 'i j')} /> is the share of the mass of sign <M of="i" /> that lies inside sign{' '}
          <M of="j" /> of a later layer:
        </p>
        <Formula
          name="share inside a later sign"
          of={[
            sub('w', 'i j'),
            '=',
            frac(row(sum('s ∈ i ∩ j'), sub('S', 's')), row(sum('s ∈ i'), sub('S', 's'))),
            ',',
            gap,
            words('i is aggregated into the j with the greatest share, if that is at least ½'),
          ]}
        />
        <p>
          The first later layer with such a sign takes it; a layer in between that holds nothing does not cut
          the story, and the link is then a skipping one. A sign that no later layer takes in{' '}
          <dfn>dissolves</dfn>. A sign that takes in none <dfn>emerges</dfn>, one that takes in one is{' '}
          <dfn>carried</dfn>, one that takes in several is a supersign. All links make a forest, whose roots
          in the last layer are what the decision rests on: the superization flow draws all of it, the
          superization tree one supersign of it.
        </p>
      </Section>
      <Section id="formation" title="Class formation and complex formation" from={['project', 'literature']}>
        <p>
          Frank’s information psychology knows two ways to superize: to drop distinctions, so that many things
          become one class, and to bind parts into a whole, so that one part tells of the next. Read off the
          entropies of the aura, the change of a step is exactly the sum of both:
        </p>
        <Formula
          name="change of a step"
          of={[
            'Δ',
            sub('H', words('joint')),
            '=',
            'Δ',
            sub('H', words('marginal')),
            '+',
            'Δ',
            sub('H', words('conditional')),
          ]}
        />
        <p>
          The first term is <dfn>class formation</dfn>, the second <dfn>complex formation</dfn>. The names are
          Frank’s; reading them off these two entropies is this project’s proposal. Superization{' '}
          <em>happens</em> on a step where the entropy falls, and by more than the shuffled maps’ does:
        </p>
        <Formula
          name="superization happens"
          of={['Δ', sub('H', words('joint')), '< min ( 0 ,', 'Δ', sub('H', words('null')), ')']}
        />
      </Section>
      <Section id="weights" title="What carries the decision" from={['project']}>
        <p>
          A map says where a layer looks, not what would change without it. So every sign is masked: inside it
          the activation is set to its mean outside, channel by channel, and the rest of the network runs
          again. With <M of="m" /> the share of a cell that the sign covers,
        </p>
        <Formula
          name="weight of a sign"
          of={[
            sup('A', '′'),
            '= A + m (',
            over('A'),
            '− A ) ,',
            gap,
            words('weight'),
            '= y ( A ) − y (',
            sup('A', '′'),
            ')',
          ]}
        />
        <p>
          A positive weight means that the sign speaks for the class. Weights need not add up: the network is
          not linear, and the mean outside of one sign holds the others. A logit has no natural zero, so a
          loss is told beside the class’s own logit.
        </p>
      </Section>
      <Section id="deletion" title="Deletion and insertion" from={['literature']}>
        <p>
          The picture’s pixels are blurred one after the other, those that the map calls most salient first,
          and then brought back in the same order. A map that finds what the class rests on makes its
          probability fall fast and rise fast: a small area below the first curve, a large one below the
          second. Shuffled maps show what any map of that grain would do (Petsiuk, Das and Saenko 2018).
        </p>
      </Section>
      <Section id="randomised" title="Randomised weights" from={['literature']}>
        <p>
          Layer by layer, from the last to the first, the numbers within every weight tensor change places,
          and all maps are made anew. A map that stays as it is does not show what the network has learnt,
          whatever it looks like. Likeness is Spearman’s rank correlation with the map of the trained network,
          over three draws (Adebayo and others 2018).
        </p>
      </Section>
    </>
  );
}
