import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { quickBuild, staticHost } from '../../support/static-host';
import type { Journeys } from '../setting';
import { openAnew, openPage, quick, shown } from './explain-steps';

export const offline: Journeys = {
  async 'a second visit needs no network'({ visitor }) {
    const folder = await mkdtemp(path.join(tmpdir(), 'supersign-offline-'));
    const host = await staticHost({ isolates: false, build: quickBuild(folder) });
    try {
      await openPage(visitor, `${host.address}#explain?${quick}`);
      await visitor.go(`${host.address}#about`);
      await visitor.until<boolean>(
        'everything is kept',
        `journey.textOf(document.body).includes('Everything this page can do is kept in this browser')`,
        Boolean,
      );
    } finally {
      await host.stop();
      await rm(folder, { recursive: true });
    }
    await openAnew(visitor, `${host.address}#explain?image=parachute&${quick}`);
    await shown(visitor, 'Parachute');
    await visitor.click('tab', 'Study');
    await visitor.sees('button', 'Use the examples');
  },
};
