import css from './about.module.css';
import { Formula, M } from './Formula';
import { frac, gap, over, row, sub, sum, words } from './mathml';
import { Section } from './Section';

const channel = (name: string) => sub(name, 'i j k');

/** From a network to one map a layer. */
export function SaliencySections() {
  return (
    <>
      <Section id="saliency" title="The saliency of one layer" from={['paper', 'literature']}>
        <p>
          Let <M of="A" /> be what a layer puts out, after its activation function, <M of="H × W × C" />{' '}
          numbers. Let <M of="y" /> be the logit of the class to explain, before the softmax, and{' '}
          <M of={row('g =', frac('∂ y', '∂ A'))} />. Grad-CAM weighs every channel by its mean gradient and
          keeps what speaks for the class:
        </p>
        <Formula
          name="Grad-CAM"
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
          The map keeps its layer’s own size and is not normalised: colours are a matter of display. A map
          that is zero everywhere means that the layer holds no positive evidence for the class. That is said,
          and never drawn as if it were flat evidence.
        </p>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: on a phone it scrolls, and has to be reached by keys for it. */}
        <section className={css.table} aria-label="Saliency methods" tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">Method</th>
                <th scope="col">Map</th>
                <th scope="col">Source</th>
              </tr>
            </thead>
            <tbody>
              {methods.map(({ name, map, source }) => (
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
          That Grad-CAM is the paper’s method is a reconstruction from its abstract and its sources.{' '}
          <M of={sub('max', '0')} /> stands for the greater of a value and 0.
        </p>
      </Section>
      <Section id="entropy" title="Spatial entropy" from={['literature', 'reconstructed']}>
        <p>
          Entropy counts how much there is to know. <em>Spatial</em> entropy also asks where things lie: a map
          of one bright patch and the same pixels strewn about hold the same values, and only one of them is
          ordered. First the map is quantised to <M of="G" /> levels between its own extremes:
        </p>
        <Formula name="levels" of={['q = min ( G − 1 , ⌊', frac('G ( S − lo )', 'hi − lo'), '⌋ )']} />
        <p>
          The <dfn>aura</dfn> of level <M of="i" /> with respect to level <M of="j" /> counts how often a
          pixel of the one has a neighbour of the other, up, down, left or right. Scaled to sum to 1 it is the
          distribution of a pair of neighbours:
        </p>
        <Formula
          name="aura"
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
          The measure on the page at the start is the <dfn>aura matrix entropy</dfn>. <M of={sub('H', '0')} />{' '}
          is the entropy of the levels alone, <M of="H ( d )" /> that of the pairs of a pixel and its
          neighbour in direction <M of="d" />. It says what a neighbour adds, relative to the pixel: near 0
          where the map is ordered, near 1 where neighbours are independent.
        </p>
        <Formula
          name="aura matrix entropy"
          of={[
            words('AME'),
            '=',
            frac('1', '| D |'),
            sum('d ∈ D'),
            frac(row('H ( d ) −', sub('H', '0')), sub('H', '0')),
          ]}
        />
        <p>
          It is Volden, Giraudon and Berthod’s measure of 1995 with Journel and Deutsch’s relative entropy.
          That it is the paper’s measure, with 256 levels and on the input’s grid, is reconstructed: the
          preset <em>Paper</em> stands for that reading. Fourteen other measures, from Shannon’s to Altieri’s,
          can be chosen in its place.
        </p>
      </Section>
    </>
  );
}

const relu = (...inner: Parameters<typeof row>) => <M of={row(sub('max', '0'), '(', ...inner, ')')} />;
const wk = sub('w', 'k');

const methods = [
  { name: 'Grad-CAM', map: <M of={row(wk, '=', over(row(sub('g', 'k'))))} />, source: 'Selvaraju 2017' },
  {
    name: 'Grad-CAM++',
    map: <M of={row(wk, '=', sum('i j'), channel('a'), sub('max', '0'), '(', channel('g'), ')')} />,
    source: 'Chattopadhay 2018',
  },
  { name: 'HiResCAM', map: relu(sum('k'), channel('g'), channel('A')), source: 'Draelos 2020' },
  {
    name: 'LayerCAM',
    map: relu(sum('k'), sub('max', '0'), '(', channel('g'), ')', channel('A')),
    source: 'Jiang 2021',
  },
  {
    name: 'Grad-CAM element-wise',
    map: <M of={row(sum('k'), sub('max', '0'), '(', channel('g'), channel('A'), ')')} />,
    source: 'pytorch-grad-cam',
  },
  {
    name: 'XGrad-CAM',
    map: (
      <M
        of={row(wk, '=', frac(row(sum('i j'), channel('g'), channel('A')), row(sum('i j'), channel('A'))))}
      />
    ),
    source: 'Fu 2020',
  },
  {
    name: 'Eigen-CAM',
    map: (
      <>
        activations on their first principal direction <M of="v" />: {relu('± X v')}
      </>
    ),
    source: 'Muhammad 2020',
  },
  {
    name: 'EigenGrad-CAM',
    map: (
      <>
        the same of <M of="g A" />, towards what speaks for the class
      </>
    ),
    source: 'pytorch-grad-cam',
  },
  {
    name: 'KPCA-CAM',
    map: (
      <>
        activations on the first component of kernel principal component analysis:{' '}
        {relu('±', row('√', 'λ'), 'u')}, kernel <M of="tanh ( x · y / C + 1 )" />
      </>
    ),
    source: 'Karmani 2024',
  },
  {
    name: 'FEM',
    map: (
      <>
        {relu(sum('k'), sub('m', 'k'), '[', channel('A'), '≥', sub('m', 'k'), '+ 2', sub('s', 'k'), ']')},{' '}
        mean <M of="m" /> and standard deviation <M of="s" /> of each channel
      </>
    ),
    source: 'Fuad 2020',
  },
  {
    name: 'Score-CAM',
    map: (
      <>
        <M of={row(wk, '= softmax (', sub('y', 'k'), ')')} />, the logit with the picture masked by channel{' '}
        <M of="k" />
      </>
    ),
    source: 'Wang 2020',
  },
  {
    name: 'Ablation-CAM',
    map: (
      <>
        <M of={row(wk, '=', frac(row('y −', sub('y', 'k')), 'y'))} />, the logit without channel <M of="k" />
      </>
    ),
    source: 'Desai 2020',
  },
  {
    name: 'Shapley-CAM',
    map: (
      <>
        mean of <M of={row('g −', frac('1', '2'), 'H A')} />, with the Hessian <M of="H" /> of the logit
      </>
    ),
    source: 'Cai 2025',
  },
  {
    name: 'Activation',
    map: <M of={row(frac('1', 'C'), sum('k'), '|', channel('A'), '|')} />,
    source: 'needs no class',
  },
  {
    name: 'Input × gradient',
    map: (
      <>
        at the picture <M of="x" /> itself: {relu(sum('c'), sub('x', 'c'), sub('g', 'c'))}
      </>
    ),
    source: 'Shrikumar 2016',
  },
  {
    name: 'Integrated gradients',
    map: (
      <>
        the same with the mean of <M of="g" /> along the path from 0 to <M of="x" />, 50 steps
      </>
    ),
    source: 'Sundararajan 2017',
  },
  {
    name: 'FullGrad',
    map: (
      <>
        <M of={row('| x g |')} /> and <M of={row('|', sub('b', 'l'), sub('g', 'l'), '|')} /> of the biases of
        all layers, each between 0 and 1
      </>
    ),
    source: 'Srinivas 2019',
  },
  {
    name: 'SmoothGrad',
    map: (
      <>
        <M of={row(sum('c'), '|', over('g'), '|')} />, the mean over 50 noisy pictures
      </>
    ),
    source: 'Smilkov 2017',
  },
  {
    name: 'RISE',
    map: <>mean of 1,000 random masks, weighted by what the network makes of the picture seen through each</>,
    source: 'Petsiuk 2018',
  },
  {
    name: 'Attention',
    map: (
      <>
        what a token reads of the grid: its row of the attention probabilities <M of="P" />
      </>
    ),
    source: 'for networks with attention, as those below',
  },
  {
    name: 'Attention rollout',
    map: (
      <M
        of={row(
          sub('R', 'l'),
          '=',
          frac(row(over(sub('P', 'l')), '+ I'), '2'),
          sub('R', row('l − 1')),
          words(', class token’s row'),
        )}
      />
    ),
    source: 'Abnar 2020',
  },
  {
    name: 'Attention relevance',
    map: (
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
    source: 'Chefer 2021',
  },
  {
    name: 'LeGrad',
    map: (
      <>
        <M
          of={over(row(sub('max', '0'), '(', frac(row('∂', sub('s', 'l')), row('∂', sub('P', 'l'))), ')'))}
        />
        , the score of the layer’s own tokens
      </>
    ),
    source: 'Bousselham 2024',
  },
];
