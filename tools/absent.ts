/** Stands for packages that a dependency asks for and that nothing here leads to: jsPDF's for pictures of whole pages. */
export default null;
