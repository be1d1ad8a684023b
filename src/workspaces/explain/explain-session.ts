import type { OpenPicture } from '../../state/explain-store';
import type { ExplainSettings } from '../../state/settings';

/** What the controller of Explain remembers beside the store: nothing of it is drawn. */
export function createExplainSession<Request>() {
  let analysing: (Request & { controller: AbortController }) | null = null;
  let ownPicture: OpenPicture | null = null;
  let shownRun: Partial<ExplainSettings> | null = null;
  let addressPending = false;
  return {
    /** What is under way. */
    get analysing() {
      return analysing;
    },
    /** Puts a request in the place of the one that is under way. */
    begin(request: Request, controller: AbortController): void {
      analysing = { ...request, controller };
    },
    /** A request is over; where another took its place, nothing changes. */
    end(controller: AbortController): void {
      if (analysing?.controller === controller) analysing = null;
    },
    /** Stops what is under way. */
    abort(): void {
      analysing?.controller.abort();
      analysing = null;
    },
    /** The last picture that is no example and has no address: "Back" returns to it. */
    get ownPicture() {
      return ownPicture;
    },
    keepOwn(picture: OpenPicture): void {
      ownPicture = picture;
    },
    /** What the analysis on screen was computed by. */
    get shownRun() {
      return shownRun;
    },
    showRun(settings: Partial<ExplainSettings>): void {
      shownRun = settings;
    },
    /** Whether the picture of the address that was read last is still on its way. */
    get addressPending() {
      return addressPending;
    },
    waitForAddress(pending: boolean): void {
      addressPending = pending;
    },
  };
}
