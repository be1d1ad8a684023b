/** What the package's name leads to in browsers; in Node it leads to a build that does not start there. */
declare module 'svg2pdf.js/dist/svg2pdf.es.min.js' {
  export { svg2pdf } from 'svg2pdf.js';
}
