import { say } from '../../text/say';
import { Said } from '../../ui/Said';
import css from './about.module.css';
import { Formula, M } from './Formula';
import { dfn, em } from './marks';
import { frac, gap, over, row, sub, sum, words } from './mathml';
import { Section } from './Section';

const channel = (name: string) => sub(name, 'i j k');

/** From a network to one map a layer. */
export function SaliencySections() {
  return (
    <>
      <Section id="saliency" title={say('The saliency of one layer')} from={['paper', 'literature']}>
        <p>
          <Said
            text="Let {A} be what a layer puts out, after its activation function, {formula} numbers. Let {y} be the logit of the class to explain, before the softmax, and {formula2}. Grad-CAM weighs every channel by its mean gradient and keeps what speaks for the class:"
            parts={{
              A: <M of="A" />,
              formula: <M of="H × W × C" />,
              y: <M of="y" />,
              formula2: <M of={row('g =', frac('∂ y', '∂ A'))} />,
            }}
          />
        </p>
        <Formula
          name={say('Grad-CAM')}
          of={[
            sub('w', 'k'),
            '=',
            frac('1', 'H W'),
            sum('i , j'),
            channel('g'),
            ',',
            gap,
            sub('S', 'i j'),
            '= max ( 0 ,',
            sum('k'),
            sub('w', 'k'),
            channel('A'),
            ')',
          ]}
        />
        <p>
          {say(
            'The map keeps its layer’s own size and is not normalised: colours are a matter of display. A map that is zero everywhere means that the layer holds no positive evidence for the class. That is said, and never drawn as if it were flat evidence.',
          )}
        </p>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: on a phone it scrolls, and has to be reached by keys for it. */}
        <section className={css.table} aria-label={say('Saliency methods')} tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">{say('Method')}</th>
                <th scope="col">{say('Map')}</th>
                <th scope="col">{say('Source')}</th>
              </tr>
            </thead>
            <tbody>
              {methods().map(({ name, map, source }) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td>{map}</td>
                  <td>{source}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
        <p>
          <Said
            text="What a layer sees whatever the class is told by its <dfn>concepts</dfn>: the activations of all places, {X}, are taken apart into a few maps and as many mixtures of channels that are never negative and add up to them, {formula} (deep feature factorisation, Collins 2018). Each is a colour over the picture; what it argues for is its gradient times its part of the activations, summed."
            parts={{ dfn, X: <M of="A" />, formula: <M of="A ≈ W H , W ≥ 0 , H ≥ 0" /> }}
          />
        </p>
        <p>
          <Said
            text="That Grad-CAM is the paper’s method is a reconstruction from its abstract and its sources. {formula} stands for the greater of a value and 0."
            parts={{ formula: <M of={sub('max', '0')} /> }}
          />
        </p>
      </Section>
      <Section id="entropy" title={say('Spatial entropy')} from={['literature', 'reconstructed']}>
        <p>
          <Said
            text="Entropy counts how much there is to know. <em>Spatial</em> entropy also asks where things lie: a map of one bright patch and the same pixels strewn about hold the same values, and only one of them is ordered. First the map is quantised to {G} levels between its own extremes:"
            parts={{ em, G: <M of="G" /> }}
          />
        </p>
        <Formula name={say('levels')} of={['q = min ( G − 1 , ⌊', frac('G ( S − lo )', 'hi − lo'), '⌋ )']} />
        <p>
          <Said
            text="The <dfn>aura</dfn> of level {i} with respect to level {j} counts how often a pixel of the one has a neighbour of the other, up, down, left or right. Scaled to sum to 1 it is the distribution of a pair of neighbours:"
            parts={{ dfn, i: <M of="i" />, j: <M of="j" /> }}
          />
        </p>
        <Formula
          name={say('aura')}
          of={[
            'm ( i , j ) =',
            sum('s : q ( s ) = i'),
            '# { t ∈ N ( s ) : q ( t ) = j } ,',
            gap,
            'p =',
            frac('m', row('∑ m')),
          ]}
        />
        <p>
          <Said
            text="The measure on the page at the start is the <dfn>aura matrix entropy</dfn>. {formula} is the entropy of the levels alone, {formula2} that of the pairs of a pixel and its neighbour in direction {d}. It says what a neighbour adds, relative to the pixel: near 0 where the map is ordered, near 1 where neighbours are independent."
            parts={{ dfn, formula: <M of={sub('H', '0')} />, formula2: <M of="H ( d )" />, d: <M of="d" /> }}
          />
        </p>
        <Formula
          name={say('aura matrix entropy')}
          of={[
            words('AME'),
            '=',
            frac('1', '| D |'),
            sum('d ∈ D'),
            frac(row('H ( d ) −', sub('H', '0')), sub('H', '0')),
          ]}
        />
        <p>
          <Said
            text="It is Volden, Giraudon and Berthod’s measure of 1995 with Journel and Deutsch’s relative entropy. That it is the paper’s measure, with 256 levels and on the input’s grid, is reconstructed: the preset <em>Paper</em> stands for that reading. Fourteen other measures, from Shannon’s to Altieri’s, can be chosen in its place."
            parts={{ em }}
          />
        </p>
      </Section>
    </>
  );
}

const relu = (...inner: Parameters<typeof row>) => <M of={row(sub('max', '0'), '(', ...inner, ')')} />;
const wk = sub('w', 'k');

const methods = () => [
  {
    name: 'Grad-CAM',
    map: (
      <Said
        text="each channel weighed by its mean gradient: {formula}"
        parts={{ formula: <M of={row(wk, '=', over(row(sub('g', 'k'))))} /> }}
      />
    ),
    source: 'Selvaraju 2017',
  },
  {
    name: 'Grad-CAM++',
    map: (
      <Said
        text="each channel weighed by its positive gradients, those of channels that hold little in all counting more ({a}): {formula}"
        parts={{
          formula: <M of={row(wk, '=', sum('i j'), channel('a'), sub('max', '0'), '(', channel('g'), ')')} />,
          a: <M of={row('a =', frac('1', row('2 + g ∑ A')))} />,
        }}
      />
    ),
    source: 'Chattopadhay 2018',
  },
  {
    name: 'HiResCAM',
    map: (
      <Said
        text="gradient times activation, place by place: {formula}"
        parts={{ formula: relu(sum('k'), channel('g'), channel('A')) }}
      />
    ),
    source: 'Draelos 2020',
  },
  {
    name: 'LayerCAM',
    map: (
      <Said
        text="the same with the positive gradients alone: {formula}"
        parts={{ formula: relu(sum('k'), sub('max', '0'), '(', channel('g'), ')', channel('A')) }}
      />
    ),
    source: 'Jiang 2021',
  },
  {
    name: say('Grad-CAM element-wise'),
    map: (
      <Said
        text="the same with the positive products alone: {formula}"
        parts={{ formula: <M of={row(sum('k'), sub('max', '0'), '(', channel('g'), channel('A'), ')')} /> }}
      />
    ),
    source: 'pytorch-grad-cam',
  },
  {
    name: 'XGrad-CAM',
    map: (
      <Said
        text="each channel weighed by its gradient where it is active: {formula}"
        parts={{
          formula: (
            <M
              of={row(
                wk,
                '=',
                frac(row(sum('i j'), channel('g'), channel('A')), row(sum('i j'), channel('A'))),
              )}
            />
          ),
        }}
      />
    ),
    source: 'Fu 2020',
  },
  {
    name: 'Eigen-CAM',
    map: (
      <Said
        text="activations on their first principal direction {v}: {formula}"
        parts={{ v: <M of="v" />, formula: relu('± X v') }}
      />
    ),
    source: 'Muhammad 2020',
  },
  {
    name: 'EigenGrad-CAM',
    map: (
      <Said
        text="the same of {formula}, towards what speaks for the class"
        parts={{ formula: <M of="g A" /> }}
      />
    ),
    source: 'pytorch-grad-cam',
  },
  {
    name: 'KPCA-CAM',
    map: (
      <Said
        text="activations on the first component of kernel principal component analysis: {formula}, kernel {formula2}"
        parts={{ formula: relu('±', row('√', 'λ'), 'u'), formula2: <M of="tanh ( x · y / C + 1 )" /> }}
      />
    ),
    source: 'Karmani 2024',
  },
  {
    name: 'FEM',
    map: (
      <Said
        text="{formula}, mean {m} and standard deviation {s} of each channel"
        parts={{
          formula: relu(
            sum('k'),
            sub('m', 'k'),
            '[',
            channel('A'),
            '≥',
            sub('m', 'k'),
            '+ 2',
            sub('s', 'k'),
            ']',
          ),
          m: <M of="m" />,
          s: <M of="s" />,
        }}
      />
    ),
    source: 'Fuad 2020',
  },
  {
    name: 'Score-CAM',
    map: (
      <Said
        text="{formula}, the logit with the picture masked by channel {k}"
        parts={{ formula: <M of={row(wk, '= softmax (', sub('y', 'k'), ')')} />, k: <M of="k" /> }}
      />
    ),
    source: 'Wang 2020',
  },
  {
    name: 'Ablation-CAM',
    map: (
      <Said
        text="{formula}, the logit without channel {k}"
        parts={{ formula: <M of={row(wk, '=', frac(row('y −', sub('y', 'k')), 'y'))} />, k: <M of="k" /> }}
      />
    ),
    source: 'Desai 2020',
  },
  {
    name: 'Shapley-CAM',
    map: (
      <Said
        text="each channel’s share of the class as a player in a game has it, to second order: its mean gradient, less half of how that bends along the activations; {formula}, {H} the second derivatives by them"
        parts={{ formula: <M of={row(wk, '=', over(row('g −', frac('1', '2'), 'H A')))} />, H: <M of="H" /> }}
      />
    ),
    source: 'Cai 2025',
  },
  {
    name: say('Activation'),
    map: (
      <Said
        text="mean size of all channels: {formula}"
        parts={{ formula: <M of={row(frac('1', 'C'), sum('k'), '|', channel('A'), '|')} /> }}
      />
    ),
    source: say('needs no class'),
  },
  {
    name: say('Input × gradient'),
    map: (
      <Said
        text="at the picture {x} itself: {formula}"
        parts={{ x: <M of="x" />, formula: relu(sum('c'), sub('x', 'c'), sub('g', 'c')) }}
      />
    ),
    source: 'Shrikumar 2016',
  },
  {
    name: say('Integrated gradients'),
    map: (
      <Said
        text="the same with the mean of {g} along the path from 0 to {x}, 50 steps"
        parts={{ g: <M of="g" />, x: <M of="x" /> }}
      />
    ),
    source: 'Sundararajan 2017',
  },
  {
    name: 'FullGrad',
    map: (
      <Said
        text="at the picture: input times gradient, and the same of the biases of all layers, each layer’s sizes between 0 and 1 and enlarged; {formula}, {b} all that a layer adds by itself. Before sizes are taken, these parts sum to the logit"
        parts={{
          formula: <M of={row('| x g | +', sum('l'), '|', sub('b', 'l'), sub('g', 'l'), '|')} />,
          b: <M of={sub('b', 'l')} />,
        }}
      />
    ),
    source: 'Srinivas 2019',
  },
  {
    name: 'SmoothGrad',
    map: (
      <Said
        text="{formula}, the mean over 50 noisy pictures"
        parts={{ formula: <M of={row(sum('c'), '|', over('g'), '|')} /> }}
      />
    ),
    source: 'Smilkov 2017',
  },
  {
    name: 'RISE',
    map: (
      <>
        {say(
          'mean of 1,000 random masks, weighted by what the network makes of the picture seen through each',
        )}
      </>
    ),
    source: 'Petsiuk 2018',
  },
  {
    name: say('Attention'),
    map: (
      <Said
        text="what a token reads of the grid: its row of the attention probabilities {P}"
        parts={{ P: <M of="P" /> }}
      />
    ),
    source: say('for networks with attention, as those below'),
  },
  {
    name: say('Attention rollout'),
    map: (
      <Said
        text="what the class token has read through all blocks up to this one, half of every token staying where it is: {formula}"
        parts={{
          formula: (
            <M
              of={row(sub('R', 'l'), '=', frac(row(over(sub('P', 'l')), '+ I'), '2'), sub('R', row('l − 1')))}
            />
          ),
        }}
      />
    ),
    source: 'Abnar 2020',
  },
  {
    name: say('Attention relevance'),
    map: (
      <Said
        text="the same with what speaks for the class alone, attention times its gradient: {formula}"
        parts={{
          formula: (
            <M
              of={row(
                sub('R', 'l'),
                '=',
                sub('R', row('l − 1')),
                '+',
                over(row(sub('max', '0'), '(', frac('∂ y', row('∂', sub('P', 'l'))), sub('P', 'l'), ')')),
                sub('R', row('l − 1')),
              )}
            />
          ),
        }}
      />
    ),
    source: 'Chefer 2021',
  },
  {
    name: 'LeGrad',
    map: (
      <Said
        text="how the score of the layer’s own tokens grows with its attention: {formula}"
        parts={{
          formula: (
            <M
              of={over(
                row(sub('max', '0'), '(', frac(row('∂', sub('s', 'l')), row('∂', sub('P', 'l'))), ')'),
              )}
            />
          ),
        }}
      />
    ),
    source: 'Bousselham 2024',
  },
];
