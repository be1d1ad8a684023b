import { useRef } from 'react';
import { loadCode } from '../code/missing-code';
import { filesOf } from '../files/named-file';
import { formatAddress } from '../state/address';
import { useExplain } from '../state/explain-store';
import { toggleTheme, useFigureTheme } from '../state/page-theme';
import { goTo, usePlace } from '../state/place';
import { say } from '../text/say';
import { change } from '../workspaces/explain/explain-controller';
import { FigureSheet } from '../workspaces/explain/files/FigureSheet';
import { PrintSize } from '../workspaces/explain/files/PrintSize';
import { ModelChoice } from '../workspaces/explain/network/ModelChoice';
import { Palette } from '../workspaces/explain/palette/Palette';
import { CameraButton } from '../workspaces/explain/sources/CameraButton';
import { LanguageButtons } from './LanguageButtons';
import { openDropped, openPickedModel } from './open-dropped';
import { PhoneMenu } from './PhoneMenu';
import { WorkspaceTabs } from './WorkspaceTabs';

export function TopBar() {
  const picker = useRef<HTMLInputElement>(null);
  const modelPicker = useRef<HTMLInputElement>(null);
  // What the file holds comes in three steps; before the last it would not be whole.
  const ready = useExplain(
    ({ analysis, measurement, signs }) => analysis !== null && measurement !== null && signs !== null,
  );
  const place = usePlace();
  const explaining = place === 'explain' || place === 'about';
  const theme = useFigureTheme();
  return (
    <header className="top">
      <h1>{say('Supersign')}</h1>
      <WorkspaceTabs />
      <PhoneMenu>
        <a className="about-link" href="#about" aria-current={place === 'about' ? 'page' : undefined}>
          {say('About the method')}
        </a>
        <button
          type="button"
          className="quiet beside-tabs"
          onClick={() => {
            if (place === 'explain') change({ tour: 1 });
            else goTo('explain', formatAddress({ ...useExplain.getState().settings, tour: 1 }));
          }}
        >
          {say('Tour')}
        </button>
        <LanguageButtons />
        <div className="actions">
          <ModelChoice />
          {explaining && (
            <button
              type="button"
              data-find={say('picture, film or analysis file')}
              onClick={() => picker.current?.click()}
            >
              {say('Open image')}
            </button>
          )}
          <input
            ref={picker}
            type="file"
            hidden
            multiple
            accept="image/*,video/*,.svg,.avif,.json,application/json,.onnx"
            onChange={(event) => {
              void openDropped(filesOf([...(event.target.files ?? [])]));
              event.target.value = '';
            }}
          />
          <button
            type="button"
            data-find={say('network file')}
            title={say(
              'Keras (.keras, .h5, .hdf5), ONNX (.onnx, from PyTorch and others), a TensorFlow.js LayersModel (model.json and its weight files together), or either in a .zip; a list of classes may lie beside',
            )}
            onClick={() => modelPicker.current?.click()}
          >
            {say('Open model')}
          </button>
          <input
            ref={modelPicker}
            type="file"
            hidden
            multiple
            data-picker="model"
            onChange={(event) => {
              void openPickedModel(filesOf([...(event.target.files ?? [])]));
              event.target.value = '';
            }}
          />
          {explaining && (
            <>
              <FigureSheet />
              <PrintSize />
              <button
                type="button"
                disabled={!ready}
                onClick={() =>
                  void loadCode(() => import('../workspaces/explain/files/export-analysis')).then((module) =>
                    module.exportAnalysis(),
                  )
                }
              >
                {say('Export analysis')}
              </button>
            </>
          )}
          {place === 'explain' && <CameraButton />}
          {explaining && <Palette />}
          <button
            type="button"
            className="quiet"
            data-find={say('theme')}
            aria-label={theme.name === 'light' ? say('Dark colours') : say('Light colours')}
            onClick={toggleTheme}
          >
            <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
              <circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" strokeWidth="1.4" />
              <path d="M8 1.8a6.2 6.2 0 0 1 0 12.4z" fill="currentColor" />
            </svg>
          </button>
        </div>
      </PhoneMenu>
    </header>
  );
}
