import { useEffect } from 'react';
import { useExplain } from '../state/explain-store';
import { usePlace } from '../state/place';
import { Examples } from './Examples';
import { Instrument } from './Instrument';
import { LookControls } from './LookControls';
import { MeasuredAs } from './MeasuredAs';
import { Predictions } from './Predictions';
import { SaliencyFigure } from './SaliencyFigure';
import { ScalingDoubt } from './ScalingDoubt';
import { Transport } from './Transport';
import { WhatCarriesIt } from './WhatCarriesIt';
import './explain.css';
import './picture-column.css';
import './instrument.css';
import './transport.css';
import './decision.css';
import './scaling.css';
import './tree.css';

/** One picture through one network: the picture at the left, all layers on one axis at the right. */
export function Explain() {
  const name = useExplain((state) => state.picture?.name);
  const place = usePlace();
  useEffect(() => {
    if (place === 'explain') document.title = name ? `${name} – Supersign` : 'Supersign';
  }, [name, place]);
  return (
    <div className="explain">
      <ScalingDoubt />
      <aside className="picture-column" aria-label="Picture">
        <SaliencyFigure />
        <LookControls />
        <Predictions />
        <WhatCarriesIt />
        <Examples />
      </aside>
      <section className="instrument" aria-label="Layers">
        <MeasuredAs />
        <Instrument />
      </section>
      <Transport />
    </div>
  );
}
