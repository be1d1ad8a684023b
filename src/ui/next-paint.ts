/** Runs work once what is on the page now has been painted: a message sent in a frame's callback arrives after that frame. */
export const nextPaint = {
  after(work: () => void): void {
    // A page out of sight has no frames.
    if (document.hidden) {
      setTimeout(work);
      return;
    }
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = work;
      port2.postMessage(null);
    });
  },
};
