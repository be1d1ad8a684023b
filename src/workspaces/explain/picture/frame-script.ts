/**
 * What the frame that draws a picture runs: it is sent an SVG file and a port to answer by, with the picture, its shorter side
 * 1024 pixels, or null where the browser cannot draw it. Kept as text: the policy of the page lets no other text run there than that
 * of which it has the check sum. The file is drawn from a `data:` address, since from another one a `foreignObject` would keep the
 * canvas from being read.
 */
export const frameScript = `
const side = 1024;
const addressOf = (file) => new Promise((resolve, reject) => {
  const reader = new FileReader();
  reader.onload = () => resolve(reader.result);
  reader.onerror = () => reject(reader.error);
  reader.readAsDataURL(file.slice(0, file.size, 'image/svg+xml'));
});
async function draw(file) {
  const image = new Image();
  image.src = await addressOf(file);
  await image.decode();
  const width = image.naturalWidth || side;
  const height = image.naturalHeight || side;
  const scale = side / Math.min(width, height);
  const canvas = new OffscreenCanvas(Math.round(width * scale), Math.round(height * scale));
  canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.transferToImageBitmap();
}
onmessage = ({ data, ports: [port] }) =>
  draw(data).then((picture) => port.postMessage(picture, [picture]), () => port.postMessage(null));
parent.postMessage('ready', '*');
`;
