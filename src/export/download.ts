/** How long the object URL outlives the click: Safari reads it after the click returns. */
const LIFETIME_MS = 60_000;

/** Hands bytes or text to the browser as a download under a name. */
export function download(content: Uint8Array<ArrayBuffer> | string, mime: string, name: string): void {
  const url = URL.createObjectURL(new Blob([content], { type: mime }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.hidden = true;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), LIFETIME_MS);
}
