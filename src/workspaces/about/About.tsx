import { useEffect } from 'react';
import { say } from '../../text/say';
import { Said } from '../../ui/Said';
import css from './about.module.css';
import { Formula, M } from './Formula';
import { KeptHere } from './KeptHere';
import { dfn } from './marks';
import { frac, words } from './mathml';
import { NoiseFalls } from './NoiseFalls';
import { SaliencySections } from './SaliencySections';
import { Section } from './Section';
import { SignSections } from './SignSections';

const contents = [
  ['studied', 'What is studied'],
  ['saliency', 'The saliency of one layer'],
  ['entropy', 'Spatial entropy'],
  ['null-model', 'Why a null model: noise falls too'],
  ['signs', 'Signs'],
  ['superization', 'Superization'],
  ['formation', 'Class and complex formation'],
  ['weights', 'What carries the decision'],
  ['deletion', 'Deletion and insertion'],
  ['randomised', 'Randomised weights'],
  ['sources', 'Sources'],
];

/** The definitions behind the page, where they come from, and why a fall of entropy alone shows nothing. */
export function About() {
  useEffect(() => {
    document.title = `${say('About the method')} – Supersign`;
    // The browser looked for the section before it was there; with the typeface every line above it moves.
    let away = false;
    const toSection = () => {
      if (!away) document.getElementById(location.hash.slice(1))?.scrollIntoView();
    };
    toSection();
    void document.fonts.load("400 16px 'Inter Variable'").then(() => requestAnimationFrame(toSection));
    return () => {
      away = true;
    };
  }, []);
  return (
    <article className={css.about} aria-labelledby="about">
      <div className={css.aboutText}>
        <h2 id="about">{say('About the method')}</h2>
        <p className={css.lead}>
          {say(
            'What Supersign computes, with formulas, and who answers for each of them: the paper it follows, a reconstruction of that paper, other literature, or this project.',
          )}
        </p>
        <KeptHere />
        <nav aria-label={say('Sections')}>
          <ol>
            {contents.map(([id, title]) => (
              <li key={id}>
                <a href={`#about/${id}`}>{say(title)}</a>
              </li>
            ))}
          </ol>
        </nav>
        <Section id="studied" title={say('What is studied')} from={['paper']}>
          <p>
            <Said
              text="A convolutional network reads a picture in layers. The saliency map of a layer is a picture made of <dfn>signs</dfn>: the regions on which that layer puts its evidence. From layer to layer signs are aggregated into <dfn>supersigns</dfn>. Semiotics calls that <dfn>superization</dfn>, and expects the spatial entropy of the maps to fall with it. Musat and Andonie carried this idea to convolutional networks in “Semiotic Aggregation in Deep Learning”, Entropy 22(12), 1365, 2020."
              parts={{ dfn }}
            />
          </p>
          <dl className={css.provenance}>
            <div>
              <dt>{say('From the paper')}</dt>
              <dd>
                {say(
                  'The thesis: maps of successive layers, signs and supersigns, superization with a fall of spatial entropy.',
                )}
              </dd>
            </div>
            <div>
              <dt>{say('Reconstructed')}</dt>
              <dd>
                {say(
                  'Grad-CAM and the aura matrix entropy as the pair in use, its normalisation, 256 levels, and resizing every map to the input’s size. Only the paper’s abstract was at hand; its authors may have done otherwise.',
                )}
              </dd>
            </div>
            <div>
              <dt>{say('From other literature')}</dt>
              <dd>
                {say(
                  'Every saliency method and entropy, persistence, the checks of trust; each with its source.',
                )}
              </dd>
            </div>
            <div>
              <dt>{say('This project’s')}</dt>
              <dd>
                {say(
                  'The null model beside every value, signs as persistent basins, the rule of links, the split into class and complex formation, the weights, and the test that says whether superization happens.',
                )}
              </dd>
            </div>
          </dl>
        </Section>
        <SaliencySections />
        <Section id="null-model" title={say('Why a null model: noise falls too')} from={['project']}>
          <p>
            {say(
              'Small maps have low entropy for no other reason than being small: a map of 7 × 7 pixels has 49 values and cannot hold 256 levels, let alone all their pairs. In a network whose layers shrink, a curve that falls may show nothing but this. Below is noise without any structure, measured as you choose, at the sizes of the layers of a network.',
            )}
          </p>
          <NoiseFalls />
          <p>
            <Said
              text="So beside every value stands the same map with its pixels shuffled: shuffled at the layer’s own size, then resized, quantised and measured alike, 32 times. Mean and spread of those are the <dfn>null model</dfn>, and what is missing from it is <dfn>structure</dfn>:"
              parts={{ dfn }}
            />
          </p>
          <Formula
            name={say('structure')}
            of={[words(say('structure')), '= 1 −', frac(words(say('value')), words(say('null mean')))]}
          />
          <p>
            <Said
              text="It is 0 for a map that might as well be shuffled and near 1 for a strongly ordered one. That entropy fell is claimed only where it fell by more than its null did. On the {formula} grid resizing smooths every map, noise included: its entropy is lower there, and again the null follows."
              parts={{ formula: <M of={words(say('input'))} /> }}
            />
          </p>
        </Section>
        <SignSections />
        <Section id="sources" title={say('Sources')} from={['literature']}>
          <ul className={css.sources}>
            {sources.map((source) => (
              <li key={source}>{source}</li>
            ))}
          </ul>
        </Section>
      </div>
    </article>
  );
}

