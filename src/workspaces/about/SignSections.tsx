import { say } from '../../text/say';
import { Said } from '../../ui/Said';
import { Formula, M } from './Formula';
import { dfn, em } from './marks';
import { frac, gap, over, row, sub, sum, sup, words } from './mathml';
import { Section } from './Section';

/** From maps to signs, supersigns and what they are worth. */
export function SignSections() {
  return (
    <>
      <Section id="signs" title={say('Signs')} from={['project', 'literature']}>
        <p>
          <Said
            text="A <dfn>sign</dfn> is a region that a layer puts its evidence on. Let the sea over the map sink from its highest point: peaks come up as islands, islands grow and meet. Where two meet, the lesser peak ends; its <dfn>persistence</dfn> is how far it stood above that saddle. Peaks whose persistence is at least {tau} of the map’s maximum (0.10 at the start) are signs, lesser ones belong to the sign they ran into, and every sign is cut off below {theta} of the maximum (0.20). Signs are found on the network’s input grid, so that those of different layers can lie on each other."
            parts={{ dfn, tau: <M of="τ" />, theta: <M of="θ" /> }}
          />
        </p>
        <p>
          {say(
            'A sign has a mass, the sum of the map over it, and a share of the map’s whole mass. Shuffled maps have signs too: their number stands below the number found, for fewer signs on a smaller map is no finding by itself.',
          )}
        </p>
      </Section>
      <Section
        id="superization"
        title={say('Superization: how signs become supersigns')}
        from={['paper', 'project']}
      >
        <p>
          <Said
            text="From layer to layer signs are aggregated into <dfn>supersigns</dfn>. That is the paper’s thesis; the rule by which one sign is said to be taken in by another is this project’s. {formula} is the share of the mass of sign {i} that lies inside sign {j} of a later layer:"
            parts={{ dfn, formula: <M of={sub('w', 'i j')} />, i: <M of="i" />, j: <M of="j" /> }}
          />
        </p>
        <Formula
          name={say('share inside a later sign')}
          of={[
            sub('w', 'i j'),
            '=',
            frac(row(sum('s ∈ i ∩ j'), sub('S', 's')), row(sum('s ∈ i'), sub('S', 's'))),
            ',',
            gap,
            words(say('i is aggregated into the j with the greatest share, if that is at least ½')),
          ]}
        />
        <p>
          <Said
            text="The first later layer with such a sign takes it; a layer in between that holds nothing does not cut the story, and the link is then a skipping one. A sign that no later layer takes in <dfn>dissolves</dfn>. A sign that takes in none <dfn>emerges</dfn>, one that takes in one is <dfn>carried</dfn>, one that takes in several is a supersign. All links make a forest, whose roots in the last layer are what the decision rests on: the superization flow draws all of it, the superization tree one supersign of it."
            parts={{ dfn }}
          />
        </p>
      </Section>
      <Section
        id="formation"
        title={say('Class formation and complex formation')}
        from={['project', 'literature']}
      >
        <p>
          {say(
            'Frank’s information psychology knows two ways to superize: to drop distinctions, so that many things become one class, and to bind parts into a whole, so that one part tells of the next. Read off the entropies of the aura, the change of a step is exactly the sum of both:',
          )}
        </p>
        <Formula
          name={say('change of a step')}
          of={[
            'Δ',
            sub('H', words(say('joint'))),
            '=',
            'Δ',
            sub('H', words(say('marginal'))),
            '+',
            'Δ',
            sub('H', words(say('conditional'))),
          ]}
        />
        <p>
          <Said
            text="The first term is <dfn>class formation</dfn>, the second <dfn>complex formation</dfn>. The names are Frank’s; reading them off these two entropies is this project’s proposal. Superization <em>happens</em> on a step where the entropy falls, and by more than the shuffled maps’ does:"
            parts={{ dfn, em }}
          />
        </p>
        <Formula
          name={say('superization happens')}
          of={['Δ', sub('H', words(say('joint'))), '< min ( 0 ,', 'Δ', sub('H', words(say('null'))), ')']}
        />
      </Section>
      <Section id="weights" title={say('What carries the decision')} from={['project']}>
        <p>
          <Said
            text="A map says where a layer looks, not what would change without it. So every sign is masked: inside it the activation is set to its mean outside, channel by channel, and the rest of the network runs again. With {m} the share of a cell that the sign covers,"
            parts={{ m: <M of="m" /> }}
          />
        </p>
        <Formula
          name={say('weight of a sign')}
          of={[
            sup('A', '′'),
            '= A + m (',
            over('A'),
            '− A ) ,',
            gap,
            words(say('weight')),
            '= y ( A ) − y (',
            sup('A', '′'),
            ')',
          ]}
        />
        <p>
          {say(
            'A positive weight means that the sign speaks for the class. Weights need not add up: the network is not linear, and the mean outside of one sign holds the others. A logit has no natural zero, so a loss is told beside the class’s own logit.',
          )}
        </p>
      </Section>
      <Section id="deletion" title={say('Deletion and insertion')} from={['literature']}>
        <p>
          {say(
            'The picture’s pixels are blurred one after the other, those that the map calls most salient first, and then brought back in the same order. A map that finds what the class rests on makes its probability fall fast and rise fast: a small area below the first curve, a large one below the second. Shuffled maps show what any map of that grain would do (Petsiuk, Das and Saenko 2018).',
          )}
        </p>
      </Section>
      <Section id="randomised" title={say('Randomised weights')} from={['literature']}>
        <p>
          {say(
            'Layer by layer, from the last to the first, the numbers within every weight tensor change places, and all maps are made anew. A map that stays as it is does not show what the network has learnt, whatever it looks like. Likeness is Spearman’s rank correlation with the map of the trained network, over three draws (Adebayo and others 2018).',
          )}
        </p>
      </Section>
    </>
  );
}