const sources = [
  'Adebayo, Gilmer, Muelly, Goodfellow, Hardt, Kim 2018. Sanity checks for saliency maps. NeurIPS.',
  'Chattopadhay, Sarkar, Howlader, Balasubramanian 2018. Grad-CAM++. WACV.',
  'Desai, Ramaswamy 2020. Ablation-CAM. WACV.',
  'Draelos, Carin 2020. Use HiResCAM instead of Grad-CAM for faithful explanations of convolutional neural networks.',
  'Edelsbrunner, Letscher, Zomorodian 2002. Topological persistence and simplification. Discrete & Computational Geometry 28.',
  'Elfadel, Picard 1994. Gibbs random fields, cooccurrences, and texture modeling. IEEE PAMI 16.',
  'Frank: Informationspsychologie (class formation and complex formation).',
  'Fu, Hu, Dong, Guo, Gao, Li 2020. Axiom-based Grad-CAM. BMVC.',
  'Fuad, Martin, Giot, Bourqui, Benois-Pineau, Zemmari 2020. Features understanding in 3D CNNs for actions recognition in video. IPTA.',
  'Jiang, Zhang, Hou, Cheng, Wei 2021. LayerCAM. IEEE TIP 30.',
  'Journel, Deutsch 1993. Entropy and spatial disorder. Mathematical Geology 25.',
  'Karmani, Sivakaran, Prasad, Ali, Yang, Tang 2024. KPCA-CAM. IEEE MMSP.',
  'Muhammad, Yeasin 2020. Eigen-CAM. IJCNN.',
  'Musat, Andonie 2020. Semiotic aggregation in deep learning. Entropy 22(12), 1365.',
  'Nowosad, Stepinski 2019. Information theory as a consistent framework for quantification and classification of landscape patterns. Landscape Ecology 34.',
  'Petsiuk, Das, Saenko 2018. RISE: randomized input sampling for explanation of black-box models. BMVC.',
  'Selvaraju, Cogswell, Das, Vedantam, Parikh, Batra 2017. Grad-CAM. ICCV.',
  'Shrikumar, Greenside, Shcherbina, Kundaje 2016. Not just a black box. arXiv 1605.01713.',
  'Smilkov, Thorat, Kim, Viégas, Wattenberg 2017. SmoothGrad. arXiv 1706.03825.',
  'Sundararajan, Taly, Yan 2017. Axiomatic attribution for deep networks. ICML.',
  'Volden, Giraudon, Berthod 1995. Modelling image redundancy.',
  'Wang, Wang, Du, Yang, Zhang, Ding, Mardziel, Hu 2020. Score-CAM. CVPR workshops.',
];
